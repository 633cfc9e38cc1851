import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ChunkEncoding } from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { AgentClient } from '../../../testing/agent-client.ts';
import { serveFile } from '../../../testing/file-endpoint.ts';

const { GZIP, ZSTD, UNSPECIFIED } = ChunkEncoding;
const mebibyte = 1024 * 1024;

/** Some text as artifacts are: much of it alike, none of it the same. */
function text(bytes: number): Buffer {
  let numbers = '';
  for (let n = 0; numbers.length < bytes; n += 7) numbers += `,${n % 13},${n},${(n * n) % 999_983}`;
  return Buffer.from(numbers.slice(0, bytes));
}

async function client(artifact: Buffer): Promise<AgentClient> {
  const folder = await mkdtemp(join(tmpdir(), 'opscenter-chunks-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'artifact'), artifact);
  const endpoint = await serveFile(join(folder, 'artifact'), 'token');
  onTestFinished(() => endpoint[Symbol.asyncDispose]());
  const agent = new AgentClient(endpoint.address, 'token');
  onTestFinished(() => agent[Symbol.dispose]());
  return agent;
}

const encodingsOf = (chunks: readonly { encoding: ChunkEncoding }[]) => [
  ...new Set(chunks.map(({ encoding }) => encoding)),
];
const sentBytes = (chunks: readonly { data: Uint8Array }[]) =>
  chunks.reduce((sum, { data }) => sum + data.length, 0);

describe('an artifact on its way to whoever reads packed chunks', () => {
  it.each([
    ['zstd', [ZSTD, GZIP], ZSTD],
    ['gzip', [GZIP], GZIP],
    ['gzip before zstd', [GZIP, ZSTD], GZIP],
    ['one that is not known before zstd', [99 as ChunkEncoding, ZSTD], ZSTD],
  ])('is packed by what the reader likes best: %s', async (_, acceptEncodings, encoding) => {
    const artifact = text(3 * mebibyte + 123);
    const agent = await client(artifact);
    const { bytes, chunks } = await agent.collect({ captureId: 'a', acceptEncodings });
    expect(bytes.equals(artifact)).toBe(true);
    expect(encodingsOf(chunks)).toEqual([encoding]);
    expect(sentBytes(chunks)).toBeLessThan(artifact.length * 0.5);
    expect(chunks.every(({ data }) => data.length <= 32_768)).toBe(true);
  });

  it('is as it is for a reader that has not asked, or only for what nobody knows', async () => {
    const artifact = text(mebibyte);
    const agent = await client(artifact);
    const plain = await agent.collect({ captureId: 'a' });
    expect(encodingsOf(plain.chunks)).toEqual([UNSPECIFIED]);
    const strange = await agent.read('a', 0, [99 as ChunkEncoding]);
    expect(encodingsOf(strange.chunks)).toEqual([UNSPECIFIED]);
    expect(strange.bytes.equals(artifact)).toBe(true);
  });

  it('can be read again from any offset', async () => {
    const artifact = text(mebibyte);
    const agent = await client(artifact);
    await agent.collect({ captureId: 'a' });
    for (const offset of [0, 1, 32_768, 500_001, mebibyte - 1, mebibyte]) {
      const { bytes } = await agent.read('a', offset, [ZSTD]);
      expect(bytes.equals(artifact.subarray(offset))).toBe(true);
    }
  });

  it('goes as it is where that does not get smaller, and is packed again where it does', async () => {
    const artifact = Buffer.concat([text(mebibyte), randomBytes(4 * mebibyte), text(3 * mebibyte)]);
    const agent = await client(artifact);
    const { bytes, chunks } = await agent.collect({ captureId: 'a', acceptEncodings: [ZSTD] });
    expect(bytes.equals(artifact)).toBe(true);
    const order = chunks.map(({ encoding }) => encoding);
    expect(encodingsOf(chunks.filter((_, index) => order[index] !== order[index - 1]))).toEqual([
      ZSTD,
      UNSPECIFIED,
    ]);
    expect(order.at(0)).toBe(ZSTD);
    expect(order.at(-1)).toBe(ZSTD);
    expect(sentBytes(chunks)).toBeLessThan(7 * mebibyte);
  });

  it('keeps within its chunks when it gets harder to pack from one to the next', async () => {
    const parts = Array.from({ length: 40 }, (_, index) =>
      index % 2 === 0 ? Buffer.alloc(300_000, 7) : Buffer.from(randomBytes(40_000).toString('hex')),
    );
    const artifact = Buffer.concat(parts);
    const agent = await client(artifact);
    const { bytes, chunks } = await agent.collect({ captureId: 'a', acceptEncodings: [ZSTD] });
    expect(bytes.equals(artifact)).toBe(true);
    expect(Math.max(...chunks.map(({ data }) => data.length))).toBeLessThanOrEqual(32_768);
    expect(Math.max(...chunks.map(({ unpackedBytes }) => unpackedBytes))).toBeLessThanOrEqual(262_144);
  });

  it('of a single byte comes too', async () => {
    const agent = await client(Buffer.from('7'));
    const { bytes } = await agent.collect({ captureId: 'a', acceptEncodings: [ZSTD, GZIP] });
    expect(bytes.toString()).toBe('7');
  });
});
