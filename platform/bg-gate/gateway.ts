import { z } from 'zod';
import { LinkBroken, LinkRefusal } from '../link/link-message.ts';
import type { Caller, LinkHandler } from '../link/link-server.ts';
import { RateMeter } from '../service/rate-meter.ts';
import { LobbyClient, type LobbySeat } from './lobby-client.ts';
import { connected, type PlayerSession, type Seat, seated, signedIn } from './player-session.ts';
import type { ConnectionPool } from './pool/connection-pool.ts';
import { RoomPlacement } from './room-placement.ts';
import { checkPassword } from './user-service.ts';

const Credentials = z.object({ player: z.string().max(64), password: z.string().max(72) });
const Wish = z.object({ game: z.string().max(63) });
const Entered = z.object({ endsInMs: z.number() });
const Stake = z.object({ stakeCents: z.int().min(1).max(1_000_000) });

/** With these a pod is passed over for a room: it takes none, or there is no connection to it. */
const PASSED_OVER = ['cordoned', 'game-unavailable'];
/** Each attempt ends with a seat or excludes a pod, unless the room is moved meanwhile, which happens once in a while. */
const MOST_ATTEMPTS = 8;

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
  #seatsGiven = 0;

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

  async #sit(caller: Caller, game: string): Promise<{ room: string; endsInMs: number }> {
    const player = this.#getPlayer(caller);
    const pool = this.#getPool(game);
    try {
      this.#standUp(caller);
      const seat = await this.#findSeat(pool, `${this.#epoch}-${caller.id}`);
      if (!this.#sessions.has(caller.id)) {
        // The player left while the seat was being made.
        this.#vacate(seat);
      } else {
        this.#standUp(caller);
        this.#sessions.set(caller.id, seated(player, seat));
      }
      return { room: seat.room, endsInMs: seat.gameEndsAt - Date.now() };
    } catch (error) {
      this.failedSits.set(game, (this.failedSits.get(game) ?? 0) + 1);
      throw error;
    }
  }

  /** @param visit the same for every seat of one player */
  async #findSeat(pool: ConnectionPool, visit: string): Promise<Seat> {
    const session = `${visit}.${++this.#seatsGiven}`;
    const room = await this.#lobby.findSeat(session, pool.game);
    try {
      return { game: pool.game, room, session, ...(await this.#enterRoom(pool, { room, session, visit })) };
    } catch (error) {
      this.#placement.release(room, session);
      this.#lobby.leave(session);
      if (error instanceof LinkBroken) throw new LinkRefusal('game-unavailable', error.message);
      throw error;
    }
  }

  /**
   * To the pod where the room is. A pod that takes no new rooms is passed over, and the whole room with it; one that
   * does not answer is not, since nobody knows whether the room is played there.
   */
  async #enterRoom(
    pool: ConnectionPool,
    wish: { room: string; session: string; visit: string },
  ): Promise<{ pod: string; gameEndsAt: number }> {
    const { room, session } = wish;
    const passedOver = new Map<string, LinkRefusal>();
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const pods = (await this.#askPods(pool, session)).filter((pod) => !passedOver.has(pod));
      const pod = this.#placement.place(room, session, pods);
      if (pod === undefined || passedOver.has(pod)) break;
      try {
        const { endsInMs } = Entered.parse(await pool.request(pod, 'enter', wish));
        const gameEndsAt = Date.now() + endsInMs;
        if (this.#placement.findPod(room) === pod) {
          this.#placement.noteGame(room, pod, gameEndsAt);
          return { pod, gameEndsAt };
        }
        // The room was led to another pod meanwhile: whoever belongs to it follows.
        pool.tell(pod, 'leave', { session });
      } catch (error) {
        if (!(error instanceof LinkRefusal) || !PASSED_OVER.includes(error.code)) throw error;
        passedOver.set(pod, error);
        this.#placement.turnAway(room, pod);
      }
    }
    const refusals = [...passedOver.values()];
    throw refusals.some(({ code }) => code === 'cordoned')
      ? new LinkRefusal('cordoned', `No pod of ${pool.game} takes new rooms now`)
      : new LinkRefusal('game-unavailable', `No pod of ${pool.game} can be reached`);
  }

  /**
   * The pods that answer. Every one that has a connection is asked, and all answers are waited for: one connection that
   * leads nowhere keeps everybody out, unless the pool finds it first. So it was on the day of OPS-812.
   */
  async #askPods(pool: ConnectionPool, session: string): Promise<string[]> {
    const answers = await Promise.all(
      pool.reachablePods.map(async (pod) => {
        try {
          await pool.request(pod, 'probe', { session });
          return [pod];
        } catch (error) {
          if (error instanceof LinkRefusal && error.code === 'game-unavailable') return [];
          throw error instanceof LinkBroken ? new LinkBroken(`${pod} gives no answer`) : error;
        }
      }),
    );
    return answers.flat();
  }

  async #play(caller: Caller, stakeCents: number): Promise<unknown> {
    const current = this.#sessions.get(caller.id);
    if (current?.state !== 'seated') throw new LinkRefusal('not-seated', 'Sit down first');
    const { game, pod, session, gameEndsAt } = current.seat;
    // Asked for before the pod is: when it is gone by now, this player's game had ended all the same.
    const isOver = gameEndsAt <= Date.now();
    try {
      return await this.#getPool(game).request(pod, 'play', { session, stakeCents });
    } catch (error) {
      if (this.#sessions.get(caller.id) === current) this.#standUp(caller);
      if (isOver || (error instanceof LinkRefusal && error.code === 'game-over'))
        throw new LinkRefusal('game-over', 'The game has ended: sit down for the next one');
      // The pod is gone, or it has restarted and knows nobody.
      if (error instanceof LinkBroken || error instanceof LinkRefusal)
        throw new LinkRefusal('seat-lost', error.message);
      throw error;
    }
  }

  #standUp(caller: Caller): void {
    const current = this.#sessions.get(caller.id);
    if (current?.state !== 'seated') return;
    this.#sessions.set(caller.id, signedIn(current.player));
    this.#vacate(current.seat);
  }

  #vacate({ game, room, pod, session }: Seat): void {
    this.#placement.release(room, session);
    this.#lobby.leave(session);
    const pool = this.#getPool(game);
    // A pod that does not hear it lets go of the session when its game ends.
    if (pool.reachablePods.includes(pod)) pool.tell(pod, 'leave', { session });
  }

  #seats(): LobbySeat[] {
    return Array.from(this.#sessions.values(), (session) =>
      session.state === 'seated'
        ? [{ session: session.seat.session, game: session.seat.game, room: session.seat.room }]
        : [],
    ).flat();
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
