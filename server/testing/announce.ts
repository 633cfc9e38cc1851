import { durationMs } from '@bufbuild/protobuf/wkt';
import { Client, credentials } from '@grpc/grpc-js';
import { Registry } from '#proto/gen/opscenter/v1/registry_pb.ts';
import { callUnary, tokenMetadata } from '#proto/grpc/client.ts';
import { nodeRuntime } from './identity.ts';
import type { ScriptedAgent } from './scripted-agent.ts';

const AGAIN_MS = 250;

/** Registers a scripted agent and keeps its lease, also over restarts of the registry, until it is disposed. */
export function announce(agent: ScriptedAgent, registryAddress: string, token: string): Disposable {
  const client = new Client(registryAddress, credentials.createInsecure(), {
    'grpc.initial_reconnect_backoff_ms': AGAIN_MS,
    'grpc.max_reconnect_backoff_ms': AGAIN_MS,
  });
  const options = { metadata: tokenMetadata(token), deadlineMs: 2000 };
  let leaseId: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  const beat = async (): Promise<number> => {
    if (leaseId === undefined) {
      const answer = await callUnary(
        client,
        Registry,
        'register',
        {
          identity: agent.identity,
          runtime: nodeRuntime,
          agentAddress: agent.address,
          contractVersion: 1,
        },
        options,
      );
      leaseId = answer.leaseId;
      return answer.heartbeatInterval ? durationMs(answer.heartbeatInterval) : 1000;
    }
    await callUnary(client, Registry, 'heartbeat', { leaseId }, options);
    return 2000;
  };
  const loop = async () => {
    const nextMs = await beat().catch(() => {
      leaseId = undefined;
      return AGAIN_MS;
    });
    if (!isOver) timer = setTimeout(loop, nextMs);
  };
  void loop();
  return {
    [Symbol.dispose]() {
      isOver = true;
      clearTimeout(timer);
      client.close();
    },
  };
}
