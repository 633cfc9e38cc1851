import { Link } from '../link/link.ts';
import type { Credentials } from './credentials.ts';

/** One person at the gateway. */
export class Player {
  readonly #link: Link;

  private constructor(link: Link) {
    this.#link = link;
  }

  /** Connects and signs in. */
  static async signIn(gatewayUrl: string, credentials: Credentials): Promise<Player> {
    const link = await Link.open(gatewayUrl);
    try {
      await link.request('login', credentials);
      return new Player(link);
    } catch (error) {
      link.close();
      throw error;
    }
  }

  get isConnected(): boolean {
    return this.#link.isOpen;
  }

  async lookAround(): Promise<void> {
    await this.#link.request('counts', {});
  }

  async sit(game: string): Promise<void> {
    await this.#link.request('sit', { game });
  }

  async play(stakeCents: number): Promise<void> {
    await this.#link.request('play', { stakeCents });
  }

  onDisconnect(listener: () => void): void {
    this.#link.onClose(listener);
  }

  leave(): void {
    this.#link.close();
  }
}
