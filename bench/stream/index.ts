import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from '../harness/bench.ts';
import { BenchChild } from '../harness/child.ts';
import { watchResidentMb } from '../harness/process-figures.ts';
import { AGENT_TOKEN, ServerProcess } from '../harness/server-process.ts';
import { median } from '../harness/statistics.ts';
import { measurePacked } from './packed.ts';
import { measureStalledReceiver } from './stalled-receiver.ts';
import { transfer, untilConnected } from './transfer.ts';

const RUNS = 5;
const SIZE_BYTES = 1024 ** 3;

const urlOf = (name: string) => new URL(`${name}-process.ts`, import.meta.url);

/** Seconds, and the memory by which the agent grew. */
interface Round {
  ours: number;
  peer: number;
  bare: number;
  growthMb: number;
}

async function writeArtifact(path: string): Promise<void> {
  const block = randomBytes(16 * 1024 * 1024);
  await using file = await open(path, 'w');
  for (let written = 0; written < SIZE_BYTES; written += block.length) await file.write(block);
}

export const stream: Bench = {
  summary: 'an artifact of 1 GiB from the agent to a verified file of the server',
  async run({ runs = RUNS, note }) {
    const folder = await mkdtemp(join(tmpdir(), 'opscenter-bench-'));
    try {
      const artifact = join(folder, 'artifact');
      await writeArtifact(artifact);
      await using server = await ServerProcess.start({ pages: false });
      await using agent = new BenchChild(urlOf('agent'), [server.registryAddress, AGENT_TOKEN, artifact]);
      await using sender = new BenchChild(urlOf('bare-sender'));
      await using receiver = new BenchChild(urlOf('bare-receiver'));
      const agentAddress = await agent.ask<string>('address');
      const bareAddress = await sender.ask<string>('address');
      const instance = await untilConnected(server);
      const bare = (path: string | undefined) =>
        receiver.ask<number>('receive', { address: bareAddress, sizeBytes: SIZE_BYTES, path });

      const rounds: Round[] = [];
      for (let round = 1; round <= runs; round++) {
        const measured: Round = { ours: 0, peer: 0, bare: 0, growthMb: 0 };
        const ours = async () => {
          const memory = watchResidentMb(agent.pid);
          measured.ours = (await transfer(server, instance.id)).seconds;
          const { startMb, peakMb } = memory.stop();
          measured.growthMb = peakMb - startMb;
        };
        const theirs = async () => {
          measured.peer = await bare(join(folder, 'peer'));
          measured.bare = await bare(undefined);
        };
        for (const side of round % 2 === 1 ? [ours, theirs] : [theirs, ours]) await side();
        rounds.push(measured);
        const mbPerSecond = (seconds: number) => (SIZE_BYTES / 2 ** 20 / seconds).toFixed(0);
        note(
          `round ${round} of ${runs}: ours ${mbPerSecond(measured.ours)} MiB/s, peer ${mbPerSecond(measured.peer)}, ` +
            `bare ${mbPerSecond(measured.bare)}; the agent grew by ${measured.growthMb.toFixed(1)} MiB`,
        );
      }
      const stalledMb = await measureStalledReceiver(agentAddress, agent.pid, AGENT_TOKEN);
      const packed = await measurePacked(folder, runs);
      return {
        runs,
        figures: {
          ratioToPeer: {
            value: median(rounds.map(({ ours, peer }) => peer / ours)),
            target: { atLeast: 0.8 },
            meaning: 'speed to that of a bare gRPC stream whose receiver hashes, writes and syncs too',
          },
          ratioToBareGrpc: {
            value: median(rounds.map(({ ours, bare }) => bare / ours)),
            target: { atLeast: 0.7 },
            meaning: 'speed to that of a bare gRPC stream whose receiver throws away',
          },
          agentGrowthMb: {
            value: Math.max(...rounds.map(({ growthMb }) => growthMb)),
            target: { atMost: 32 },
            meaning: 'most that the memory of the agent grew during one transfer of 1 GiB',
          },
          stalledReceiverMb: {
            value: stalledMb,
            target: { atMost: 1 },
            meaning: 'what the agent holds for a receiver that has stopped reading',
          },
          mibPerSecond: {
            value: median(rounds.map(({ ours }) => SIZE_BYTES / 2 ** 20 / ours)),
            meaning: 'our speed in MiB per second',
          },
          wireRatio: {
            value: packed.wireRatio,
            target: { atMost: 0.5 },
            meaning: 'part of a heap snapshot of 256 MiB that crosses the network when it travels packed',
          },
          packedMibPerSecond: {
            value: packed.mibPerSecond,
            meaning: 'speed of that, in MiB of the snapshot per second',
          },
        },
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
