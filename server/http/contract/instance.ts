import { z } from 'zod';
import { ActionOffer } from './action.ts';
import { CaptureBudget, CaptureKind, CapturePrice } from './capture.ts';
import { InstanceId, Instant, ServiceName } from './ids.ts';
import { Resource } from './resource.ts';

/** How the server and the instance's agent stand with each other. Tells nothing about how the instance is. */
export const Connection = z
  .discriminatedUnion('state', [
    z.object({ state: z.literal('connecting'), since: Instant }),
    z.object({ state: z.literal('connected'), since: Instant }),
    z.object({ state: z.literal('interrupted'), since: Instant, reason: z.string() }),
    z.object({ state: z.literal('refused'), since: Instant, reason: z.string() }),
    z.object({
      state: z.literal('dead'),
      since: Instant,
      evidence: z.enum(['connection-refused', 'silent']),
      reason: z.string(),
    }),
    z.object({ state: z.literal('stopped'), since: Instant, reason: z.string() }),
  ])
  .meta({ id: 'Connection' });
export type Connection = z.infer<typeof Connection>;

/** How the instance is, by its own last vitals. `unknown` while nothing recent was heard. */
export const Health = z
  .discriminatedUnion('state', [
    z.object({ state: z.literal('unknown'), since: Instant }),
    z.object({ state: z.literal('well'), since: Instant }),
    z.object({ state: z.literal('strained'), since: Instant, reason: z.string() }),
    z.object({
      state: z.literal('stuck'),
      since: Instant,
      where: z.enum(['js', 'native', 'unknown']),
      reason: z.string(),
    }),
  ])
  .meta({ id: 'Health' });
export type Health = z.infer<typeof Health>;

export const CaptureCapability = z
  .discriminatedUnion('available', [
    z.object({
      available: z.literal(true),
      kind: CaptureKind,
      price: CapturePrice,
      /** What ends it by itself when nothing else is asked for. */
      budget: CaptureBudget,
      /** Why only the main thread can be recorded; null when worker threads can be too. */
      mainThreadOnlyReason: z.string().nullable(),
      /** It stops the thread: what is to be agreed to (`options.consentToPause`); null when it does not. */
      needsConsent: z.string().nullable(),
      /** What people should know of it here. */
      remarks: z.array(z.string()),
    }),
    z.object({
      available: z.literal(false),
      kind: CaptureKind,
      reason: z.string(),
      /** The kind that answers much the same question here. */
      instead: CaptureKind.nullable(),
    }),
  ])
  .meta({ id: 'CaptureCapability' });
export type CaptureCapability = z.infer<typeof CaptureCapability>;

export const CaptureOffers = z
  .object({
    /** When the agent said so. */
    asOf: Instant,
    /** False when the agent could not be asked in time, and this is what it had said before. */
    isCurrent: z.boolean(),
    captures: z.array(CaptureCapability),
  })
  .meta({ id: 'CaptureOffers', description: 'What can be captured here, at the price of this moment' });
export type CaptureOffers = z.infer<typeof CaptureOffers>;

export const Instance = z
  .object({
    id: InstanceId,
    /** What people know it by: the label `instance`, else service and pid. */
    name: z.string(),
    service: ServiceName,
    version: z.string(),
    host: z.string(),
    pid: z.int(),
    startedAt: Instant,
    address: z.string(),
    source: z.string(),
    labels: z.record(z.string(), z.string()),
    runtime: z
      .object({
        name: z.string(),
        version: z.string(),
        engineVersion: z.string(),
        platform: z.string(),
        arch: z.string(),
        agentVersion: z.string(),
      })
      .nullable(),
    connection: Connection,
    health: Health,
    lastHeardAt: Instant.nullable(),
    threads: z.array(z.object({ id: z.string(), name: z.string() })),
    captures: z.array(CaptureCapability),
    /** Types of the actions that it allows. */
    actionTypes: z.array(z.string()),
  })
  .meta({ id: 'Instance' });
export type Instance = z.infer<typeof Instance>;

export const InstanceQuery = z.object({ service: ServiceName.optional() });
export type InstanceQuery = z.infer<typeof InstanceQuery>;

/** An instance with what changes too often for the event stream. */
export const InstanceDetail = Instance.extend({
  resources: z.array(Resource),
  actions: z.array(ActionOffer),
}).meta({ id: 'InstanceDetail' });
export type InstanceDetail = z.infer<typeof InstanceDetail>;
