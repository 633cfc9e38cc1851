import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Capture, Instance } from '../../server/http/contract/index.ts';
import type { Bench } from '../harness/bench.ts';
import { BenchChild } from '../harness/child.ts';
import { poll } from '../harness/poll.ts';
import { watchResidentMb } from '../harness/process-figures.ts';
import { AGENT_TOKEN, ServerProcess } from '../harness/server-process.ts';
import { median } from '../harness/statistics.ts';
import { measureStalledReceiver } from './stalled-receiver.ts';

const RUNS = 5;
const SIZE_BYTES = 1024 ** 3;
const PATIENCE_MS = 300_000;

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

function untilConnected(server: ServerProcess): Promise<Instance> {
  return poll(async () => {
    const instances = (await server.call('GET', '/api/v1/instances')) as Instance[];
    return instances.find(({ connection }) => connection.state === 'connected');
  }, 'the agent at the server');
}

/**
 * One capture from the agent's file to the server's verified file, in seconds: from the moment in which the server
 * has been told what comes until the capture is complete, by the server's own clock.
 */
async function transfer(server: ServerProcess, instanceId: string): Promise<number> {
  const wish = { instanceId, kind: 'cpu', durationSeconds: 1 };
  const { id } = (await server.call('POST', '/api/v1/captures', wish)) as Capture;
  const path = `/api/v1/captures/${id}`;
  let startedAt: number | undefined;
  const completeAt = await poll(
    async () => {
      const { status } = (await server.call('GET', path)) as Capture;
      if (status.state === 'transferring') startedAt = Date.parse(status.since);
      if (status.state === 'complete') return Date.parse(status.since);
      if (status.state === 'failed') throw new Error(`The capture failed: ${status.message}`);
      return undefined;
    },
    'the capture',
    PATIENCE_MS,
  );
  await server.call('DELETE', path);
  if (startedAt === undefined) throw new Error('The transfer was over before it was seen');
  return (completeAt - startedAt) / 1000;
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
          measured.ours = await transfer(server, instance.id);
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
        },
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
