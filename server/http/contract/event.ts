import { z } from 'zod';
import { Action } from './action.ts';
import { Capture } from './capture.ts';
import { ActionId, CaptureId, InstanceId, Instant, ServiceName } from './ids.ts';
import { Instance } from './instance.ts';
import type { VitalsBatch } from './vitals.ts';

/** Something that happened, kept for the history of a service. The dashboard puts it into words. */
export const TimelineEvent = z
  .object({
    sequence: z.int(),
    at: Instant,
    kind: z.enum([
      'server-started',
      'instance-appeared',
      'instance-connected',
      'instance-interrupted',
      'instance-dead',
      'instance-stopped',
      'instance-refused',
      'health-changed',
      'capture-requested',
      'capture-complete',
      'capture-failed',
      'capture-cancelled',
      'capture-deleted',
      'action-requested',
      'action-succeeded',
      'action-partial',
      'action-failed',
      'action-cancelled',
      'action-unknown',
    ]),
    service: ServiceName.nullable(),
    instanceId: InstanceId.nullable(),
    instanceName: z.string().nullable(),
    captureId: CaptureId.nullable(),
    actionId: ActionId.nullable(),
    /** What there is to say beyond the kind: a reason, the health state, a capture's kind, an action's type. */
    detail: z.record(z.string(), z.string()),
  })
  .meta({ id: 'TimelineEvent' });
export type TimelineEvent = z.infer<typeof TimelineEvent>;

export const TimelineQuery = z.object({
  service: ServiceName.optional(),
  instanceId: InstanceId.optional(),
  since: Instant.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export type TimelineQuery = z.infer<typeof TimelineQuery>;

/** A change of state. Sent numbered and replayed after a reconnect. */
export const StateChange = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('instance'), instance: Instance }),
    z.object({ type: z.literal('instance-removed'), instanceId: InstanceId }),
    z.object({ type: z.literal('capture'), capture: Capture }),
    z.object({ type: z.literal('capture-removed'), captureId: CaptureId }),
    z.object({ type: z.literal('action'), action: Action }),
    z.object({ type: z.literal('timeline'), event: TimelineEvent }),
  ])
  .meta({ id: 'StateChange' });
export type StateChange = z.infer<typeof StateChange>;

/** First message of every event stream. */
export const Hello = z
  .object({ serverStartedAt: Instant, epoch: z.int(), now: Instant, version: z.string() })
  .meta({ id: 'Hello' });
export type Hello = z.infer<typeof Hello>;

/**
 * The event stream, by SSE `event:` name. `change` carries an `id:` of the form `<epoch>-<number>` that a
 * reconnecting client sends as `Last-Event-ID`; `resync` says that the gap cannot be replayed and everything
 * is to be fetched anew.
 */
export interface ServerSentEvents {
  hello: Hello;
  vitals: VitalsBatch;
  change: StateChange;
  resync: { reason: string };
}

export const EventsQuery = z.object({
  /** `off`: only changes, for readers that have no use for a message a second. */
  vitals: z.enum(['on', 'off']).default('on'),
  /** For clients that cannot send the header `Last-Event-ID`, which is preferred. */
  lastEventId: z.string().max(64).optional(),
});
export type EventsQuery = z.infer<typeof EventsQuery>;
