import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { AgentError, type AgentErrorCode } from '../../errors.ts';

const statusOf: Partial<Record<AgentErrorCode, status>> = {
  'invalid-request': status.INVALID_ARGUMENT,
  'unknown-capture': status.NOT_FOUND,
  'unknown-thread': status.NOT_FOUND,
  'kind-unavailable': status.UNIMPLEMENTED,
  'unknown-resource': status.NOT_FOUND,
  'unknown-action': status.NOT_FOUND,
  'unknown-run': status.NOT_FOUND,
  'capture-in-progress': status.RESOURCE_EXHAUSTED,
  'too-many-captures': status.RESOURCE_EXHAUSTED,
  'too-many-readers': status.RESOURCE_EXHAUSTED,
  'too-many-runs': status.RESOURCE_EXHAUSTED,
  'idempotency-key-reused': status.INVALID_ARGUMENT,
  'agent-stopping': status.UNAVAILABLE,
};

/** The gRPC error of whatever was thrown; the agent's own word for it travels as `opscenter-error`. */
export function toStatus(error: unknown): ServiceError {
  const metadata = new Metadata();
  if (!(error instanceof AgentError)) {
    const details = 'The agent failed at this call.';
    return Object.assign(new Error(details), { code: status.INTERNAL, details, metadata });
  }
  metadata.set('opscenter-error', error.code);
  const code = statusOf[error.code] ?? status.FAILED_PRECONDITION;
  return Object.assign(new Error(error.message), { code, details: error.message, metadata });
}
