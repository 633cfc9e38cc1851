import { z } from 'zod';
import { InstanceId, Instant, ServiceName } from './ids.ts';

export const Measure = z
  .object({ name: z.string(), value: z.number(), unit: z.string() })
  .meta({ id: 'Measure', description: 'A named number with a UCUM unit; "1" is a count' });
export type Measure = z.infer<typeof Measure>;

/** What an action is done with, as its own JSON Schema says. */
export const ActionParameters = z
  .record(z.string().max(64), z.unknown())
  .meta({ id: 'ActionParameters', description: "An object that fits the action's parametersSchema" });
export type ActionParameters = z.infer<typeof ActionParameters>;

export const Finding = z
  .object({
    sentence: z.string(),
    /** What the service suggests to do about it; null when it suggests nothing. */
    action: z.object({ type: z.string(), parameters: ActionParameters }).nullable(),
  })
  .meta({ id: 'Finding', description: 'Something that is not as it should be, with its evidence' });
export type Finding = z.infer<typeof Finding>;

export const Resource = z
  .object({
    id: z.string(),
    kind: z.string(),
    name: z.string(),
    description: z.string(),
    at: Instant.nullable(),
    measures: z.array(Measure),
    error: z.string().nullable(),
    finding: Finding.nullable(),
  })
  .meta({ id: 'Resource', description: 'Something inside a service that people operate on' });
export type Resource = z.infer<typeof Resource>;

export const ResourceItem = z
  .object({
    id: z.string(),
    name: z.string(),
    condition: z.enum(['well', 'attention', 'bad']),
    /** A word of the service: "healthy", "stale", "playing". */
    state: z.string(),
    reason: z.string(),
    /** Who is at its other end; empty when there is nobody. */
    peer: z.string(),
    createdAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
    measures: z.array(Measure),
  })
  .meta({ id: 'ResourceItem', description: 'One thing in a resource: a connection of a pool, a room' });
export type ResourceItem = z.infer<typeof ResourceItem>;

/** A resource with what is in it, read from the instance at this moment. */
export const ResourceDetail = Resource.extend({
  items: z.array(ResourceItem),
  /** How many there are; `items` may be cut. */
  itemCount: z.int(),
}).meta({ id: 'ResourceDetail' });
export type ResourceDetail = z.infer<typeof ResourceDetail>;

/** A resource and the instance that it is in. */
export const FleetResource = z
  .object({
    instanceId: InstanceId,
    instanceName: z.string(),
    service: ServiceName,
    resource: Resource,
  })
  .meta({ id: 'FleetResource' });
export type FleetResource = z.infer<typeof FleetResource>;

export const ResourceQuery = z.object({
  kind: z.string().max(64).optional(),
  service: ServiceName.optional(),
  /** `only`: those that need a look. */
  findings: z.enum(['only']).optional(),
});
export type ResourceQuery = z.infer<typeof ResourceQuery>;
