import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Link } from '../link/link.ts';
import { LinkRefusal } from '../link/link-message.ts';

const REDIAL_MS = 500;
const Found = z.object({ room: z.string() });

export interface LobbySeat {
  session: string;
  game: string;
  room: string;
}

/** The gateway's one connection to the lobby, dialled again whenever it is lost. */
export class LobbyClient {
  readonly #url: string;
  readonly #seats: () => LobbySeat[];
  readonly #closing = new AbortController();
  #link: Link | undefined;

  /** @param seats who sits where, to be told to a lobby that has restarted. */
  constructor(url: string, seats: () => LobbySeat[]) {
    this.#url = url;
    this.#seats = seats;
    void this.#keepConnected();
  }

  async findSeat(session: string, game: string): Promise<string> {
    return Found.parse(await this.#ask('find-seat', { session, game })).room;
  }

  counts(): Promise<unknown> {
    return this.#ask('counts', {});
  }

  /** A lobby that is away has forgotten the session anyway. */
  leave(session: string): void {
    this.#ask('leave', { session }).catch(() => undefined);
  }

  close(): void {
    this.#closing.abort();
    this.#link?.close();
  }

  async #ask(method: string, body: unknown): Promise<unknown> {
    if (!this.#link?.isOpen) throw new LinkRefusal('lobby-unavailable', 'The lobby cannot be reached');
    return this.#link.request(method, body);
  }

  async #keepConnected(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      try {
        const link = await Link.open(this.#url);
        this.#link = link;
        await Promise.all(this.#seats().map((seat) => link.request('restore-seat', seat)));
        await new Promise<void>((resolve) => link.onClose(resolve));
      } catch {
        this.#link?.close();
      }
      await sleep(REDIAL_MS, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    }
    this.#link?.close();
  }
}
