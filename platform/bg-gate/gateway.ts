import { z } from 'zod';
import { LinkBroken, LinkRefusal } from '../link/link-message.ts';
import type { Caller, LinkHandler } from '../link/link-server.ts';
import { RateMeter } from '../service/rate-meter.ts';
import { LobbyClient, type LobbySeat } from './lobby-client.ts';
import { connected, type PlayerSession, seated, signedIn } from './player-session.ts';
import type { ConnectionPool } from './pool/connection-pool.ts';
import { RoomPlacement } from './room-placement.ts';
import { checkPassword } from './user-service.ts';

const Credentials = z.object({ player: z.string().max(64), password: z.string().max(72) });
const Wish = z.object({ game: z.string().max(63) });
const Stake = z.object({ stakeCents: z.int().min(1).max(1_000_000) });

export interface GatewayOptions {
  pools: readonly ConnectionPool[];
  lobbyUrl: string;
  userServicePort: number;
}

/** What players may ask for, and what is known of each connected one. */
export class Gateway {
  readonly logins = new RateMeter();
  readonly failedLogins = new RateMeter();
  /** By game: players who did not get a seat. */
  readonly failedSits = new Map<string, number>();
  readonly #options: GatewayOptions;
  readonly #lobby: LobbyClient;
  readonly #placement = new RoomPlacement();
  readonly #sessions = new Map<number, PlayerSession>();
  /** Tells this gateway's sessions from those of the process before it. */
  readonly #epoch = Date.now().toString(36);

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#lobby = new LobbyClient(options.lobbyUrl, () => this.#seats());
  }

  get players(): number {
    return this.#sessions.size;
  }

  seatedIn(game: string): number {
    return this.#seats().filter((seat) => seat.game === game).length;
  }

  readonly handlers: Readonly<Record<string, LinkHandler>> = {
    login: (body, caller) => this.#login(caller, Credentials.parse(body)),
    counts: () => this.#lobby.counts(),
    sit: (body, caller) => this.#sit(caller, Wish.parse(body).game),
    play: (body, caller) => this.#play(caller, Stake.parse(body).stakeCents),
  };

  connect(caller: Caller): void {
    this.#sessions.set(caller.id, connected());
  }

  disconnect(caller: Caller): void {
    this.#standUp(caller);
    this.#sessions.delete(caller.id);
  }

  close(): void {
    this.#lobby.close();
    for (const pool of this.#options.pools) pool.close();
  }

  async #login(caller: Caller, { player, password }: z.infer<typeof Credentials>): Promise<void> {
    try {
      await checkPassword(this.#options.userServicePort, player, password);
    } catch (error) {
      this.failedLogins.add();
      throw error;
    }
    this.logins.add();
    if (this.#sessions.has(caller.id)) this.#sessions.set(caller.id, signedIn(player));
  }

  async #sit(caller: Caller, game: string): Promise<{ room: string }> {
    const player = this.#getPlayer(caller);
    const pool = this.#getPool(game);
    this.#standUp(caller);
    const session = this.#nameOf(caller);
    const room = await this.#lobby.findSeat(session, game);
    const pod = this.#placement.place(room, session, pool.reachablePods);
    try {
      if (pod === undefined) throw new LinkRefusal('game-unavailable', `No pod of ${game} can be reached`);
      await pool.request(pod, 'enter', { session, room });
    } catch (error) {
      this.#forget(session, room);
      this.failedSits.set(game, (this.failedSits.get(game) ?? 0) + 1);
      throw error;
    }
    if (this.#sessions.has(caller.id)) {
      this.#sessions.set(caller.id, seated(player, { game, room, pod }));
    } else {
      // The player left while the seat was being made.
      this.#forget(session, room);
      pool.tell(pod, 'leave', { session });
    }
    return { room };
  }

  async #play(caller: Caller, stakeCents: number): Promise<unknown> {
    const current = this.#sessions.get(caller.id);
    if (current?.state !== 'seated') throw new LinkRefusal('not-seated', 'Sit down first');
    const { game, pod } = current.seat;
    try {
      const session = this.#nameOf(caller);
      return await this.#getPool(game).request(pod, 'play', { session, stakeCents });
    } catch (error) {
      // The pod is gone, or it has restarted and knows nobody.
      this.#standUp(caller);
      if (error instanceof LinkBroken || error instanceof LinkRefusal)
        throw new LinkRefusal('seat-lost', error.message);
      throw error;
    }
  }

  #standUp(caller: Caller): void {
    const current = this.#sessions.get(caller.id);
    if (current?.state !== 'seated') return;
    const { game, room, pod } = current.seat;
    const session = this.#nameOf(caller);
    this.#sessions.set(caller.id, signedIn(current.player));
    this.#forget(session, room);
    const pool = this.#getPool(game);
    if (pool.reachablePods.includes(pod)) pool.tell(pod, 'leave', { session });
  }

  #forget(session: string, room: string): void {
    this.#placement.release(room, session);
    this.#lobby.leave(session);
  }

  #seats(): LobbySeat[] {
    return Array.from(this.#sessions, ([id, session]) =>
      session.state === 'seated'
        ? [{ session: this.#nameOf({ id }), game: session.seat.game, room: session.seat.room }]
        : [],
    ).flat();
  }

  #nameOf(caller: Caller): string {
    return `${this.#epoch}-${caller.id}`;
  }

  #getPlayer(caller: Caller): string {
    const session = this.#sessions.get(caller.id);
    if (!session || session.state === 'connected') throw new LinkRefusal('not-signed-in', 'Sign in first');
    return session.player;
  }

  #getPool(game: string): ConnectionPool {
    const pool = this.#options.pools.find((candidate) => candidate.game === game);
    if (!pool) throw new LinkRefusal('unknown-game', 'There is no such game');
    return pool;
  }
}
