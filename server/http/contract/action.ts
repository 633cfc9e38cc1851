import { z } from 'zod';
import { ActionId, InstanceId, Instant, PreviewId, ServiceName } from './ids.ts';
import { ActionParameters } from './resource.ts';

export const ActionType = z
  .string()
  .regex(/^[a-z0-9.-]{1,64}$/, 'must be 1 to 64 of a-z, 0-9, . and -')
  .meta({ id: 'ActionType', description: 'Such as pool.flush' });
export type ActionType = z.infer<typeof ActionType>;

export const ActionOffer = z
  .object({
    type: z.string(),
    title: z.string(),
    description: z.string(),
    parametersSchema: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'ActionOffer', description: 'An action that the instance allows' });
export type ActionOffer = z.infer<typeof ActionOffer>;

const wish = { type: ActionType, params: ActionParameters.default({}) };

/** With `service`, every connected instance of it that offers the action. */
export const ActionPreviewRequest = z
  .union([
    z.object({ ...wish, instanceIds: z.array(InstanceId).min(1).max(32) }).strict(),
    z.object({ ...wish, service: ServiceName }).strict(),
  ])
  .meta({ id: 'ActionPreviewRequest' });
export type ActionPreviewRequest = z.infer<typeof ActionPreviewRequest>;

export const ActionTarget = z
  .object({
    id: z.string(),
    name: z.string(),
    /** The proof. */
    reason: z.string(),
    players: z.int(),
    /** `kept`: named so that people can see that it is left alone; `awaited`: its own end is waited for. */
    effect: z.enum(['touched', 'kept', 'awaited']),
  })
  .meta({ id: 'ActionTarget', description: 'One thing that an action is about, and why' });
export type ActionTarget = z.infer<typeof ActionTarget>;

/** What the action would do on one instance, computed by the instance. */
export const ActionPreviewPart = z
  .object({
    instanceId: InstanceId,
    instanceName: z.string(),
    service: ServiceName,
    targets: z.array(ActionTarget),
    playersAffected: z.int(),
    playersDisconnected: z.int(),
    estimatedSeconds: z.number().nullable(),
    /** Why the instance cannot do it now; it is left out of the action then. */
    refusal: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: 'ActionPreviewPart' });
export type ActionPreviewPart = z.infer<typeof ActionPreviewPart>;

export const ActionPreview = z
  .object({
    id: PreviewId,
    type: ActionType,
    title: z.string(),
    description: z.string(),
    params: ActionParameters,
    computedAt: Instant,
    /** Then it is to be computed anew. */
    expiresAt: Instant,
    playersAffected: z.int(),
    playersDisconnected: z.int(),
    /** What cannot be undone, in a sentence. */
    irreversible: z.string(),
    /** What a person should know before: that no pod would be left, that there is nothing to do. */
    warnings: z.array(z.string()),
    /** What is to be typed to confirm, for what players would feel; null when the button is enough. */
    confirmation: z.string().nullable(),
    /** How long the action may take before it asks, unless the request says otherwise. */
    deadlineSeconds: z.int(),
    parts: z.array(ActionPreviewPart),
  })
  .meta({ id: 'ActionPreview' });
export type ActionPreview = z.infer<typeof ActionPreview>;

const DeadlineSeconds = z
  .int()
  .min(10)
  .max(24 * 3600);

export const ActionRequest = z
  .object({
    previewId: PreviewId,
    /** In the words of whoever runs it. */
    reason: z.string().trim().min(1, 'must say why').max(500),
    /** Minted when the dialog opens: the same key again answers with the same action. */
    idempotencyKey: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/, 'must be 16 to 64 of A-Z, a-z, 0-9, _ and -'),
    /** What the preview asks to be typed. */
    confirmation: z.string().max(128).optional(),
    deadlineSeconds: DeadlineSeconds.optional(),
  })
  .strict()
  .meta({ id: 'ActionRequest' });
export type ActionRequest = z.infer<typeof ActionRequest>;

/** What became of one target; `pending` until it is known. */
export const TargetOutcome = z
  .object({
    targetId: z.string(),
    outcome: z.enum(['pending', 'done', 'kept', 'failed', 'unknown']),
    message: z.string(),
  })
  .meta({ id: 'TargetOutcome' });
export type TargetOutcome = z.infer<typeof TargetOutcome>;

