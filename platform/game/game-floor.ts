import { LinkRefusal } from '../link/link-message.ts';
import type { Random } from '../random.ts';
import { RateMeter } from '../service/rate-meter.ts';
import type { PlayResult, Rules } from './rules.ts';

interface Seat {
  room: string;
  balanceCents: number;
  lastPlayedAt: number;
}

const OPENING_BALANCE_CENTS = 100_000;
const QUIET_SEAT_LIFE_MS = 5 * 60_000;
const MAX_SEATS = 5_000;

/** The rooms of one pod and who plays in them. */
export class GameFloor {
  readonly transactions = new RateMeter();
  readonly #seats = new Map<string, Seat>();
  readonly #rules: Rules;
  readonly #random: Random;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(rules: Rules, random: Random, now: () => number = Date.now) {
    this.#rules = rules;
    this.#random = random;
    this.#now = now;
  }

  get players(): number {
    return this.#seats.size;
  }

  get rooms(): number {
    return new Set(Array.from(this.#seats.values(), (seat) => seat.room)).size;
  }

  /** @throws {LinkRefusal} `pod-full`. */
  enter(session: string, room: string): { balanceCents: number } {
    const seat = this.#seats.get(session);
    if (!seat && this.#seats.size >= MAX_SEATS)
      throw new LinkRefusal('pod-full', 'This pod has no seat left');
    const balanceCents = seat?.balanceCents ?? OPENING_BALANCE_CENTS;
    this.#seats.set(session, { room, balanceCents, lastPlayedAt: this.#now() });
    return { balanceCents };
  }

  /** @throws {LinkRefusal} `not-seated` for a session this pod does not know. */
  play(session: string, stakeCents: number): PlayResult & { balanceCents: number } {
    const seat = this.#seats.get(session);
    if (!seat) throw new LinkRefusal('not-seated', 'The session has no seat in this pod');
    const result = this.#rules(stakeCents, this.#random);
    // The house lends: this example is about traffic, and a player without money makes none.
    seat.balanceCents = Math.max(
      OPENING_BALANCE_CENTS / 10,
      seat.balanceCents - stakeCents + result.winCents,
    );
    seat.lastPlayedAt = this.#now();
    this.transactions.add();
    return { ...result, balanceCents: seat.balanceCents };
  }

  leave(session: string): void {
    this.#seats.delete(session);
  }

  /** Lets go of sessions whose gateway has gone without a word. */
  sweep(): void {
    const limit = this.#now() - QUIET_SEAT_LIFE_MS;
    for (const [session, seat] of this.#seats) {
      if (seat.lastPlayedAt <= limit) this.#seats.delete(session);
    }
  }
}
