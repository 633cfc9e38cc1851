import { type ServiceError, status } from '@grpc/grpc-js';
import { toText } from './text.ts';

/** What a call to an agent that failed tells. */
export interface CallFailure {
  /** The connection or the agent's process had the problem: nothing is known of what was asked. */
  isTransient: boolean;
  /** The agent's own word for its refusal, such as `main-thread-stuck`. */
  code: string | undefined;
  /** In the agent's words, or the connection's. */
  message: string;
}

/** Every other status is an answer, and not one that trying again soon would change. */
const TRANSIENT: ReadonlySet<status> = new Set([
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.CANCELLED,
  status.INTERNAL,
  status.UNKNOWN,
  status.ABORTED,
]);

/** Whatever was thrown by a call: something that is no status never reached the agent, and is transient. */
export function toCallFailure(error: unknown): CallFailure {
  const { code, details, message, metadata } = error as Partial<ServiceError>;
  const isLate = code === status.DEADLINE_EXCEEDED;
  const word = metadata?.get('opscenter-error')[0];
  return {
    isTransient: typeof code !== 'number' || TRANSIENT.has(code),
    code: typeof word === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(word) ? word : undefined,
    // The library's own sentence tells of its parts, such as its load balancer.
    message: isLate ? 'no answer came in time' : toText(details || message || String(error), 500),
  };
}
