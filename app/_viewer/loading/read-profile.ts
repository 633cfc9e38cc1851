import {
  type OpenedFormat,
  ProfileError,
  type ProfileSet,
  SNIFFED_BYTES,
  sniffProfile,
  unpackGzip,
} from '#profile/index.ts';
import { chunksOfFile } from './file-chunks.ts';
import { CodeMissing } from './load-code.ts';
import { openReader } from './open-reader.ts';
import type { ArtifactSource, LoadFailure, OneSource } from './protocol.ts';

/** Often enough to look alive, seldom enough to cost nothing. */
const PROGRESS_EVERY_MS = 100;

/** What a packed file begins with. */
const GZIP = [0x1f, 0x8b];

type OnProgress = (receivedBytes: number) => void;

/** Reads what the source leads to as a stream; what can be expected to go wrong is returned, all else is thrown. */
export function readProfile(source: OneSource, onProgress: OnProgress): Promise<ProfileSet | LoadFailure> {
  return source.from === 'file' ? readFile(source.file, onProgress) : readArtifact(source, onProgress);
}

/** The bytes of what the source leads to, unpacked, as they arrive. */
export async function openBytes(
  source: OneSource,
  onProgress: OnProgress,
): Promise<AsyncIterable<Uint8Array> | LoadFailure> {
  if (source.from === 'file') {
    if (source.file.size === 0) return { kind: 'empty-file' };
    const [first, second] = new Uint8Array(await source.file.slice(0, 2).arrayBuffer());
    const chunks = reported(chunksOfFile(source.file), onProgress);
    return first === GZIP[0] && second === GZIP[1] ? unpackGzip(chunks) : chunks;
  }
  const response = await fetch(source.artifactUrl);
  if (!response.ok || response.body === null) return refusal(response);
  return reported(chunksOf(response.body), onProgress);
}

async function readArtifact(
  source: ArtifactSource,
  onProgress: OnProgress,
): Promise<ProfileSet | LoadFailure> {
  const format = await openReader(source);
  if (format === undefined) return { kind: 'no-profile', mediaType: source.mediaType };
  const response = await fetch(source.artifactUrl);
  if (!response.ok || response.body === null) return refusal(response);
  return readAll(format, chunksOf(response.body), onProgress);
}

async function readFile(file: File, onProgress: OnProgress): Promise<ProfileSet | LoadFailure> {
  if (file.size === 0) return { kind: 'empty-file' };
  const beginning = new Uint8Array(await file.slice(0, SNIFFED_BYTES).arrayBuffer());
  const { mediaType } = await sniffProfile(beginning, file.name);
  // What a file of anyone's holds of memory is taken for what was in use: V8 does not write which it is.
  const format = await openReader({ mediaType, kind: 'heap' });
  return format === undefined
    ? { kind: 'no-profile', mediaType }
    : readAll(format, chunksOfFile(file), onProgress);
}

async function readAll(
  { reader, isGzip }: OpenedFormat,
  bytes: AsyncIterable<Uint8Array>,
  onProgress: OnProgress,
): Promise<ProfileSet> {
  const chunks = reported(bytes, onProgress);
  for await (const chunk of isGzip ? unpackGzip(chunks) : chunks) reader.push(chunk);
  return reader.end();
}

/** Tells how far it is while the chunks pass. */
async function* reported(
  chunks: AsyncIterable<Uint8Array>,
  onProgress: OnProgress,
): AsyncGenerator<Uint8Array> {
  let receivedBytes = 0;
  let reportedAt = 0;
  for await (const chunk of chunks) {
    yield chunk;
    receivedBytes += chunk.length;
    if (performance.now() - reportedAt < PROGRESS_EVERY_MS) continue;
    reportedAt = performance.now();
    onProgress(receivedBytes);
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

/** What to say of something that was thrown while a profile was read. */
export function toFailure(error: unknown): LoadFailure {
  if (error instanceof ProfileError) return { kind: 'unreadable', message: error.message };
  if (error instanceof CodeMissing) return { kind: 'no-code' };
  // What a file throws that was moved, changed or removed.
  if (error instanceof DOMException) return { kind: 'file-gone' };
  // What fetch and a broken stream throw.
  return error instanceof TypeError ? { kind: 'no-answer' } : { kind: 'crashed' };
}