/** The action on one instance. `interrupted` stands in for running states while the instance cannot be reached. */
export const ActionPartStatus = z
  .discriminatedUnion('state', [
    z.object({ state: z.literal('waiting'), since: Instant }),
    z.object({ state: z.literal('running'), since: Instant, phase: z.string(), message: z.string() }),
    z.object({ state: z.literal('interrupted'), since: Instant, reason: z.string(), givesUpAt: Instant }),
    z.object({ state: z.literal('succeeded'), since: Instant, message: z.string() }),
    z.object({ state: z.literal('partial'), since: Instant, message: z.string() }),
    z.object({ state: z.literal('failed'), since: Instant, code: z.string(), message: z.string() }),
    z.object({ state: z.literal('cancelled'), since: Instant, message: z.string() }),
    /** Something may have been done and nobody can say. The message says what to do. */
    z.object({ state: z.literal('unknown'), since: Instant, message: z.string() }),
  ])
  .meta({ id: 'ActionPartStatus' });
export type ActionPartStatus = z.infer<typeof ActionPartStatus>;

export const ActionCheck = z
  .object({ name: z.string(), passed: z.boolean(), detail: z.string() })
  .meta({ id: 'ActionCheck', description: 'How it was made sure that the action did what it was to do' });
export type ActionCheck = z.infer<typeof ActionCheck>;

export const ActionPart = z
  .object({
    instanceId: InstanceId,
    instanceName: z.string(),
    service: ServiceName,
    status: ActionPartStatus,
    outcomes: z.array(TargetOutcome),
    /** What it still waits for, such as rooms with a running game. */
    waitingFor: z.array(ActionTarget),
    remainingSeconds: z.number().nullable(),
    checks: z.array(ActionCheck),
    /** What really happened; null until the instance has said so. */
    playersAffected: z.int().nullable(),
    playersDisconnected: z.int().nullable(),
  })
  .meta({ id: 'ActionPart' });
export type ActionPart = z.infer<typeof ActionPart>;

/**
 * The life of an action. `starting → running → succeeded | partial | failed`; `asking` when its deadline has passed
 * and a person is to decide; `cancelling → cancelled`; `unknown` when it cannot be found out what was done.
 */
export const ActionStatus = z
  .discriminatedUnion('state', [
    /** The intent is on record; no instance has begun. */
    z.object({ state: z.literal('starting'), since: Instant }),
    z.object({ state: z.literal('running'), since: Instant }),
    z.object({ state: z.literal('asking'), since: Instant, question: z.string() }),
    z.object({ state: z.literal('cancelling'), since: Instant }),
    z.object({ state: z.literal('succeeded'), since: Instant, message: z.string() }),
    z.object({ state: z.literal('partial'), since: Instant, message: z.string() }),
    z.object({ state: z.literal('failed'), since: Instant, message: z.string() }),
    z.object({ state: z.literal('cancelled'), since: Instant, message: z.string() }),
    z.object({ state: z.literal('unknown'), since: Instant, message: z.string() }),
  ])
  .meta({ id: 'ActionStatus' });
export type ActionStatus = z.infer<typeof ActionStatus>;

/** A line of the action's own history. */
export const ActionEvent = z
  .object({ at: Instant, instanceId: InstanceId.nullable(), phase: z.string(), message: z.string() })
  .meta({ id: 'ActionEvent' });
export type ActionEvent = z.infer<typeof ActionEvent>;

export const Action = z
  .object({
    id: ActionId,
    type: ActionType,
    title: z.string(),
    params: ActionParameters,
    reason: z.string(),
    requestedBy: z.string(),
    requestedAt: Instant,
    /** Since the deadline asks and never kills, it can be passed. */
    deadlineAt: Instant,
    cancellable: z.boolean(),
    status: ActionStatus,
    /** What was confirmed. */
    preview: ActionPreview,
    parts: z.array(ActionPart),
    /** Oldest first; the last 200. */
    history: z.array(ActionEvent),
  })
  .meta({ id: 'Action' });
export type Action = z.infer<typeof Action>;

/** Gives an action that asks, or that will, so much more time from now. */
export const ActionExtension = z
  .object({ deadlineSeconds: DeadlineSeconds })
  .strict()
  .meta({ id: 'ActionExtension' });
export type ActionExtension = z.infer<typeof ActionExtension>;

export const ActionQuery = z.object({
  type: ActionType.optional(),
  service: ServiceName.optional(),
  instanceId: InstanceId.optional(),
  since: Instant.optional(),
  /** The id of the last action of the page before. */
  before: ActionId.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ActionQuery = z.infer<typeof ActionQuery>;

export const ActionList = z
  .object({ actions: z.array(Action), nextBefore: ActionId.nullable() })
  .meta({ id: 'ActionList', description: 'Newest first' });
export type ActionList = z.infer<typeof ActionList>;
