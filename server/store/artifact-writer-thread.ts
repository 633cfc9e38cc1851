import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { WriterReply, WriterRequest } from './artifact-writer-messages.ts';
import { unpack } from './unpack.ts';

/**
 * The writer thread: unpacks, hashes and writes what the receiving thread hands over, so that none of it costs the
 * event loop anything. Hashing happens here while the write before it is still on its way to the disk.
 */

/** Writing back in steps, while more comes in, keeps the last fsync short, whatever the size. */
const SYNC_EVERY_BYTES = 64 * 1024 * 1024;
const READ_BLOCK_BYTES = 1024 * 1024;

interface OpenFile {
  path: string;
  hash: Hash;
  sizeBytes: number;
  unsyncedBytes: number;
  handle: FileHandle | undefined;
  /** The step that is under way. */
  writingBack: Promise<void> | undefined;
  failed: boolean;
  /** What was asked so far, done one after the other. */
  work: Promise<void>;
}

const port = parentPort;
if (!port) throw new Error('artifact-writer-thread.ts runs as a worker thread only');
const files = new Map<number, OpenFile>();

const reply = (message: WriterReply, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

port.on('message', (request: WriterRequest) => {
  if (request.kind === 'open') {
    files.set(request.file, {
      path: request.path,
      hash: createHash('sha256'),
      sizeBytes: 0,
      unsyncedBytes: 0,
      handle: undefined,
      writingBack: undefined,
      failed: false,
      work: Promise.resolve(),
    });
  }
  const file = files.get(request.file);
  if (!file) return;
  file.work = file.work.then(() => perform(file, request));
});

async function perform(file: OpenFile, request: WriterRequest): Promise<void> {
  if (file.failed) return;
  try {
    await actions[request.kind](file, request as never);
  } catch (error) {
    file.failed = true;
    files.delete(request.file);
    await close(file).catch(() => {});
    const { code = 'unknown', message } = error as NodeJS.ErrnoException;
    reply({ kind: 'failed', file: request.file, code, message });
  }
}

type Request<Kind> = Extract<WriterRequest, { kind: Kind }>;

const actions = {
  async open(file: OpenFile, request: Request<'open'>) {
    file.handle = await open(request.path, request.continues ? 'a+' : 'w+', 0o600);
    if (request.continues) await readAgain(file, file.handle);
    reply({ kind: 'opened', file: request.file, sizeBytes: file.sizeBytes });
  },

  async block(file: OpenFile, request: Request<'block'>) {
    let at = 0;
    for (const { length, packing } of request.pieces) {
      const bytes = new Uint8Array(request.buffer, at, length);
      await append(file, packing ? unpack(bytes, packing) : bytes);
      at += length;
    }
    reply({ kind: 'written', file: request.file, buffer: request.buffer }, [request.buffer]);
    writeBack(file);
  },

  async commit(file: OpenFile, request: Request<'commit'>) {
    const sha256 = file.hash.copy().digest('hex');
    if (file.sizeBytes !== request.sizeBytes || sha256 !== request.sha256) {
      reply({ kind: 'mismatch', file: request.file, sizeBytes: file.sizeBytes, sha256 });
      return;
    }
    await file.writingBack;
    await handleOf(file).sync();
    await handleOf(file).close();
    await rename(file.path, request.finalPath);
    await syncDirectory(dirname(request.finalPath));
    files.delete(request.file);
    reply({ kind: 'committed', file: request.file });
  },

  async suspend(file: OpenFile, request: Request<'suspend'>) {
    files.delete(request.file);
    await close(file);
    reply({ kind: 'suspended', file: request.file });
  },

  async discard(file: OpenFile, request: Request<'discard'>) {
    files.delete(request.file);
    await close(file);
    await rm(file.path, { force: true });
    reply({ kind: 'discarded', file: request.file });
  },
};

function handleOf(file: OpenFile): FileHandle {
  if (!file.handle) throw new Error('the file is not open');
  return file.handle;
}

async function append(file: OpenFile, bytes: Uint8Array): Promise<void> {
  const written = writeAll(handleOf(file), bytes, file.sizeBytes);
  // While the kernel takes the bytes, in a thread of libuv's.
  file.hash.update(bytes);
  await written;
  file.sizeBytes += bytes.length;
  file.unsyncedBytes += bytes.length;
}

/** Not waited for by the writes after it. Should it fail, so will the commit. */
function writeBack(file: OpenFile): void {
  if (file.unsyncedBytes < SYNC_EVERY_BYTES || file.writingBack) return;
  file.unsyncedBytes = 0;
  const step = handleOf(file).datasync();
  file.writingBack = step;
  step.then(
    () => {
      file.writingBack = undefined;
    },
    () => {},
  );
}

async function close(file: OpenFile): Promise<void> {
  await file.writingBack?.catch(() => {});
  await file.handle?.close();
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

async function readAgain(file: OpenFile, handle: FileHandle): Promise<void> {
  const block = new Uint8Array(READ_BLOCK_BYTES);
  for (;;) {
    const { bytesRead } = await handle.read(block, 0, block.length, file.sizeBytes);
    if (bytesRead === 0) return;
    file.hash.update(block.subarray(0, bytesRead));
    file.sizeBytes += bytesRead;
  }
}

/** A rename is durable only once the directory is, see fsync(2). */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
