import type { CaptureOffers } from '../http/contract/index.ts';
import { type Clock, toInstant } from '../store/index.ts';
import type { AgentClient } from './agent-client.ts';
import { toDescription } from './description.ts';
import { toInstanceId } from './instance-id.ts';
import type { InstanceRecord } from './instance-record.ts';
import { toUnreachable } from './unreachable.ts';

/** People look at the price while they choose; what comes later than this is no help to them. */
const ASK_MS = 2_000;

/**
 * What can be captured in the instance, asked of its agent now: the price of a heap snapshot is that of the heap as it
 * is. It is known of the instance from then on, and not announced: whoever wants to know asks. An agent that does not
 * answer in time has said something before, and that is told as what it is.
 *
 * @param agent undefined while the instance is not connected
 * @throws InstanceUnreachable; the signal's reason
 */
export async function readCaptureOffers(
  record: InstanceRecord,
  agent: AgentClient | undefined,
  clock: Clock,
  signal: AbortSignal,
): Promise<CaptureOffers> {
  if (!agent) throw toUnreachable(record);
  try {
    const message = await agent.describe(AbortSignal.any([signal, AbortSignal.timeout(ASK_MS)]));
    if (message.identity && toInstanceId(message.identity) === record.id) {
      record.description = toDescription(message);
      record.describedAtMs = clock.now();
      const { captures } = record.description;
      return { asOf: toInstant(record.describedAtMs), isCurrent: true, captures };
    }
  } catch {
    signal.throwIfAborted();
  }
  const { captures } = record.description;
  return { asOf: toInstant(record.describedAtMs), isCurrent: false, captures };
}
