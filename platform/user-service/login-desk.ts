import { compare } from 'bcryptjs';
import { RateMeter } from '../service/rate-meter.ts';
import { DeskLock } from './desk-lock.ts';

export type LoginOutcome = 'accepted' | 'rejected' | 'busy' | 'abandoned';

/** Beyond this many the wait would be longer than any player's patience. */
const MAX_WAITING = 64;

/**
 * Who has waited longer is turned away when the turn comes: the gateway gives up after 4 s, so on an overloaded machine the
 * check would end just too late, for everybody, for ever.
 */
const LONGEST_WAIT_MS = 2_500;

/** Compared against when the player is unknown, so that the time taken does not tell who exists. */
const NOBODY = '$2b$10$kseIjEPZt54lMKGId/PaZ.nvPiezLPJGXxWj.xFDOVcyIQiCdj44K';

/** Checks passwords one after the other. */
export class LoginDesk {
  readonly accepted = new RateMeter();
  readonly rejected = new RateMeter();
  readonly turnedAway = new RateMeter();
  readonly #hashes: ReadonlyMap<string, string>;
  #waiting = 0;
  readonly #lock: DeskLock;
  #lastMs = 0;

  constructor(hashes: ReadonlyMap<string, string>, lock = new DeskLock()) {
    this.#hashes = hashes;
    this.#lock = lock;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** How long the last login took, its wait included. */
  get lastMs(): number {
    return this.#lastMs;
  }

  /**
   * Checks one password when its turn comes. Who has given up by then is passed over: on an overloaded machine all time
   * would go into answers that nobody waits for any more.
   */
  async login(
    player: string,
    password: string,
    gaveUp: AbortSignal = new AbortController().signal,
  ): Promise<LoginOutcome> {
    if (this.#waiting >= MAX_WAITING) {
      this.turnedAway.add();
      return 'busy';
    }
    this.#waiting++;
    const startedAt = performance.now();
    try {
      const isRight = await this.#lock.hold<LoginOutcome | boolean>(async () => {
        if (gaveUp.aborted) return 'abandoned';
        if (performance.now() - startedAt > LONGEST_WAIT_MS) return 'busy';
        return compare(password, this.#hashes.get(player) ?? NOBODY);
      });
      if (isRight === 'busy') this.turnedAway.add();
      if (typeof isRight === 'string') return isRight;
      const outcome = isRight && this.#hashes.has(player) ? 'accepted' : 'rejected';
      this[outcome].add();
      return outcome;
    } finally {
      this.#waiting--;
      this.#lastMs = performance.now() - startedAt;
    }
  }
}
