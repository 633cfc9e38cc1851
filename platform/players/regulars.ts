import { setTimeout as sleep } from 'node:timers/promises';
import { between, pickIndex, type Random } from '../random.ts';
import type { Credentials } from './credentials.ts';
import { isGameOver, Player, type PlayerWitness } from './player.ts';
import { SteadySchedule } from './steady-schedule.ts';

export interface RegularsOptions {
  game: string;
  gatewayUrl: string;
  /** As many people sit in the game. */
  people: readonly Credentials[];
  random: Random;
  transactionsPerMinute: number;
  witness: PlayerWitness;
}

/** A seated player. */
interface Turn {
  player: Player;
  isPlaying: boolean;
  giveUpSeat(): void;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
/** A game that is sat down in may be over before the first play. */
const MOST_GAMES_PER_TURN = 3;
const STAKES_CENTS = [10, 20, 50, 100, 200] as const;

/**
 * People who sit in one game for minutes and take turns at playing. Who is told that the game is over sits down for the
 * next one and plays, in the same turn: the end of games changes nothing about how often is played.
 */
export class Regulars {
  readonly #options: RegularsOptions;
  readonly #schedule: SteadySchedule;
  readonly #closing = new AbortController();
  /** Seated players; the one whose turn it is stands first. */
  readonly #seated: Turn[] = [];

  constructor(options: RegularsOptions) {
    this.#options = options;
    for (const person of options.people) void this.#keepPlaying(person);
    this.#schedule = new SteadySchedule({
      perMinute: options.transactionsPerMinute,
      random: options.random,
      act: () => void this.#play(),
    });
  }

  stop(): void {
    this.#schedule.stop();
    this.#closing.abort();
  }

  async #play(): Promise<void> {
    const { random } = this.#options;
    // Drawn before anything is awaited, so that the order of answers does not change the sequence.
    const stakeCents = STAKES_CENTS[pickIndex(random, STAKES_CENTS.length)] ?? 10;
    const turn = this.#seated.find(({ isPlaying }) => !isPlaying);
    if (!turn) return;
    this.#seated.splice(this.#seated.indexOf(turn), 1);
    this.#seated.push(turn);
    turn.isPlaying = true;
    try {
      await this.#playOnce(turn.player, stakeCents);
    } catch {
      turn.giveUpSeat();
    } finally {
      turn.isPlaying = false;
    }
  }

  async #playOnce(player: Player, stakeCents: number): Promise<void> {
    for (let game = 1; ; game++) {
      try {
        return await player.play(stakeCents);
      } catch (error) {
        if (!isGameOver(error) || game === MOST_GAMES_PER_TURN) throw error;
        await player.sit(this.#options.game);
      }
    }
  }

  /** Comes, plays a few minutes, leaves and comes again; with growing pauses while it does not succeed. */
  async #keepPlaying(person: Credentials): Promise<void> {
    const { random } = this.#options;
    let retryMs = FIRST_RETRY_MS;
    while (!this.#closing.signal.aborted) {
      const stayMs = between(random, 240_000, 360_000);
      const cameIn = await this.#comeAndStay(person, stayMs);
      retryMs = cameIn ? FIRST_RETRY_MS : Math.min(retryMs * 2, LONGEST_RETRY_MS);
      await this.#wait(retryMs * between(random, 0.5, 1));
    }
  }

  /** Whether a seat was found. */
  async #comeAndStay(person: Credentials, stayMs: number): Promise<boolean> {
    let player: Player | undefined;
    try {
      player = await Player.signIn(this.#options.gatewayUrl, person, this.#options.witness);
      await player.sit(this.#options.game);
    } catch {
      player?.leave();
      return false;
    }
    await this.#beSeated(player, stayMs);
    player.leave();
    return true;
  }

  async #beSeated(player: Player, stayMs: number): Promise<void> {
    const gone = new AbortController();
    const turn = { player, isPlaying: false, giveUpSeat: () => gone.abort() };
    player.onDisconnect(() => gone.abort());
    this.#seated.push(turn);
    await this.#wait(stayMs, gone.signal);
    this.#seated.splice(this.#seated.indexOf(turn), 1);
  }

  async #wait(durationMs: number, signal?: AbortSignal): Promise<void> {
    const signals = signal ? [signal, this.#closing.signal] : [this.#closing.signal];
    await sleep(durationMs, undefined, { signal: AbortSignal.any(signals) }).catch(() => undefined);
  }
}
