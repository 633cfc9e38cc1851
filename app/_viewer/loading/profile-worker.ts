import {
  chooseProfile,
  type NamedProfile,
  type OpenedFormat,
  openProfile,
  ProfileError,
  type ProfileSet,
  SNIFFED_BYTES,
  sniffProfile,
  unpackGzip,
} from '#profile/index.ts';
import { chunksOfFile } from './file-chunks.ts';
import { mergeView, toOpenedProfile } from './merge-view.ts';
import type {
  ArtifactSource,
  LoadFailure,
  MergedView,
  ProfileSource,
  ViewChoice,
  WorkerReport,
  WorkerRequest,
} from './protocol.ts';

/** Often enough to look alive, seldom enough to cost nothing. */
const PROGRESS_EVERY_MS = 100;

let opened: ProfileSet | undefined;
let shown: NamedProfile | undefined;

self.addEventListener('message', (event: MessageEvent<WorkerRequest>) => {
  const request = event.data;
  if (request.type === 'open') void open(request.source, request.choice);
  else if (opened) show(opened, request.choice);
});

async function open(source: ProfileSource, choice: ViewChoice): Promise<void> {
  try {
    const read = source.from === 'file' ? await readFile(source.file) : await readArtifact(source);
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
  if (chosen === shown) report({ type: 'merged', view });
  else report({ type: 'opened', profile: toOpenedProfile(set, chosen), view });
  shown = chosen;
}

async function readArtifact(source: ArtifactSource): Promise<ProfileSet | LoadFailure> {
  const format = openProfile(source);
  if (format === undefined) return { kind: 'no-profile', mediaType: source.mediaType };
  const response = await fetch(source.artifactUrl);
  if (!response.ok || response.body === null) return refusal(response);
  return readAll(format, chunksOf(response.body));
}

async function readFile(file: File): Promise<ProfileSet | LoadFailure> {
  if (file.size === 0) return { kind: 'empty-file' };
  const beginning = new Uint8Array(await file.slice(0, SNIFFED_BYTES).arrayBuffer());
  const { mediaType } = await sniffProfile(beginning, file.name);
  // What a file of anyone's holds of memory is taken for what was in use: V8 does not write which it is.
  const format = openProfile({ mediaType, kind: 'heap' });
  return format === undefined ? { kind: 'no-profile', mediaType } : readAll(format, chunksOfFile(file));
}

async function readAll(
  { reader, isGzip }: OpenedFormat,
  bytes: AsyncIterable<Uint8Array>,
): Promise<ProfileSet> {
  const chunks = reported(bytes);
  for await (const chunk of isGzip ? unpackGzip(chunks) : chunks) reader.push(chunk);
  return reader.end();
}

/** Tells how far it is while the chunks pass. */
async function* reported(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let receivedBytes = 0;
  let reportedAt = 0;
  for await (const chunk of chunks) {
    yield chunk;
    receivedBytes += chunk.length;
    if (performance.now() - reportedAt < PROGRESS_EVERY_MS) continue;
    reportedAt = performance.now();
    report({ type: 'progress', receivedBytes });
  }
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
  // What a file throws that was moved, changed or removed.
  if (error instanceof DOMException) return { kind: 'file-gone' };
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
