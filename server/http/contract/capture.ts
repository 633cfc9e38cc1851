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
    z.object({
      state: z.literal('writing'),
      since: Instant,
      writtenBytes: z.int(),
      /** null while the agent cannot tell how much it will be. */
      expectedBytes: z.int().nullable(),
    }),
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

/** Beyond any of these a capture ends by itself and keeps what it has. What is left out is the agent's own choice. */
export const CaptureBudget = z
  .object({
    /** The longest time that the thread may not answer while it is recorded, beyond what it did before. */
    pauseMs: z.number().min(1).max(600_000).optional(),
    /** The part of the thread's own time that the recorder may take. */
    threadShare: z.number().gt(0).max(1).optional(),
    /** Processor time that the recorder may take beside the thread. */
    cpuCores: z.number().gt(0).max(64).optional(),
    /** Growth of the process, and of the recorder's child. */
    memoryBytes: z
      .int()
      .min(1024 * 1024)
      .optional(),
  })
  .strict()
  .meta({ id: 'CaptureBudget' });
export type CaptureBudget = z.infer<typeof CaptureBudget>;

/** By kind: what ends a capture by itself when the request says nothing. */
export const CaptureBudgets = z.partialRecord(CaptureKind, CaptureBudget);
export type CaptureBudgets = z.infer<typeof CaptureBudgets>;

/** Each belongs to the kinds named; the others refuse it. */
export const CaptureOptions = z
  .object({
    /** `cpu`: time between samples; 1000 unless said otherwise. */
    intervalMicros: z.int().min(50).max(100_000).optional(),
    /** `heap`, `allocation`: mean distance of two samples in allocated bytes; 512 KiB unless said otherwise. */
    intervalBytes: z.int().min(1024).max(67_108_864).optional(),
    /** `heapsnapshot`: leave the contents of strings in it. They are taken out unless this is asked for. */
    keepStrings: z.boolean().optional(),
    /** `heapsnapshot`: agreed to what the capability's `needsConsent` says. */
    consentToPause: z.boolean().optional(),
    /** `wait`: one in so many asynchronous operations is followed. */
    sampleEvery: z.int().min(1).max(100_000).optional(),
    /** `trace`: what to trace; the usual categories unless said otherwise. */
    categories: z
      .array(z.string().regex(/^[a-z0-9_.-]{1,64}$/))
      .max(32)
      .optional(),
    /** Every kind. */
    budget: CaptureBudget.optional(),
  })
  .strict()
  .meta({ id: 'CaptureOptions' });
export type CaptureOptions = z.infer<typeof CaptureOptions>;

/** The options that belong to each kind, besides `budget`. */
export const OPTIONS_OF_KIND: Partial<Record<CaptureKind, readonly (keyof CaptureOptions)[]>> = {
  cpu: ['intervalMicros'],
  heap: ['intervalBytes'],
  allocation: ['intervalBytes'],
  heapsnapshot: ['keepStrings', 'consentToPause'],
  wait: ['sampleEvery'],
  trace: ['categories'],
};

/**
 * Kinds that look once: a duration means nothing to them, and half of one is nothing, so that they can be cancelled
 * and not stopped.
 */
export const KINDS_WITHOUT_DURATION: readonly CaptureKind[] = ['heapsnapshot'];

export const CapturePrice = z
  .object({
    startPauseMs: z.number().nullable(),
    endPauseMs: z.number().nullable(),
    throughputLoss: z.number().nullable(),
    memoryBytes: z.number().nullable(),
    /** Processor time beside the thread, in cores. */
    cpuCores: z.number().nullable(),
    artifactBytes: z.number().nullable(),
  })
  .meta({ id: 'CapturePrice', description: 'What a capture is expected to cost on this instance' });
export type CapturePrice = z.infer<typeof CapturePrice>;

/** What a capture cost, measured from outside the profiled thread; null where it could not be measured. */
export const CaptureCost = z
  .object({
    startPauseMs: z.number().nullable(),
    stopPauseMs: z.number().nullable(),
    memoryGrowthBytes: z.number().nullable(),
    /** The longest time the thread did not answer while it was recorded, and in the moment before. */
    worstPauseMs: z.number().nullable(),
    usualPauseMs: z.number().nullable(),
    /** Processor time of what records, in cores. */
    recorderCpuCores: z.number().nullable(),
    /** The part of the thread's own time that the recorder took, as it measured itself. */
    threadShare: z.number().nullable(),
  })
  .meta({ id: 'CaptureCost' });
export type CaptureCost = z.infer<typeof CaptureCost>;

export const Artifact = z
  .object({
    mediaType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    recordedSeconds: z.number(),
    endedBy: z.enum(['duration', 'stopped', 'limit', 'budget', 'thread-ended', 'complete']),
    /** A sentence with the numbers when it ended by itself; may be empty. */
    endedReason: z.string(),
    /** What a reader has to know, in the agent's sentences. */
    remarks: z.array(z.string()),
    /** Whether the contents of strings were taken out; null for kinds that have none. */
    redacted: z.boolean().nullable(),
    /** What crossed the network; null while that is not known, less than the size when it was packed. */
    transferredBytes: z.int().nullable(),
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
    /** What was asked for; 0 for kinds that look once. */
    durationSeconds: z.number(),
    options: CaptureOptions,
    status: CaptureState,
    /** Set from the moment someone asks for an early end until it has ended. */
    ending: z.enum(['stop', 'cancel']).nullable(),
    /** The thread still did not answer once recording had begun: what it is stuck in is in the recording. */
    threadUnresponsive: z.boolean(),
    /** What the instance said beforehand that it would cost; null where it had not said. */
    price: CapturePrice.nullable(),
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
  /** Means nothing to kinds that look once (`heapsnapshot`). */
  durationSeconds: z.number().gt(0).max(3600).default(10),
  /** "main" unless said otherwise. */
  thread: z.string().min(1).max(64).default('main'),
  options: CaptureOptions.default({}),
  note: z.string().max(2000).default(''),
};

/**
 * With `service`, the connected instance whose main thread uses the most CPU is taken, of those that can take this kind;
 * one that need not stop for it comes first.
 */
export const CaptureRequest = z
  .union([
    z.object({ instanceId: InstanceId, ...captureWish }).strict(),
    z.object({ service: ServiceName, ...captureWish }).strict(),
  ])
  .superRefine(({ kind, options }, context) => {
    for (const name of Object.keys(options)) {
      const isOfKind = OPTIONS_OF_KIND[kind]?.some((option) => option === name) ?? false;
      if (name === 'budget' || isOfKind) continue;
      context.addIssue({
        code: 'custom',
        path: ['options', name],
        message: `is no option of the kind ${kind}`,
      });
    }
  })
  .meta({ id: 'CaptureRequest' });
export type CaptureRequest = z.infer<typeof CaptureRequest>;
/** As it is sent: what has a default may be left out. */
export type CaptureRequestBody = z.input<typeof CaptureRequest>;

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
