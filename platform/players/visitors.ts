import { setTimeout as sleep } from 'node:timers/promises';
import { between, pickIndex, type Random } from '../random.ts';
import type { Credentials } from './credentials.ts';
import { Player, type PlayerWitness } from './player.ts';
import { SteadySchedule } from './steady-schedule.ts';

export interface VisitorsOptions {
  gatewayUrl: string;
  credentials: readonly Credentials[];
  random: Random;
  perMinute: number;
  witness: PlayerWitness;
}

/** Part of the people who mistype their password. */
const MISTYPED = 0.03;
const MAX_PRESENT = 300;

/** People who sign in, look at the lobby, stay a few seconds and go. */
export class Visitors {
  readonly #options: VisitorsOptions;
  readonly #schedule: SteadySchedule;
  readonly #closing = new AbortController();
  #present = 0;

  constructor(options: VisitorsOptions) {
    this.#options = options;
    this.#schedule = new SteadySchedule({
      perMinute: options.perMinute,
      random: options.random,
      act: () => void this.#visit(),
    });
  }

  setLoad(factor: number): void {
    this.#schedule.setRate(this.#options.perMinute * factor);
  }

  stop(): void {
    this.#schedule.stop();
    this.#closing.abort();
  }

  async #visit(): Promise<void> {
    if (this.#present >= MAX_PRESENT) return;
    const { random, credentials, gatewayUrl, witness } = this.#options;
    // Drawn before anything is awaited, so that the order of answers does not change the sequence.
    const person = credentials[pickIndex(random, credentials.length)];
    const mistypes = random() < MISTYPED;
    const stayMs = between(random, 5_000, 15_000);
    if (!person) return;
    this.#present++;
    let player: Player | undefined;
    try {
      const typed = mistypes ? { ...person, password: 'brass?' } : person;
      player = await Player.signIn(gatewayUrl, typed, witness);
      await player.lookAround();
      await sleep(stayMs, undefined, { signal: this.#closing.signal });
    } catch {
      // Whoever cannot get in, or is thrown out, goes.
    } finally {
      player?.leave();
      this.#present--;
    }
  }
}
