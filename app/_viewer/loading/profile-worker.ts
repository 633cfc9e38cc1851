import {
  CpuProfileReader,
  FRAME_KIND,
  type FrameKind,
  type Origin,
  originOf,
  type Profile,
  ProfileError,
  toCallTree,
  toFunctionTotals,
} from '#profile/index.ts';
import { toFlameLayout } from '../flame/flame-layout.ts';
import type { LoadFailure, MergedView, OpenedProfile, WorkerReport, WorkerRequest } from './protocol.ts';

/** Often enough to look alive, seldom enough to cost nothing. */
const PROGRESS_EVERY_MS = 100;

let opened: Profile | undefined;

self.addEventListener('message', (event: MessageEvent<WorkerRequest>) => {
  const request = event.data;
  if (request.type === 'open') void open(request.artifactUrl, request.includeIdle);
  else if (opened) report({ type: 'merged', view: merge(opened, request.includeIdle) });
});

async function open(artifactUrl: string, includeIdle: boolean): Promise<void> {
  try {
    const response = await fetch(artifactUrl);
    if (!response.ok || response.body === null) return fail(await refusal(response));
    opened = await readProfile(response.body);
    report({ type: 'opened', profile: toOpened(opened), view: merge(opened, includeIdle) });
  } catch (error) {
    fail(toFailure(error));
  }
}

async function readProfile(body: ReadableStream<Uint8Array>): Promise<Profile> {
  const reader = new CpuProfileReader();
  let receivedBytes = 0;
  let reportedAt = 0;
  for await (const chunk of chunksOf(body)) {
    reader.push(chunk);
    receivedBytes += chunk.length;
    if (performance.now() - reportedAt < PROGRESS_EVERY_MS) continue;
    reportedAt = performance.now();
    report({ type: 'progress', receivedBytes });
  }
  return reader.end();
}

/** Not every browser can iterate over a stream. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function toOpened(profile: Profile): OpenedProfile {
  const { strings, functions, samples, startMicros, endMicros } = profile;
  const origin = Uint8Array.from(functions.url, (url, func): Origin => {
    return originOf(strings[url] ?? '', functions.kind[func] as FrameKind);
  });
  const durationMicros = endMicros - startMicros;
  return {
    strings,
    functions,
    origin,
    sampleCount: samples.length,
    durationMicros,
    idleMicros: sumIdle(profile),
  };
}

function sumIdle({ functions, nodes, samples }: Profile): number {
  let micros = 0;
  for (let index = 0; index < samples.length; index++) {
    const func = nodes.func[samples.node[index] as number] as number;
    if (functions.kind[func] === FRAME_KIND.idle) micros += samples.weight[index] as number;
  }
  return micros;
}

function merge(profile: Profile, includeIdle: boolean): MergedView {
  const tree = toCallTree(profile, { includeIdle });
  return {
    includeIdle,
    tree,
    layout: toFlameLayout(tree),
    totals: toFunctionTotals(tree, profile.functions.length),
  };
}

async function refusal(response: Response): Promise<LoadFailure> {
  const problem: unknown = await response.json().catch(() => undefined);
  const detail =
    typeof problem === 'object' && problem !== null && 'detail' in problem ? problem.detail : undefined;
  return {
    kind: 'refused',
    status: response.status,
    detail: typeof detail === 'string' ? detail : undefined,
  };
}

function toFailure(error: unknown): LoadFailure {
  if (error instanceof ProfileError) return { kind: 'unreadable', message: error.message };
  // What fetch and a broken stream throw.
  return error instanceof TypeError ? { kind: 'no-answer' } : { kind: 'crashed' };
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
  const columns = [view.tree, view.layout, view.totals].flatMap((table) => Object.values(table));
  const buffers = columns.flatMap((column) =>
    ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : [],
  );
  return [...new Set(buffers)];
}
