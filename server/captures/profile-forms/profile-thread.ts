import { createReadStream } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { createGzip } from 'node:zlib';
import {
  chooseProfile,
  encodeCollapsed,
  encodePprofChunks,
  encodeSpeedscope,
  encodeTimedSpeedscope,
  openProfile,
  type Profile,
  ProfileError,
  toCallTree,
  unpackGzip,
} from '#profile/index.ts';
import type { ConversionResult } from '../conversion/conversion-threads.ts';
import type { ConversionTask } from './conversion.ts';

/** The converter thread: one artifact, one answer. Its memory is limited from outside. */

const READ_BLOCK_BYTES = 4 * 1024 * 1024;

class OutputTooLarge extends Error {}

async function convert(task: ConversionTask): Promise<Uint8Array<ArrayBuffer>> {
  const format = openProfile(task);
  if (format === undefined) throw new Error(`no reader for ${task.mediaType}`);
  const chunks: AsyncIterable<Uint8Array> = createReadStream(task.path, { highWaterMark: READ_BLOCK_BYTES });
  for await (const chunk of format.isGzip ? unpackGzip(chunks) : chunks) format.reader.push(chunk);
  const { profile } = chooseProfile(format.reader.end());
  // What is pprof already stays as it came, now that it is known to be some.
  if (task.form === 'pprof' && format.isGzip)
    return await gather(createReadStream(task.path), task.maxOutputBytes);
  if (task.form === 'pprof') return await encodePacked(profile, task);
  return await gather(toBytes(piecesOf(profile, task)), task.maxOutputBytes);
}

/** By the value type that the profile shows first; idle time is left out, as it is of pprof. */
function piecesOf(profile: Profile, { form, program }: ConversionTask): Iterable<string> {
  const tree = () => toCallTree(profile);
  if (form === 'collapsed') return encodeCollapsed(tree(), profile);
  const type = profile.valueTypes[profile.defaultValueType] ?? { type: '', unit: '' };
  const options = { name: program };
  return encodeTimedSpeedscope(profile, options) ?? encodeSpeedscope(tree(), profile, type, options);
}

function* toBytes(pieces: Iterable<string>): Generator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece);
}

async function encodePacked(profile: Profile, task: ConversionTask): Promise<Uint8Array<ArrayBuffer>> {
  const { startedAtMs: startedAtMillis, period, program, comments } = task;
  const gzip = createGzip();
  const gathered = gather(gzip, task.maxOutputBytes);
  // When the encoder throws, nobody waits for this any more, and a rejection that nobody sees would end the thread
  // before it has told why.
  gathered.catch(() => {});
  try {
    for (const chunk of encodePprofChunks(profile, { startedAtMillis, period, program, comments })) {
      if (!gzip.write(chunk))
        await Promise.race([new Promise((resolve) => gzip.once('drain', resolve)), gathered]);
    }
    gzip.end();
    return await gathered;
  } finally {
    gzip.destroy();
  }
}

async function gather(
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of source) {
    length += part.length;
    if (length > maxBytes) throw new OutputTooLarge();
    parts.push(part);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function toResult(error: unknown): ConversionResult {
  if (error instanceof ProfileError) return { kind: 'unreadable', why: error.message.replace(/\.$/, '') };
  if (error instanceof OutputTooLarge) return { kind: 'unreadable', why: 'the result would be too large' };
  throw error;
}

const result = await convert(workerData as ConversionTask).then(
  (bytes): ConversionResult => ({ kind: 'converted', bytes }),
  toResult,
);
parentPort?.postMessage(result, result.kind === 'converted' ? [result.bytes.buffer] : []);
