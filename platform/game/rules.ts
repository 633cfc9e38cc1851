import type { Random } from '../random.ts';

/** What came of one transaction. Amounts are in cents. */
export interface PlayResult {
  winCents: number;
  /** What the player is shown. */
  shown: readonly string[];
}

/** The rules of a game. */
export type Rules = (stakeCents: number, random: Random) => PlayResult;
