import { readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { HeapMemory } from '#profile/heap/memory/heap-memory.ts';
import type { HeapGraph, HeapProgress } from '#profile/heap/model/heap-graph.ts';
import { BYTES_OF_EDGE } from '#profile/heap/reader/edge-rows.ts';
import { findTail } from '#profile/heap/reader/find-tail.ts';
import { HeapSnapshotReader } from '#profile/heap/reader/heap-snapshot-reader.ts';
import { type SnapshotTail, type TailPlace, tailBytes } from '#profile/heap/reader/snapshot-tail.ts';
import { waitWithSigns } from './run-steps.ts';
import { PIECE_BYTES } from './second-thread/read-tail.ts';
import type { SecondThread } from './second-thread/second-thread.ts';

export interface ArtifactToRead {
  readonly path: string;
  readonly fileBytes: number;
  readonly memory: HeapMemory;
  /** It reads the end of the file meanwhile; undefined where that is not worth it. */
  readonly thread: SecondThread | undefined;
  readonly tell: (progress: HeapProgress) => void;
  /** What is read at once. */
  readonly pieceBytes: number;
}

/** A part of a file that is read elsewhere. */
interface TailReading {
  readonly place: TailPlace;
  readonly readBytes: () => number;
  /** Undefined when it came to nothing. */
  readonly tail: Promise<SnapshotTail | undefined>;
}

/** Reads a snapshot from its file, letting others in after each piece. @throws ProfileError, the system's error */
export async function readArtifact(artifact: ArtifactToRead): Promise<HeapGraph> {
  const { path, fileBytes, memory, tell, pieceBytes } = artifact;
  await using file = await open(path, 'r');
  const reader = new HeapSnapshotReader({ fileBytes, memory });
  // Of what is no file, as a pipe, no part can be looked at before it comes.
  const isFile = (await file.stat()).isFile();
  let elsewhere: TailReading | undefined;
  const take = (piece: Uint8Array) => {
    const isFirst = reader.consumedBytes === 0;
    reader.push(piece);
    if (isFirst && isFile) elsewhere = readElsewhere(artifact, file, reader);
    sign();
  };
  const sign = () => {
    const readBytes = reader.consumedBytes + (elsewhere?.readBytes() ?? 0);
    tell({ phase: 'reading', share: Math.min(1, readBytes / fileBytes), memoryBytes: memory.usedBytes });
  };
  const pieces = { file, pieceBytes, take };
  await readPieces(pieces, 0, () => elsewhere?.place.beginByte ?? Number.POSITIVE_INFINITY);
  if (elsewhere !== undefined) {
    const { place, tail } = elsewhere;
    const found = await waitWithSigns(tail, sign);
    memory.letGo(tailBytes(place));
    elsewhere = undefined;
    const isJoined = found !== undefined && reader.join(found);
    if (!isJoined) await readPieces(pieces, place.beginByte, () => Number.POSITIVE_INFINITY);
  }
  return reader.end();
}

/** So much this one reads while the other one starts, about. */
const AHEAD_BYTES = 50e6;

/** Has the end read by the second thread, where it is known how the file is written and there is memory for both. */
function readElsewhere(
  { path, fileBytes, memory, thread, pieceBytes }: ArtifactToRead,
  file: FileHandle,
  reader: HeapSnapshotReader,
): TailReading | undefined {
  const { head, consumedBytes } = reader;
  if (thread === undefined || head === undefined) return undefined;
  const read = (fromByte: number, length: number) => {
    const buffer = new Uint8Array(length);
    return buffer.subarray(0, readSync(file.fd, buffer, 0, length, fromByte));
  };
  const place = findTail(head, { fileBytes, aheadBytes: AHEAD_BYTES, read });
  // The next piece is being read already.
  if (place === undefined || place.beginByte < consumedBytes + pieceBytes) return undefined;
  const limitBytes = tailBytes(place);
  if (memory.leftBytes < limitBytes + (head.edgeCount ?? 0) * BYTES_OF_EDGE) return undefined;
  const columns = reader.prepareEdges();
  if (columns === undefined) return undefined;
  memory.hold(limitBytes);
  const pieces = new Uint32Array(new SharedArrayBuffer(Uint32Array.BYTES_PER_ELEMENT));
  const tail = thread.begin('readTail', { path, place, columns, limitBytes, pieces });
  return { place, tail, readBytes: () => Atomics.load(pieces, 0) * PIECE_BYTES };
}

interface Pieces {
  readonly file: FileHandle;
  readonly pieceBytes: number;
  take(piece: Uint8Array): void;
}

/** Reads on from where the file stands: while a piece is taken in, the next one is read. */
async function readPieces(
  { file, pieceBytes, take }: Pieces,
  from: number,
  end: () => number,
): Promise<void> {
  const buffers = [Buffer.allocUnsafeSlow(pieceBytes), Buffer.allocUnsafeSlow(pieceBytes)] as const;
  let at = from;
  const read = async (buffer: Buffer) => {
    const length = Math.min(buffer.length, end() - at);
    const { bytesRead } = await file.read(buffer, 0, length, null);
    return buffer.subarray(0, bytesRead);
  };
  let next = read(buffers[0]);
  for (let turns = 1; ; turns++) {
    const piece = await next;
    if (piece.length === 0) return;
    at += piece.length;
    next = read(buffers[turns % 2 === 0 ? 0 : 1]);
    try {
      take(piece);
    } catch (error) {
      await next.catch(() => {});
      throw error;
    }
  }
}
