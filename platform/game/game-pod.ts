import type { Action, Resource } from '@opscenter/agent';
import { z } from 'zod';
import { startLinkServer } from '../link/link-server.ts';
import { seededRandom } from '../random.ts';
import { drainAction } from './drain.ts';
import { GameFloor } from './game-floor.ts';
import { roomsResource } from './rooms-resource.ts';
import type { Game } from './rules.ts';

const Session = z.object({ session: z.string().max(128) });
const Enter = Session.extend({ room: z.string().max(120), visit: z.string().max(128) });
const Play = Session.extend({ stakeCents: z.int().min(1).max(1_000_000) });
const SWEEP_INTERVAL_MS = 30_000;
/** A game is over at most so late for those who wait for it; whoever plays finds out at once. */
const END_GAMES_INTERVAL_MS = 250;

export interface GamePodOptions {
  name: string;
  service: string;
  game: Game;
  /** 0 lets the system choose. */
  port: number;
  seed: number;
}

export interface GamePod {
  readonly port: number;
  readonly floor: GameFloor;
  readonly resources: readonly Resource[];
  readonly actions: readonly Action[];
  close(): Promise<void>;
}

/** A pod that listens: the methods the gateway calls, and `GET /health`. */
export async function startGamePod(options: GamePodOptions): Promise<GamePod> {
  const { name, service, game, port, seed } = options;
  const floor = new GameFloor({ game, random: seededRandom(seed), durations: seededRandom(seed + 1) });
  // Taken before anybody can connect: who has connected before this moment has connected to another process.
  const startedAt = new Date().toISOString();
  const server = await startLinkServer({
    port,
    maxConnections: 256,
    health: () => ({
      game: service,
      startedAt,
      cordoned: floor.state.state !== 'serving',
      state: floor.state.state,
      rooms: floor.rooms().length,
      players: floor.players,
      transactions: floor.transactions.total,
    }),
    handlers: {
      // Answered without touching a seat: whoever asks wants to know that requests get through.
      probe: () => ({ game: service }),
      enter: (body) => {
        const { session, room, visit } = Enter.parse(body);
        return floor.enter(session, room, visit);
      },
      play: (body) => {
        const { session, stakeCents } = Play.parse(body);
        return floor.play(session, stakeCents);
      },
      leave: (body) => floor.leave(Session.parse(body).session),
    },
  });
  const sweeping = setInterval(() => floor.sweep(), SWEEP_INTERVAL_MS);
  const ending = setInterval(() => floor.endGames(), END_GAMES_INTERVAL_MS);
  return {
    port: server.port,
    floor,
    resources: [roomsResource(name, floor)],
    actions: [drainAction(name, floor)],
    close: async () => {
      clearInterval(sweeping);
      clearInterval(ending);
      await server.close();
    },
  };
}
