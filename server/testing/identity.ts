import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type InstanceIdentity,
  InstanceIdentitySchema,
  type RuntimeInfo,
  RuntimeInfoSchema,
} from '#proto/gen/opscenter/v1/identity_pb.ts';

/** An identity as an agent in good order gives it. */
export function identityOf(
  service: string,
  changes: MessageInitShape<typeof InstanceIdentitySchema> = {},
): InstanceIdentity {
  return create(InstanceIdentitySchema, {
    service,
    version: '1.4.2',
    host: 'node-7',
    pid: 4711,
    startedAt: timestampFromMs(Date.parse('2026-03-01T11:00:00Z')),
    labels: { tier: 'data', instance: `${service}-0` },
    ...changes,
  });
}

export const nodeRuntime: RuntimeInfo = create(RuntimeInfoSchema, {
  name: 'nodejs',
  version: '24.21.0',
  engineVersion: '13.6',
  platform: 'linux',
  arch: 'x64',
  agentVersion: '0.1.0',
});
