import { z } from 'zod';

/** A service's name, as its agents register it. */
export const ServiceName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a-z, 0-9 and -, beginning with a letter')
  .meta({ id: 'ServiceName', description: 'Name of a service' });
export type ServiceName = z.infer<typeof ServiceName>;

/** One process of a service: the service's name, a dot, and ten hex digits of a hash over its identity. */
export const InstanceId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}\.[0-9a-f]{10}$/, 'must look like user-service.0a1b2c3d4e')
  .brand('InstanceId')
  .meta({ id: 'InstanceId', description: 'Id of an instance, such as user-service.0a1b2c3d4e' });
export type InstanceId = z.infer<typeof InstanceId>;

/** Sorts by time of creation. */
export const CaptureId = z
  .string()
  .regex(/^cap_[0-9a-z]{20}$/, 'must look like cap_ and twenty of 0-9 and a-z')
  .brand('CaptureId')
  .meta({ id: 'CaptureId', description: 'Id of a capture; sorts by time of creation' });
export type CaptureId = z.infer<typeof CaptureId>;

/** Sorts by time of creation. */
export const ActionId = z
  .string()
  .regex(/^act_[0-9a-z]{20}$/, 'must look like act_ and twenty of 0-9 and a-z')
  .brand('ActionId')
  .meta({ id: 'ActionId', description: 'Id of an action; sorts by time of creation' });
export type ActionId = z.infer<typeof ActionId>;

export const PreviewId = z
  .string()
  .regex(/^pre_[0-9a-z]{20}$/, 'must look like pre_ and twenty of 0-9 and a-z')
  .brand('PreviewId')
  .meta({ id: 'PreviewId', description: "Id of an action's preview" });
export type PreviewId = z.infer<typeof PreviewId>;

/** An instant, ISO 8601 in UTC with milliseconds. */
export const Instant = z.iso.datetime().meta({ id: 'Instant', description: 'ISO 8601 in UTC' });
export type Instant = z.infer<typeof Instant>;
