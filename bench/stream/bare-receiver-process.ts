import { createHash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { Client, type ClientReadableStream, credentials } from '@grpc/grpc-js';
import { answerParent } from '../harness/child.ts';
import { download } from './bare-service.ts';

/** The peer's receiving end. */
interface Order {
  address: string;
  sizeBytes: number;
  /** Where to keep it, hashed and synced; undefined: thrown away. */
  path: string | undefined;
}

/** Gathered before it is written: one system call for each message would be a straw man. */
const BLOCK_BYTES = 1024 * 1024;

async function keep(stream: AsyncIterable<Buffer>, file: FileHandle): Promise<number> {
  const hash = createHash('sha256');
  let received = 0;
  let block: Buffer[] = [];
  let blockBytes = 0;
  const flush = async () => {
    await file.writev(block);
    block = [];
    blockBytes = 0;
  };
  for await (const message of stream) {
    hash.update(message);
    received += message.length;
    block.push(message);
    blockBytes += message.length;
    if (blockBytes >= BLOCK_BYTES) await flush();
  }
  if (block.length > 0) await flush();
  await file.sync();
  hash.digest();
  return received;
}

async function discard(stream: ClientReadableStream<Buffer>): Promise<number> {
  let received = 0;
  await new Promise<void>((resolve, reject) => {
    stream.on('data', (message: Buffer) => {
      received += message.length;
    });
    stream.once('end', resolve);
    stream.once('error', reject);
  });
  return received;
}

async function receive({ address, sizeBytes, path }: Order): Promise<number> {
  const client = new Client(address, credentials.createInsecure());
  const startedAt = performance.now();
  const stream = client.makeServerStreamRequest(
    download.path,
    download.requestSerialize,
    download.responseDeserialize,
    Buffer.from(String(sizeBytes)),
  );
  let received: number;
  if (path === undefined) {
    received = await discard(stream);
  } else {
    await using file = await open(path, 'w');
    received = await keep(stream, file);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  client.close();
  if (path !== undefined) await rm(path);
  if (received !== sizeBytes) throw new Error(`${received} of ${sizeBytes} bytes came`);
  return seconds;
}

/** Each answer is the time taken, in seconds. */
answerParent({ receive });
