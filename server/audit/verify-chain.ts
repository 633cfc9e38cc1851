import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { AuditEntry } from '../http/contract/index.ts';
import type { Schema } from '../store/index.ts';
import { toEntry } from './audit-rows.ts';
import { findLastSequence } from './audit-search.ts';
import { hashEntry, NO_HASH } from './entry-hash.ts';
import type { ReadHeads, SignedHead } from './signed-heads.ts';

/** There is one from before the first entry on. */
const NO_HEADS = 'all of its signed heads were taken away';
/** Entries at a time: a few milliseconds, so that the event loop stays free for everyone else. */
const PAGE = 250;

export type ChainVerification =
  | { verified: true; entries: number; headHash: string }
  | { verified: false; entries: number; brokenAt: number; reason: string };

/**
 * Walks the chain from its beginning to where it ended when the walk began, and names the first entry that is
 * not as it was written.
 *
 * @param signed read before, for heads that are signed meanwhile vouch for what the walk may not see; undefined
 *   when there is no key to check them with
 */
export async function verifyChain(
  db: Kysely<Schema>,
  signed: ReadHeads | undefined,
  signal: AbortSignal,
): Promise<ChainVerification> {
  const { heads, forged } = signed ?? { heads: [], forged: undefined };
  const last = await findLastSequence(db);
  const walk = new ChainWalk(heads);
  while (walk.entries < last) {
    signal.throwIfAborted();
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('sequence', '>', walk.entries)
      .orderBy('sequence')
      .limit(PAGE)
      .execute();
    for (const row of rows) {
      const reason = walk.step(row);
      if (reason) return { verified: false, entries: last, brokenAt: walk.entries + 1, reason };
    }
    await nextTurn();
  }
  const missing = walk.headBeyondTheEnd();
  if (missing) return { verified: false, entries: last, brokenAt: last + 1, reason: missing };
  if (forged) return { verified: false, entries: last, brokenAt: last, reason: forged };
  const isStripped = signed !== undefined && heads.length === 0 && last > 0;
  if (isStripped) return { verified: false, entries: last, brokenAt: last, reason: NO_HEADS };
  return { verified: true, entries: last, headHash: walk.hash };
}

class ChainWalk {
  /** Entries found to be right so far. */
  entries = 0;
  hash = NO_HASH;
  /** Of one sequence there can be several, if an end was cut off and grew again: each must fit. */
  readonly #heads: Map<number, SignedHead[]>;

  constructor(heads: readonly SignedHead[]) {
    this.#heads = Map.groupBy(heads, (head) => head.sequence);
  }

  /** Answers what is wrong with the next entry, if something is. */
  step(row: Schema['audit']): string | undefined {
    const expected = this.entries + 1;
    if (row.sequence !== expected) return `entry ${expected} is missing`;
    const entry = parseEntry(row);
    if (!entry) return `entry ${expected} cannot be read`;
    if (entry.previousHash !== this.hash) return `entry ${expected} does not follow the one before it`;
    if (hashEntry(entry) !== entry.hash) return `entry ${expected} was changed after it was written`;
    const signed = this.#heads.get(expected)?.find((head) => head.hash !== entry.hash);
    if (signed) return `entry ${expected} is not the one that was signed at ${signed.at}`;
    this.entries = expected;
    this.hash = entry.hash;
    return undefined;
  }

  headBeyondTheEnd(): string | undefined {
    const farthest = [...this.#heads.values()]
      .flat()
      .reduce<SignedHead | undefined>(
        (far, head) => (head.sequence > (far?.sequence ?? this.entries) ? head : far),
        undefined,
      );
    if (!farthest) return undefined;
    return `the audit ends at entry ${this.entries}, but had ${farthest.sequence} entries at ${farthest.at}: its end was cut off`;
  }
}

function parseEntry(row: Schema['audit']): AuditEntry | undefined {
  try {
    return toEntry(row);
  } catch {
    return undefined;
  }
}
