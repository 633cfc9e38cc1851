import { z } from 'zod';
import { Instant } from './ids.ts';

/**
 * One entry of the append-only record. A mutation makes two: its intent before the effect, its outcome after.
 * An intent without an outcome is a mutation whose result is unknown.
 */
export const AuditEntry = z
  .object({
    sequence: z.int(),
    at: Instant,
    actor: z.string(),
    action: z.string(),
    phase: z.enum(['intent', 'outcome']),
    /** Of an outcome: the sequence of its intent. */
    intentSequence: z.int().nullable(),
    target: z.string(),
    result: z.enum(['succeeded', 'failed', 'unknown']).nullable(),
    detail: z.record(z.string(), z.unknown()),
    hash: z.string(),
    previousHash: z.string(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditQuery = z.object({
  /**
   * Only acts in whose actor, action, target or detail this stands. Intent and outcome come together, whichever of them it
   * stands in: an intent that came alone would look as if nobody knew how it ended.
   */
  search: z.string().max(100).optional(),
  actor: z.string().max(128).optional(),
  action: z.string().max(64).optional(),
  since: Instant.optional(),
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

export const AuditList = z
  .object({ entries: z.array(AuditEntry), nextBefore: z.int().nullable() })
  .meta({ id: 'AuditList', description: 'Newest first' });
export type AuditList = z.infer<typeof AuditList>;

export const AuditVerification = z
  .discriminatedUnion('verified', [
    z.object({ verified: z.literal(true), entries: z.int(), headHash: z.string(), checkedAt: Instant }),
    z.object({
      verified: z.literal(false),
      entries: z.int(),
      brokenAt: z.int(),
      reason: z.string(),
      checkedAt: Instant,
    }),
  ])
  .meta({ id: 'AuditVerification' });
export type AuditVerification = z.infer<typeof AuditVerification>;
