export interface Seat {
  game: string;
  room: string;
  pod: string;
  /** By this name lobby and pod know whoever sits here: another one at every seat, so that a late farewell ends no new seat. */
  session: string;
  /** Epoch milliseconds. */
  gameEndsAt: number;
}

/** How far a connected player has come. */
export type PlayerSession =
  | { state: 'connected' }
  | { state: 'signed-in'; player: string }
  | { state: 'seated'; player: string; seat: Seat };

export const connected = (): PlayerSession => ({ state: 'connected' });
export const signedIn = (player: string): PlayerSession => ({ state: 'signed-in', player });
export const seated = (player: string, seat: Seat): PlayerSession => ({ state: 'seated', player, seat });
