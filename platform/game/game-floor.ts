import { LinkRefusal } from '../link/link-message.ts';
import { between, type Random } from '../random.ts';
import { RateMeter } from '../service/rate-meter.ts';
import { type GameEnd, type GameRoom, toEnd } from './game-room.ts';
import { nextPodState, type PodEvent, type PodState, serving } from './pod-state.ts';
import type { Game, PlayResult } from './rules.ts';

/** A seat outlives its game until the player has been told. */
interface Seat {
  room: string;
  /** Whose it is: the same over all seats of one player's visit. */
  visit: string;
  state: 'playing' | 'over';
  balanceCents: number;
  lastUsedAt: number;
}

const OPENING_BALANCE_CENTS = 100_000;
const QUIET_SEAT_LIFE_MS = 5 * 60_000;
/** Shorter: the gateway knows as well when the game ended, so a player who comes later is still told so. */
const QUIET_SEAT_LIFE_AFTER_GAME_MS = 2 * 60_000;
const MAX_SEATS = 5_000;

export interface GameFloorOptions {
  game: Game;
  /** What is drawn. */
  random: Random;
  /** How long each game takes. */
  durations: Random;
  /** Epoch milliseconds. */
  now?: () => number;
}

/** The rooms of one pod, the games that run in them and who plays. */
export class GameFloor {
  readonly transactions = new RateMeter();
  readonly #options: GameFloorOptions;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly #rooms = new Map<string, GameRoom>();
  readonly #seats = new Map<string, Seat>();
  readonly #endListeners = new Set<(end: GameEnd) => void>();
  #state: PodState = serving();
  #gamesBegun = 0;
  #turnedAway = 0;

  constructor(options: GameFloorOptions) {
    this.#options = options;
    this.now = options.now ?? Date.now;
  }

  get state(): PodState {
    return this.#state;
  }

  /** Players with a seat, also those whose game has just ended. */
  get players(): number {
    return this.#seats.size;
  }

  get gamesBegun(): number {
    return this.#gamesBegun;
  }

  /** Wishes for a new room that a cordon has turned away. */
  get turnedAway(): number {
    return this.#turnedAway;
  }

  /** The rooms with a running game. */
  rooms(): readonly Readonly<GameRoom>[] {
    this.endGames();
    return [...this.#rooms.values()];
  }

  /** The rooms whose game is over and that somebody still sits in; when one comes back, the next game begins. */
  roomsBetweenGames(): readonly string[] {
    this.endGames();
    const rooms = new Set(Array.from(this.#seats.values(), ({ room }) => room));
    return [...rooms].filter((room) => !this.#rooms.has(room));
  }

  /** Who has a seat in the room: in its game, or in the one before and not told yet that it is over. */
  visitsIn(roomId: string): ReadonlySet<string> {
    const visits = new Set<string>();
    for (const { room, visit } of this.#seats.values()) if (room === roomId) visits.add(visit);
    return visits;
  }

  /** Whether it could happen; see {@link nextPodState}. */
  change(event: PodEvent): boolean {
    const next = nextPodState(this.#state, event, this.now());
    if (next) this.#state = next;
    return next !== undefined;
  }

  onGameEnd(listener: (end: GameEnd) => void): Disposable {
    this.#endListeners.add(listener);
    return { [Symbol.dispose]: () => this.#endListeners.delete(listener) };
  }

  /**
   * Into the room's game; the first one in begins it.
   *
   * @param visit whose seat it is; a player gets another session at each seat and keeps this.
   * @throws {LinkRefusal} `cordoned` when no game runs in the room and none may begin, `pod-full`.
   */
  enter(session: string, roomId: string, visit = session): { balanceCents: number; endsInMs: number } {
    this.endGames();
    const before = this.#seats.get(session);
    if (!before && this.#seats.size >= MAX_SEATS)
      throw new LinkRefusal('pod-full', 'This pod has no seat left');
    const room = this.#rooms.get(roomId) ?? this.#begin(roomId);
    if (before && before.room !== roomId) this.leave(session);
    room.sessions.add(session);
    room.emptySince = undefined;
    const balanceCents = before?.balanceCents ?? OPENING_BALANCE_CENTS;
    const now = this.now();
    this.#seats.set(session, { room: roomId, visit, state: 'playing', balanceCents, lastUsedAt: now });
    return { balanceCents, endsInMs: room.endsAt - now };
  }

  /**
   * @throws {LinkRefusal} `game-over` once, when the session's game has ended; then, and for a session that this pod
   * does not know, `not-seated`.
   */
  play(session: string, stakeCents: number): PlayResult & { balanceCents: number } {
    this.endGames();
    const seat = this.#seats.get(session);
    if (!seat) throw new LinkRefusal('not-seated', 'The session has no seat in this pod');
    if (seat.state === 'over') {
      this.#seats.delete(session);
      throw new LinkRefusal('game-over', 'The game has ended');
    }
    const { game, random } = this.#options;
    const result = game.rules(stakeCents, random);
    // The house lends: this example is about traffic, and a player without money makes none.
    seat.balanceCents = Math.max(
      OPENING_BALANCE_CENTS / 10,
      seat.balanceCents - stakeCents + result.winCents,
    );
    seat.lastUsedAt = this.now();
    this.transactions.add();
    return { ...result, balanceCents: seat.balanceCents };
  }

  leave(session: string): void {
    const seat = this.#seats.get(session);
    if (!seat) return;
    this.#seats.delete(session);
    const room = seat.state === 'playing' ? this.#rooms.get(seat.room) : undefined;
    room?.sessions.delete(session);
    if (room?.sessions.size === 0) room.emptySince = this.now();
  }

  /** Ends the games whose time has come. Everything that asks about rooms does it first, so that nobody plays on. */
  endGames(): void {
    const now = this.now();
    for (const room of this.#rooms.values()) {
      if (toEnd(room) > now) continue;
      this.#rooms.delete(room.id);
      for (const session of room.sessions) {
        const seat = this.#seats.get(session);
        if (seat) seat.state = 'over';
      }
      const { id, begunAt, endsAt } = room;
      const reason = room.sessions.size > 0 || endsAt <= now ? 'time' : 'left';
      const players = room.sessions.size;
      const end: GameEnd = { room: id, reason, begunAt, endsAt, endedAt: now, players };
      for (const listener of this.#endListeners) listener(end);
    }
  }

  /** Lets go of sessions whose gateway has gone without a word. */
  sweep(): void {
    this.endGames();
    const now = this.now();
    for (const [session, { state, lastUsedAt }] of this.#seats) {
      const lifeMs = state === 'over' ? QUIET_SEAT_LIFE_AFTER_GAME_MS : QUIET_SEAT_LIFE_MS;
      if (now - lastUsedAt >= lifeMs) this.leave(session);
    }
  }

  #begin(id: string): GameRoom {
    if (this.#state.state !== 'serving') {
      this.#turnedAway++;
      throw new LinkRefusal('cordoned', 'This pod takes no new rooms');
    }
    const { game, durations } = this.#options;
    const begunAt = this.now();
    const endsAt = begunAt + Math.round(between(durations, game.shortestMs, game.longestMs));
    const room: GameRoom = { id, begunAt, endsAt, sessions: new Set(), emptySince: begunAt };
    this.#rooms.set(id, room);
    this.#gamesBegun++;
    return room;
  }
}
