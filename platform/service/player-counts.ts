import { z } from 'zod';

/** How often something went well, and how often not, by the code of the failure. */
const Tries = z.object({ ok: z.int().min(0), failed: z.record(z.string(), z.int().min(0)) });
export type Tries = z.infer<typeof Tries>;

/** What the players have seen of the platform since they came: nobody else can say it so well. */
export const PlayerCounts = z.object({
  since: z.iso.datetime(),
  /** Connections to the gateway that ended though the player had not asked for it. */
  disconnects: z.int().min(0),
  /** Players who sat in a game and were told that they no longer do. */
  seatsLost: z.int().min(0),
  /** Games that ended for a player before their time, with the seat or the connection. */
  gamesCutShort: z.int().min(0),
  /** Games that a player saw end by themselves. */
  gamesFinished: z.int().min(0),
  logins: Tries,
  /** By game. */
  sits: z.record(z.string(), Tries),
  plays: z.record(z.string(), Tries),
});
export type PlayerCounts = z.infer<typeof PlayerCounts>;
