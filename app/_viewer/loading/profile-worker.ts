import { chooseProfile, type NamedProfile, type ProfileSet } from '#profile/index.ts';
import { ChartHost } from '../time/chart-host.ts';
import { mergeView, toOpenedProfile } from './merge-view.ts';
import type {
  LoadFailure,
  MergedView,
  OpenedProfile,
  ProfileSource,
  ViewChoice,
  WorkerReport,
  WorkerRequest,
} from './protocol.ts';
import { readProfile, toFailure } from './read-profile.ts';

let opened: ProfileSet | undefined;
let shown: { readonly chosen: NamedProfile; readonly profile: OpenedProfile } | undefined;

self.addEventListener('message', (event: MessageEvent<WorkerRequest>) => {
  const request = event.data;
  if (request.type === 'open') void open(request.source, request.choice);
  else if (request.type === 'chart') serveChart(request.port);
  else if (opened) show(opened, request.choice);
});

async function open(source: ProfileSource, choice: ViewChoice): Promise<void> {
  try {
    const read = await readProfile(source, (receivedBytes) => report({ type: 'progress', receivedBytes }));
    if ('kind' in read) return fail(read);
    opened = read;
    show(opened, choice);
  } catch (error) {
    fail(toFailure(error));
  }
}

/** Tells what is the same for all choices only when another profile is to be seen. */
function show(set: ProfileSet, choice: ViewChoice): void {
  const chosen = chooseProfile(set, choice.thread);
  const view = mergeView(chosen.profile, choice);
  if (chosen === shown?.chosen) report({ type: 'merged', view });
  else {
    shown = { chosen, profile: toOpenedProfile(set, chosen) };
    report({ type: 'opened', profile: shown.profile, view });
  }
}

function serveChart(port: MessagePort): void {
  if (shown) new ChartHost(shown.chosen.profile, shown.profile, port);
}

function fail(failure: LoadFailure): void {
  report({ type: 'failed', failure });
}

/** The columns of a view are moved, not copied: the worker can make them again from the profile. */
function report(message: WorkerReport): void {
  const moved = 'view' in message ? columnsOf(message.view) : [];
  self.postMessage(message, { transfer: moved });
}

function columnsOf(view: MergedView): ArrayBuffer[] {
  const columns = [view.tree, view.layout, view.totals, view.callers?.tree, view.callers?.layout].flatMap(
    (table) => Object.values(table ?? {}),
  );
  const buffers = columns.flatMap((column) =>
    ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : [],
  );
  return [...new Set(buffers)];
}
