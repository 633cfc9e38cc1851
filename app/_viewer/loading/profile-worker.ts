import { chooseProfile, type Profile, type ProfileSet } from '#profile/index.ts';
import { serveChart } from '../time/serve-chart.ts';
import type { GroupedProfiles } from './grouped-profile.ts';
import { loadCode } from './load-code.ts';
import { mergeView, toOpenedProfile } from './merge-view.ts';
import type {
  LoadFailure,
  MergedFrom,
  MergedView,
  OpenedProfile,
  ProfileSource,
  ViewChoice,
  WorkerReport,
  WorkerRequest,
} from './protocol.ts';
import { readProfile, toFailure } from './read-profile.ts';

let opened: ProfileSet | undefined;
/** What was asked for last. */
let wanted: ViewChoice | undefined;
let shown: { readonly of: Profile; readonly profile: OpenedProfile } | undefined;
let grouped: GroupedProfiles | undefined;
/** What is known of the parts of a profile that was merged. */
let merged: MergedFrom | undefined;

self.addEventListener('message', (event: MessageEvent<WorkerRequest>) => {
  const request = event.data;
  if (request.type === 'open') void open(request.source, request.choice);
  else if (request.type === 'chart') chartAt(request.port);
  else if (request.type === 'lines') void findLines(request);
  else if (opened) show(opened, request.choice).catch((error) => fail(toFailure(error)));
});

async function open(source: ProfileSource, choice: ViewChoice): Promise<void> {
  try {
    const read =
      source.from === 'several'
        ? // Most look at one profile, and need nothing that merges and ranks.
          await (await loadCode(() => import('./open-several.ts'))).openSeveral(source, (index, progress) =>
            report({ type: 'part', index, progress }),
          )
        : await readProfile(source, (receivedBytes) => report({ type: 'progress', receivedBytes }));
    if ('kind' in read) return fail(read);
    if ('merged' in read) ({ set: opened, merged } = read);
    else opened = read;
    await show(opened, choice);
  } catch (error) {
    fail(toFailure(error));
  }
}

/**
 * Tells what is the same for all choices only when another profile is to be seen. What is chosen while the code of a picture comes
 * is shown instead.
 */
async function show(set: ProfileSet, choice: ViewChoice): Promise<void> {
  wanted = choice;
  const toPictures =
    choice.picture === 'calls'
      ? undefined
      : (await loadCode(() => import('./turned-pictures.ts'))).toTurnedPictures;
  const { name, profile: whole } = chooseProfile(set, choice.thread);
  const of = await group(whole, choice.groupedBy);
  if (wanted !== choice) return;
  const view = mergeView(of, choice, toPictures);
  if (of === shown?.of) report({ type: 'merged', view });
  else {
    shown = { of, profile: { ...toOpenedProfile(set, { name, profile: of }), merged } };
    report({ type: 'opened', profile: shown.profile, view });
  }
}

async function group(profile: Profile, by: string | undefined): Promise<Profile> {
  if (by === undefined) return profile;
  const { GroupedProfiles: Grouped } = await loadCode(() => import('./grouped-profile.ts'));
  grouped ??= new Grouped();
  return grouped.find(profile, by);
}

function chartAt(port: MessagePort): void {
  if (shown === undefined) return;
  const loadHost = async () => (await loadCode(() => import('../time/chart-host.ts'))).ChartHost;
  serveChart(shown.of, shown.profile, port, loadHost, (error) => fail(toFailure(error)));
}

async function findLines(request: Extract<WorkerRequest, { type: 'lines' }>): Promise<void> {
  const of = shown?.of;
  if (of === undefined) return;
  const { number, functions, own, choice } = request;
  try {
    const { toFileLines } = await loadCode(() => import('./file-lines.ts'));
    report({ type: 'lines', number, lines: toFileLines(of, functions, own, choice) });
  } catch (error) {
    fail(toFailure(error));
  }
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
