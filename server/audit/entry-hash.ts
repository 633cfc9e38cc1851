import { createHash } from 'node:crypto';
import type { AuditEntry } from '../http/contract/index.ts';
import { canonicalJson } from './canonical-json.ts';

/** What the first entry has before it. */
export const NO_HASH = '0'.repeat(64);

/** SHA-256 over the canonical JSON of the entry with the hash of the one before: the chain. */
export function hashEntry(entry: Omit<AuditEntry, 'hash'>): string {
  const { sequence, at, actor, action, phase, intentSequence, target, result, detail, previousHash } = entry;
  return createHash('sha256')
    .update(
      canonicalJson({
        sequence,
        at,
        actor,
        action,
        phase,
        intentSequence,
        target,
        result,
        detail,
        previousHash,
      }),
    )
    .digest('hex');
}
