import { setTimeout as sleep } from 'node:timers/promises';
import { Client, credentials } from '@grpc/grpc-js';
import { Agent } from '#proto/gen/opscenter/v1/agent_pb.ts';
import { CaptureKind } from '#proto/gen/opscenter/v1/capture_pb.ts';
import { openServerStream, tokenMetadata } from '#proto/grpc/client.ts';
import { readBytesMoved } from '../harness/process-figures.ts';

const SETTLE_MS = 2_000;
const READ_BEFORE_STALL = 64;

/**
 * Follows a capture, stops reading after a few chunks, and answers how much the agent then holds, in MiB: what it has
 * read from its file and not given to its socket. The artifact's hash must be known already, for that is a reading too.
 */
export async function measureStalledReceiver(
  address: string,
  agentPid: number,
  token: string,
): Promise<number> {
  const before = readBytesMoved(agentPid);
  const client = new Client(address, credentials.createInsecure());
  const stream = openServerStream(
    client,
    Agent,
    'collectPerformanceData',
    {
      captureId: `stalled-${Date.now()}`,
      kind: CaptureKind.CPU,
      duration: { seconds: 1n, nanos: 0 },
      lease: { seconds: 1n, nanos: 0 },
    },
    { metadata: tokenMetadata(token) },
  );
  let chunks = 0;
  await new Promise<void>((resolve, reject) => {
    stream.on('error', reject);
    stream.on('data', ({ event }) => {
      if (event.case !== 'chunk' || ++chunks < READ_BEFORE_STALL) return;
      stream.pause();
      resolve();
    });
  });
  await sleep(SETTLE_MS);
  const after = readBytesMoved(agentPid);
  stream.on('error', () => undefined);
  stream.cancel();
  client.close();
  return (after.read - before.read - (after.written - before.written)) / 2 ** 20;
}
