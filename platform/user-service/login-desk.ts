import { compare } from 'bcryptjs';
import { RateMeter } from '../service/rate-meter.ts';

export type LoginOutcome = 'accepted' | 'rejected' | 'busy';

/** Beyond this many the wait would be longer than any player's patience. */
const MAX_WAITING = 64;

/** Compared against when the player is unknown, so that the time taken does not tell who exists. */
const NOBODY = '$2b$10$kseIjEPZt54lMKGId/PaZ.nvPiezLPJGXxWj.xFDOVcyIQiCdj44K';

/** Checks passwords one after the other. */
export class LoginDesk {
  readonly accepted = new RateMeter();
  readonly rejected = new RateMeter();
  readonly turnedAway = new RateMeter();
  readonly #hashes: ReadonlyMap<string, string>;
  #waiting = 0;
  #lastMs = 0;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(hashes: ReadonlyMap<string, string>) {
    this.#hashes = hashes;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** How long the last login took, its wait included. */
  get lastMs(): number {
    return this.#lastMs;
  }

  async login(player: string, password: string): Promise<LoginOutcome> {
    if (this.#waiting >= MAX_WAITING) {
      this.turnedAway.add();
      return 'busy';
    }
    this.#waiting++;
    const startedAt = performance.now();
    const turn = this.#tail.then(() => compare(password, this.#hashes.get(player) ?? NOBODY));
    this.#tail = turn.catch(() => false);
    try {
      const outcome = (await turn) && this.#hashes.has(player) ? 'accepted' : 'rejected';
      this[outcome].add();
      return outcome;
    } finally {
      this.#waiting--;
      this.#lastMs = performance.now() - startedAt;
    }
  }
}
