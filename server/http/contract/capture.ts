import { z } from 'zod';
import { CaptureId, InstanceId, Instant, ServiceName } from './ids.ts';

export const CAPTURE_KINDS = [
  'cpu',
  'heap',
  'allocation',
  'heapsnapshot',
  'wait',
  'lock',
  'activity',
  'trace',
  'goroutine',
  'block',
  'mutex',
] as const;
export const CaptureKind = z.enum(CAPTURE_KINDS).meta({ id: 'CaptureKind' });
export type CaptureKind = z.infer<typeof CaptureKind>;

/**
 * The life of a capture. `queued → starting → [waiting →] recording → writing → transferring → complete`;
 * `interrupted` stands in for any state after `starting` while the instance cannot be reached; `failed` and
 * `cancelled` can follow every state but the final ones.
 */
export const CaptureState = z
  .discriminatedUnion('state', [
    z.object({ state: z.literal('queued'), since: Instant, ahead: z.int() }),
    z.object({ state: z.literal('starting'), since: Instant }),
    z.object({ state: z.literal('waiting'), since: Instant }),
    z.object({ state: z.literal('recording'), since: Instant, endsAt: Instant }),
    z.object({ state: z.literal('writing'), since: Instant }),
    z.object({
      state: z.literal('transferring'),
      since: Instant,
      receivedBytes: z.int(),
      totalBytes: z.int(),
    }),
    z.object({
      state: z.literal('interrupted'),
      since: Instant,
      during: z.enum(['starting', 'waiting', 'recording', 'writing', 'transferring']),
      reason: z.string(),
      givesUpAt: Instant,
    }),
    z.object({ state: z.literal('complete'), since: Instant }),
    z.object({ state: z.literal('failed'), since: Instant, code: z.string(), message: z.string() }),
    z.object({ state: z.literal('cancelled'), since: Instant }),
  ])
  .meta({ id: 'CaptureState' });
export type CaptureState = z.infer<typeof CaptureState>;

export const CaptureOptions = z
  .object({
    /** Time between samples. */
    intervalMicros: z.int().min(50).max(100_000).default(1000),
  })
  .strict()
  .meta({ id: 'CaptureOptions' });
export type CaptureOptions = z.infer<typeof CaptureOptions>;

/** What a capture cost, measured from outside the profiled thread; null where it could not be measured. */
export const CaptureCost = z
  .object({
    startPauseMs: z.number().nullable(),
    stopPauseMs: z.number().nullable(),
    memoryGrowthBytes: z.number().nullable(),
  })
  .meta({ id: 'CaptureCost' });
export type CaptureCost = z.infer<typeof CaptureCost>;

export const Artifact = z
  .object({
    mediaType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    recordedSeconds: z.number(),
    endedBy: z.enum(['duration', 'stopped', 'limit']),
  })
  .meta({ id: 'Artifact', description: 'The bytes that a capture produced, kept as they came' });
export type Artifact = z.infer<typeof Artifact>;

export const Capture = z
  .object({
    id: CaptureId,
    kind: CaptureKind,
    service: ServiceName,
    serviceVersion: z.string(),
    instanceId: InstanceId,
    instanceName: z.string(),
    thread: z.string(),
    requestedAt: Instant,
    requestedBy: z.string(),
    durationSeconds: z.number(),
    options: CaptureOptions,
    status: CaptureState,
    /** Set from the moment someone asks for an early end until it has ended. */
    ending: z.enum(['stop', 'cancel']).nullable(),
    /** The thread still did not answer once recording had begun: what it is stuck in is in the recording. */
    threadUnresponsive: z.boolean(),
    cost: CaptureCost,
    /** Present exactly when the capture is complete. */
    artifact: Artifact.nullable(),
    pinned: z.boolean(),
    note: z.string(),
    /** When retention by age will delete it; null while it is pinned or has no artifact. */
    expiresAt: Instant.nullable(),
  })
  .meta({ id: 'Capture' });
export type Capture = z.infer<typeof Capture>;

const captureWish = {
  kind: CaptureKind,
  durationSeconds: z.number().gt(0).max(3600),
  /** "main" unless said otherwise. */
  thread: z.string().min(1).max(64).default('main'),
  options: CaptureOptions.default({ intervalMicros: 1000 }),
  note: z.string().max(2000).default(''),
};

/** With `service`, the connected instance whose main thread uses the most CPU is taken. */
export const CaptureRequest = z
  .union([
    z.object({ instanceId: InstanceId, ...captureWish }).strict(),
    z.object({ service: ServiceName, ...captureWish }).strict(),
  ])
  .meta({ id: 'CaptureRequest' });
export type CaptureRequest = z.infer<typeof CaptureRequest>;

export const CaptureChange = z
  .object({ pinned: z.boolean().optional(), note: z.string().max(2000).optional() })
  .strict()
  .meta({ id: 'CaptureChange' });
export type CaptureChange = z.infer<typeof CaptureChange>;

export const CaptureQuery = z.object({
  service: ServiceName.optional(),
  instanceId: InstanceId.optional(),
  kind: CaptureKind.optional(),
  since: Instant.optional(),
  /** The id of the last capture of the page before. */
  before: CaptureId.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export type CaptureQuery = z.infer<typeof CaptureQuery>;

export const CaptureList = z
  .object({ captures: z.array(Capture), nextBefore: CaptureId.nullable() })
  .meta({ id: 'CaptureList', description: 'Newest first' });
export type CaptureList = z.infer<typeof CaptureList>;
