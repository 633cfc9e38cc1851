import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchChild } from '../harness/child.ts';
import { AGENT_TOKEN, ServerProcess } from '../harness/server-process.ts';
import { median } from '../harness/statistics.ts';
import { writeLargeSnapshot } from '../redaction/large-snapshot.ts';
import { transfer, untilConnected } from './transfer.ts';

const SIZE_BYTES = 256 * 1024 ** 2;

/** A heap snapshot from the agent to the server, as between two machines: packed chunk by chunk. */
export async function measurePacked(
  folder: string,
  runs: number,
): Promise<{ wireRatio: number; mibPerSecond: number }> {
  const path = join(folder, 'snapshot');
  const { sizeBytes } = await writeLargeSnapshot(path, SIZE_BYTES);
  try {
    await using server = await ServerProcess.start({ pages: false, compression: true });
    const agentUrl = new URL('agent-process.ts', import.meta.url);
    await using _agent = new BenchChild(agentUrl, [server.registryAddress, AGENT_TOKEN, path]);
    const instance = await untilConnected(server);
    const transfers = [];
    for (let run = 0; run < runs; run++) transfers.push(await transfer(server, instance.id));
    return {
      wireRatio: median(transfers.map(({ transferredBytes }) => transferredBytes / sizeBytes)),
      mibPerSecond: median(transfers.map(({ seconds }) => sizeBytes / 2 ** 20 / seconds)),
    };
  } finally {
    await rm(path, { force: true });
  }
}
