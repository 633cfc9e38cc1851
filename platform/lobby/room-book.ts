/** A room of one game. What state it is in follows from who is in it. */
interface Room {
  readonly id: string;
  readonly game: string;
  readonly sessions: Set<string>;
  /** Since when nobody is in it, epoch milliseconds. */
  emptySince: number | undefined;
}

export type RoomState = 'waiting' | 'playing' | 'empty';
export type RoomCounts = Record<RoomState, number> & { players: number };

export const ROOM_CAPACITY = 4;
const EMPTY_ROOM_LIFE_MS = 60_000;

/** Who sits in which room. */
export class RoomBook {
  readonly #rooms = new Map<string, Room>();
  readonly #roomBySession = new Map<string, Room>();
  readonly #now: () => number;
  #nextNumber = 1;

  /** @param now epoch milliseconds. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Gives the session a seat in the fullest room that has one; opens a room when there is none. */
  findSeat(session: string, game: string): string {
    const seated = this.#roomBySession.get(session);
    if (seated?.game === game) return seated.id;
    this.leave(session);
    const room = this.#fullestWithSeat(game) ?? this.#open(game);
    this.#sit(session, room);
    return room.id;
  }

  /** Puts a session back where it sat before the lobby restarted, as long as there is a seat. */
  restoreSeat(session: string, game: string, roomId: string): boolean {
    if (this.#roomBySession.has(session)) return this.#roomBySession.get(session)?.id === roomId;
    const room = this.#rooms.get(roomId) ?? this.#open(game, roomId);
    if (room.game !== game || room.sessions.size >= ROOM_CAPACITY) return false;
    this.#sit(session, room);
    return true;
  }

  leave(session: string): void {
    const room = this.#roomBySession.get(session);
    if (!room) return;
    this.#roomBySession.delete(session);
    room.sessions.delete(session);
    if (room.sessions.size === 0) room.emptySince = this.#now();
  }

  /** Lets go of the rooms that have been empty for a minute. */
  sweep(): void {
    const limit = this.#now() - EMPTY_ROOM_LIFE_MS;
    for (const room of this.#rooms.values()) {
      if (room.emptySince !== undefined && room.emptySince <= limit) this.#rooms.delete(room.id);
    }
  }

  counts(game?: string): RoomCounts {
    const counts: RoomCounts = { waiting: 0, playing: 0, empty: 0, players: 0 };
    for (const room of this.#rooms.values()) {
      if (game !== undefined && room.game !== game) continue;
      counts[toRoomState(room)]++;
      counts.players += room.sessions.size;
    }
    return counts;
  }

  rooms(game: string): { id: string; state: RoomState; players: number }[] {
    return [...this.#rooms.values()]
      .filter((room) => room.game === game)
      .map((room) => ({ id: room.id, state: toRoomState(room), players: room.sessions.size }));
  }

  #sit(session: string, room: Room): void {
    room.sessions.add(session);
    room.emptySince = undefined;
    this.#roomBySession.set(session, room);
  }

  #fullestWithSeat(game: string): Room | undefined {
    let best: Room | undefined;
    for (const room of this.#rooms.values()) {
      if (room.game !== game || room.sessions.size >= ROOM_CAPACITY) continue;
      if (!best || room.sessions.size > best.sessions.size) best = room;
    }
    return best;
  }

  #open(game: string, id = this.#newId(game)): Room {
    const room: Room = { id, game, sessions: new Set(), emptySince: this.#now() };
    this.#rooms.set(id, room);
    return room;
  }

  /** Numbers are not taken again while a room restored by a gateway still has them. */
  #newId(game: string): string {
    let id: string;
    do id = `${game}:${this.#nextNumber++}`;
    while (this.#rooms.has(id));
    return id;
  }
}

function toRoomState(room: Room): RoomState {
  if (room.sessions.size === 0) return 'empty';
  return room.sessions.size < ROOM_CAPACITY ? 'waiting' : 'playing';
}
