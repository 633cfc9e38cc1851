/** A room in which a game runs. Times are epoch milliseconds. */
export interface GameRoom {
  readonly id: string;
  readonly begunAt: number;
  /** Then the game ends by itself. */
  readonly endsAt: number;
  readonly sessions: Set<string>;
  /** Since when nobody is in it. */
  emptySince: number | undefined;
}

/** How a game came to its end: by its time, or because everybody had left. */
export interface GameEnd {
  room: string;
  reason: 'time' | 'left';
  endedAt: number;
  endsAt: number;
  begunAt: number;
  /** How many were in it at the end. */
  players: number;
}

/** A player who lost the connection has so long to come back; then an empty room's game is over. */
export const EMPTY_ROOM_LIFE_MS = 10_000;

/** When the game ends as things are. */
export function toEnd(room: GameRoom): number {
  return room.emptySince === undefined
    ? room.endsAt
    : Math.min(room.endsAt, room.emptySince + EMPTY_ROOM_LIFE_MS);
}
