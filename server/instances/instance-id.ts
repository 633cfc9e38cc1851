import { createHash } from 'node:crypto';
import type { InstanceIdentity } from '#proto/gen/opscenter/v1/identity_pb.ts';
import { identityKey } from '../discovery/index.ts';
import type { InstanceId } from '../http/contract/index.ts';

/** The service's name, a dot, and ten hex digits of the SHA-256 of what makes the process this process. */
export function toInstanceId(identity: InstanceIdentity): InstanceId {
  const digest = createHash('sha256').update(identityKey(identity)).digest('hex');
  return `${identity.service}.${digest.slice(0, 10)}` as InstanceId;
}
