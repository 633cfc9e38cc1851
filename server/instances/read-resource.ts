import { InstanceUnreachable, MainThreadStuck, ResourceNotFound, ResourceUnreadable } from '../errors.ts';
import type { ResourceDetail } from '../http/contract/index.ts';
import type { AgentClient } from './agent-client.ts';
import { toCallFailure } from './call-failure.ts';
import type { InstanceRecord } from './instance-record.ts';
import { toResourceDetail } from './resource-detail.ts';
import { toUnreachable } from './unreachable.ts';

/**
 * Reads one resource from the instance, now. What was last heard of it is not handed out in place of an answer:
 * whoever opens a pool wants to know what is in it.
 *
 * @param agent undefined while the instance is not connected
 * @throws ResourceNotFound, InstanceUnreachable, MainThreadStuck, ResourceUnreadable; the signal's reason
 */
export async function readResource(
  record: InstanceRecord,
  agent: AgentClient | undefined,
  resourceId: string,
  signal: AbortSignal,
): Promise<ResourceDetail> {
  const described = record.description.resources.find(({ id }) => id === resourceId);
  if (!agent) throw toUnreachable(record);
  if (!described) throw new ResourceNotFound(record.name, resourceId);
  try {
    const response = await agent.readResource(resourceId, signal);
    return toResourceDetail(described, response, record.offeredActions);
  } catch (error) {
    signal.throwIfAborted();
    throw toServerError(record, resourceId, error);
  }
}

function toServerError(record: InstanceRecord, resourceId: string, error: unknown): Error {
  const { code, isTransient, message } = toCallFailure(error);
  const { health } = record.diagnosis;
  if (code === 'unknown-resource') return new ResourceNotFound(record.name, resourceId);
  if (code === 'main-thread-stuck') return new MainThreadStuck(record.name, message, { cause: error });
  if (!isTransient) return new ResourceUnreadable(record.name, message, { cause: error });
  // It was stuck before it could say so.
  if (health.state === 'stuck') return new MainThreadStuck(record.name, health.reason, { cause: error });
  return new InstanceUnreachable(record.name, message.replace(/\.$/, ''));
}
