export interface Seat {
  game: string;
  room: string;
  pod: string;
}

/** How far a connected player has come. */
export type PlayerSession =
  | { state: 'connected' }
  | { state: 'signed-in'; player: string }
  | { state: 'seated'; player: string; seat: Seat };

export const connected = (): PlayerSession => ({ state: 'connected' });
export const signedIn = (player: string): PlayerSession => ({ state: 'signed-in', player });
export const seated = (player: string, seat: Seat): PlayerSession => ({ state: 'seated', player, seat });
