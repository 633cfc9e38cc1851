import type { Random } from '../random.ts';

/** What came of one transaction. Amounts are in cents. */
export interface PlayResult {
  winCents: number;
  /** What the player is shown. */
  shown: readonly string[];
}

/** The rules of a game. */
export type Rules = (stakeCents: number, random: Random) => PlayResult;

/** A game as a pod offers it. */
export interface Game {
  rules: Rules;
  /** A game in a room takes between so many milliseconds and so many. */
  shortestMs: number;
  longestMs: number;
}
