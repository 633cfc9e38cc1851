import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type ReadResourceResponse,
  ReadResourceResponseSchema,
  ResourceItem_Condition,
  type ResourceItemSchema,
  type ResourceStateSchema,
} from '../../../../proto/gen/opscenter/v1/agent_pb.ts';
import type { ItemFacts, ResourceContents, ResourceReading } from '../../thread-contract.ts';

/** What a service told of its resources as messages of the contract. */
export function resourceStateMessage(reading: ResourceReading): MessageInitShape<typeof ResourceStateSchema> {
  const { id, atMs, measures, error, finding } = reading;
  return {
    id,
    measures,
    error,
    ...(atMs === undefined ? {} : { at: timestampFromMs(atMs) }),
    ...(finding === undefined ? {} : { finding }),
  };
}

export function resourceContentsMessage({
  reading,
  items,
  itemCount,
}: ResourceContents): ReadResourceResponse {
  return create(ReadResourceResponseSchema, {
    state: resourceStateMessage(reading),
    items: items.map(itemMessage),
    itemCount: BigInt(itemCount),
  });
}

const conditionOf = {
  well: ResourceItem_Condition.WELL,
  attention: ResourceItem_Condition.ATTENTION,
  bad: ResourceItem_Condition.BAD,
} as const;

function itemMessage({
  condition,
  createdAtMs,
  lastUsedAtMs,
  ...same
}: ItemFacts): MessageInitShape<typeof ResourceItemSchema> {
  return {
    ...same,
    condition: conditionOf[condition],
    ...(createdAtMs === undefined ? {} : { createdAt: timestampFromMs(createdAtMs) }),
    ...(lastUsedAtMs === undefined ? {} : { lastUsedAt: timestampFromMs(lastUsedAtMs) }),
  };
}
