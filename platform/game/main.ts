import type { Resource } from '@opscenter/agent';
import { z } from 'zod';
import { startLinkServer } from '../link/link-server.ts';
import { seededRandom } from '../random.ts';
import { runService } from '../service/run-service.ts';
import { bingo } from './bingo.ts';
import { GameFloor } from './game-floor.ts';
import type { Rules } from './rules.ts';
import { steamReels } from './steam-reels.ts';

const Session = z.object({ session: z.string().max(128) });
const Enter = Session.extend({ room: z.string().max(128) });
const Play = Session.extend({ stakeCents: z.int().min(1).max(1_000_000) });
const SWEEP_INTERVAL_MS = 30_000;

const RULES: Readonly<Record<string, Rules>> = { steampunk2: steamReels, odinbingo: bingo };

await runService(async ({ self }) => {
  const rules = RULES[self.service];
  if (!rules) throw new TypeError(`${self.service} is no game`);
  const floor = new GameFloor(rules, seededRandom(self.port));
  const server = await startLinkServer({
    port: self.port,
    maxConnections: 256,
    health: () => ({
      game: self.service,
      startedAt: new Date(performance.timeOrigin).toISOString(),
      rooms: floor.rooms,
      players: floor.players,
      transactions: floor.transactions.total,
    }),
    handlers: {
      // Answered without touching a seat: whoever asks wants to know that requests get through.
      probe: () => ({ game: self.service }),
      enter: (body) => {
        const { session, room } = Enter.parse(body);
        return floor.enter(session, room);
      },
      play: (body) => {
        const { session, stakeCents } = Play.parse(body);
        return floor.play(session, stakeCents);
      },
      leave: (body) => floor.leave(Session.parse(body).session),
    },
  });
  const sweeping = setInterval(() => floor.sweep(), SWEEP_INTERVAL_MS);
  return {
    resources: [roomsResource(floor)],
    stop: async () => {
      clearInterval(sweeping);
      await server.close();
    },
  };
});

function roomsResource(floor: GameFloor): Resource {
  return {
    id: 'rooms',
    kind: 'rooms',
    name: 'Rooms',
    description: 'Rooms that are played in this pod',
    read: () => [
      { name: 'rooms', value: floor.rooms },
      { name: 'players', value: floor.players },
      { name: 'transactions', value: floor.transactions.perMinute, unit: '1/min' },
    ],
  };
}
