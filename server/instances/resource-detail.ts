import { timestampMs } from '@bufbuild/protobuf/wkt';
import {
  type ResourceItem as ItemMessage,
  type ReadResourceResponse,
  ResourceItem_Condition,
} from '#proto/gen/opscenter/v1/agent_pb.ts';
import type { ResourceDetail, ResourceItem } from '../http/contract/index.ts';
import type { DescribedResource } from './description.ts';
import { toInstantWithin, toMeasures, toResource } from './resource.ts';
import { toText } from './text.ts';

const MAX_ITEMS = 1000;

/**
 * A resource with what is in it, as its instance has just answered. Bounded: an agent may send anything.
 *
 * @param offered Types of the actions that the instance allows.
 */
export function toResourceDetail(
  resource: DescribedResource,
  { state, items, itemCount }: ReadResourceResponse,
  offered: ReadonlySet<string>,
): ResourceDetail {
  const shown = items.slice(0, MAX_ITEMS).map(toItem);
  return {
    ...toResource(resource, state, offered),
    items: shown,
    itemCount: Math.max(shown.length, itemCount <= Number.MAX_SAFE_INTEGER ? Number(itemCount) : 0),
  };
}

function toItem(message: ItemMessage): ResourceItem {
  return {
    id: toText(message.id, 128),
    name: toText(message.name, 128),
    condition: toCondition(message.condition),
    state: toText(message.state, 64),
    reason: toText(message.reason, 500),
    peer: toText(message.peer, 128),
    createdAt: message.createdAt ? toInstantWithin(timestampMs(message.createdAt)) : null,
    lastUsedAt: message.lastUsedAt ? toInstantWithin(timestampMs(message.lastUsedAt)) : null,
    measures: toMeasures(message.measures),
  };
}

function toCondition(condition: ResourceItem_Condition): ResourceItem['condition'] {
  switch (condition) {
    case ResourceItem_Condition.WELL:
      return 'well';
    case ResourceItem_Condition.BAD:
      return 'bad';
    default:
      // Of what is not told, or in a word that this server does not know, nobody says that it is well.
      return 'attention';
  }
}
