import { InstanceUnreachable } from '../errors.ts';
import type { Instance } from '../http/contract/index.ts';

/** Of an instance that is not connected: how the connection is, and why. */
export function toUnreachable({
  name,
  connection,
}: Pick<Instance, 'name' | 'connection'>): InstanceUnreachable {
  const reason = 'reason' in connection ? `: ${connection.reason.replace(/\.$/, '')}` : '';
  return new InstanceUnreachable(name, `it is ${connection.state}${reason}`);
}
