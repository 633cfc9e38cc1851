import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type {
  InstanceIdentitySchema,
  RuntimeInfoSchema,
} from '../../../proto/gen/opscenter/v1/identity_pb.ts';
import type { ProcessIdentity, RuntimeFacts } from '../thread-contract.ts';

/** Who and what the process is, as messages of the contract. */
export function identityMessage(identity: ProcessIdentity): MessageInitShape<typeof InstanceIdentitySchema> {
  const { startedAtMs, ...same } = identity;
  return { ...same, startedAt: timestampFromMs(startedAtMs) };
}

export function runtimeMessage(runtime: RuntimeFacts): MessageInitShape<typeof RuntimeInfoSchema> {
  return { name: 'nodejs', ...runtime };
}
