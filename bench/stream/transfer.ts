import type { Capture, Instance } from '../../server/http/contract/index.ts';
import { poll } from '../harness/poll.ts';
import type { ServerProcess } from '../harness/server-process.ts';

const PATIENCE_MS = 300_000;

interface Transfer {
  seconds: number;
  /** Of chunks, over the network. */
  transferredBytes: number;
}

export function untilConnected(server: ServerProcess): Promise<Instance> {
  return poll(async () => {
    const instances = (await server.call('GET', '/api/v1/instances')) as Instance[];
    return instances.find(({ connection }) => connection.state === 'connected');
  }, 'the agent at the server');
}

/**
 * One capture from the agent's file to the server's verified file, in seconds: from the moment in which the server
 * has been told what comes until the capture is complete, by the server's own clock.
 */
export async function transfer(server: ServerProcess, instanceId: string): Promise<Transfer> {
  const wish = { instanceId, kind: 'cpu', durationSeconds: 1 };
  const { id } = (await server.call('POST', '/api/v1/captures', wish)) as Capture;
  const path = `/api/v1/captures/${id}`;
  let startedAt: number | undefined;
  const { atMs, transferredBytes } = await poll(
    async () => {
      const { status, artifact } = (await server.call('GET', path)) as Capture;
      if (status.state === 'transferring') startedAt = Date.parse(status.since);
      if (status.state === 'complete') {
        return { atMs: Date.parse(status.since), transferredBytes: artifact?.transferredBytes ?? Number.NaN };
      }
      if (status.state === 'failed') throw new Error(`The capture failed: ${status.message}`);
      return undefined;
    },
    'the capture',
    PATIENCE_MS,
  );
  await server.call('DELETE', path);
  if (startedAt === undefined) throw new Error('The transfer was over before it was seen');
  return { seconds: (atMs - startedAt) / 1000, transferredBytes };
}
