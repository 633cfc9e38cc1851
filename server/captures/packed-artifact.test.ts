import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { CaptureBench } from '../testing/capture-bench.ts';
import { waitUntil } from '../testing/wait-until.ts';

/** Some text as artifacts are: much of it alike, none of it the same. */
const text = Buffer.from(Array.from({ length: 600_000 }, (_, n) => `,${n % 13},2048,${n}`).join(''));

async function storedBytes(bench: CaptureBench, id: string): Promise<Buffer> {
  const { stream } = await bench.service.openArtifact(id as never);
  return await buffer(stream);
}

describe('an artifact that travels packed', () => {
  test('is stored as the agent has it, and tells what crossed', async () => {
    const bench = await CaptureBench.open({ compression: 'on' });
    await bench.agent({ artifact: () => text });
    const { id } = await bench.request();
    const { artifact } = await bench.untilState(id, 'complete');
    expect((await storedBytes(bench, id)).equals(text)).toBe(true);
    expect(artifact?.sizeBytes).toBe(text.length);
    expect(artifact?.transferredBytes).toBeGreaterThan(1000);
    expect(artifact?.transferredBytes).toBeLessThan(text.length / 2);
    expect(await bench.service.find(id)).toMatchObject({ artifact });
  });

  test('is not packed by an agent on this machine unless that is asked for', async () => {
    const bench = await CaptureBench.open();
    await bench.agent({ artifact: () => text });
    const { id } = await bench.request();
    const { artifact } = await bench.untilState(id, 'complete');
    expect(artifact?.transferredBytes).toBe(text.length);
  });

  test('goes on from where its transfer was broken', { timeout: 30_000 }, async () => {
    const bench = await CaptureBench.open({ compression: 'on' });
    const agent = await bench.agent({ artifact: () => text, chunkDelayMs: 8 });
    const { id } = await bench.request();
    for (let round = 1; round <= 2; round++) {
      await waitUntil('some of it is there', async () => {
        const status = (await bench.service.find(id))?.status;
        return status?.state === 'transferring' && status.receivedBytes > round * 1_000_000;
      });
      agent.breakConnections();
      await waitUntil(
        'it is interrupted',
        () => bench.statesOf(id).filter((state) => state === 'interrupted').length >= round,
      );
    }
    agent.script.chunkDelayMs = 0;
    await bench.untilState(id, 'complete');
    expect((await storedBytes(bench, id)).equals(text)).toBe(true);
  });

  test('goes on after a restart of the server, which does not know what crossed before', {
    timeout: 20_000,
  }, async () => {
    const first = await CaptureBench.open({ compression: 'on' });
    const agent = await first.agent({ artifact: () => text, chunkDelayMs: 8 });
    const { id } = await first.request();
    await waitUntil('some is there', async () => {
      const status = (await first.service.find(id))?.status;
      return status?.state === 'transferring' && status.receivedBytes > 1_500_000;
    });
    await first.close();
    agent.script.chunkDelayMs = 0;
    const second = await CaptureBench.open({
      dataDirectory: first.store.dataDirectory,
      compression: 'on',
    });
    await second.connect(agent);
    const { artifact } = await second.untilState(id, 'complete');
    expect((await storedBytes(second, id)).equals(text)).toBe(true);
    expect(artifact?.transferredBytes).toBeNull();
  });
});
