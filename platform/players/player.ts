import { z } from 'zod';
import { Link } from '../link/link.ts';
import type { Credentials } from './credentials.ts';

/** Longer than the gateway itself waits for lobby and pod, so that its answer, and not silence, is what is heard. */
const ANSWER_BUDGET_MS = 12_000;
const Seated = z.object({ endsInMs: z.number() });

/** What a player has noticed, for whoever counts. Failures come as they were thrown. */
export interface PlayerWitness {
  triedToLogin(failure?: Error): void;
  triedToSit(game: string, failure?: Error): void;
  triedToPlay(game: string, failure?: Error): void;
  lostConnection(): void;
  lostSeat(): void;
  sawGameCutShort(): void;
  sawGameEnd(): void;
}

/** The game somebody sits in. */
interface Playing {
  game: string;
  /** Epoch milliseconds. */
  endsAt: number;
}

/** One person at the gateway. */
export class Player {
  readonly #link: Link;
  readonly #witness: PlayerWitness | undefined;
  #playing: Playing | undefined;
  #leaving = false;

  private constructor(link: Link, witness: PlayerWitness | undefined) {
    this.#link = link;
    this.#witness = witness;
    link.onClose(() => {
      if (this.#leaving) return;
      witness?.lostConnection();
      if (this.#playing && Date.now() < this.#playing.endsAt) witness?.sawGameCutShort();
      this.#playing = undefined;
    });
  }

  /** Connects and signs in. */
  static async signIn(
    gatewayUrl: string,
    credentials: Credentials,
    witness?: PlayerWitness,
  ): Promise<Player> {
    let link: Link | undefined;
    try {
      link = await Link.open(gatewayUrl);
      await link.request('login', credentials, ANSWER_BUDGET_MS);
      witness?.triedToLogin();
      return new Player(link, witness);
    } catch (error) {
      link?.close();
      witness?.triedToLogin(error as Error);
      throw error;
    }
  }

  get isConnected(): boolean {
    return this.#link.isOpen;
  }

  async lookAround(): Promise<void> {
    await this.#link.request('counts', {}, ANSWER_BUDGET_MS);
  }

  async sit(game: string): Promise<void> {
    try {
      const { endsInMs } = Seated.parse(await this.#link.request('sit', { game }, ANSWER_BUDGET_MS));
      this.#playing = { game, endsAt: Date.now() + endsInMs };
    } catch (error) {
      this.#witness?.triedToSit(game, error as Error);
      throw error;
    }
    this.#witness?.triedToSit(game);
  }

  /** @throws {LinkRefusal} `game-over` when the game has ended by itself, `seat-lost` when the seat is gone before. */
  async play(stakeCents: number): Promise<void> {
    const game = this.#playing?.game ?? 'none';
    try {
      await this.#link.request('play', { stakeCents }, ANSWER_BUDGET_MS);
    } catch (error) {
      this.#noteFailedPlay(game, error as Error);
      throw error;
    }
    this.#witness?.triedToPlay(game);
  }

  onDisconnect(listener: () => void): void {
    this.#link.onClose(listener);
  }

  leave(): void {
    this.#leaving = true;
    this.#link.close();
  }

  /** That a game is over is no failure. */
  #noteFailedPlay(game: string, error: Error): void {
    if (isGameOver(error)) {
      this.#playing = undefined;
      this.#witness?.sawGameEnd();
      return;
    }
    this.#witness?.triedToPlay(game, error);
    if (!hasCode(error, 'seat-lost')) return;
    this.#playing = undefined;
    this.#witness?.lostSeat();
    this.#witness?.sawGameCutShort();
  }
}

export function isGameOver(error: unknown): boolean {
  return hasCode(error, 'game-over');
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
