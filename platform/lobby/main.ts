import type { Resource } from '@opscenter/agent';
import { z } from 'zod';
import { startLinkServer } from '../link/link-server.ts';
import { GAMES } from '../plan.ts';
import { runService } from '../service/run-service.ts';
import { RoomBook } from './room-book.ts';

const Session = z.object({ session: z.string().max(128) });
const Wish = Session.extend({ game: z.string().max(63) });
const Seat = Wish.extend({ room: z.string().max(128) });
const SWEEP_INTERVAL_MS = 5_000;

await runService(async ({ self }) => {
  const book = new RoomBook();
  /** Sessions by the gateway link that brought them. */
  const brought = new Map<number, Set<string>>();
  const server = await startLinkServer({
    port: self.port,
    maxConnections: 64,
    health: () => ({ ...book.counts() }),
    onConnect: (caller) => brought.set(caller.id, new Set()),
    onDisconnect: (caller) => {
      for (const session of brought.get(caller.id) ?? []) book.leave(session);
      brought.delete(caller.id);
    },
    handlers: {
      'find-seat': (body, caller) => {
        const { session, game } = Wish.parse(body);
        brought.get(caller.id)?.add(session);
        return { room: book.findSeat(session, game) };
      },
      'restore-seat': (body, caller) => {
        const { session, game, room } = Seat.parse(body);
        brought.get(caller.id)?.add(session);
        return { restored: book.restoreSeat(session, game, room) };
      },
      leave: (body, caller) => {
        const { session } = Session.parse(body);
        brought.get(caller.id)?.delete(session);
        book.leave(session);
      },
      counts: () => book.counts(),
    },
  });
  const sweeping = setInterval(() => book.sweep(), SWEEP_INTERVAL_MS);
  return {
    resources: GAMES.map((game) => roomsResource(book, game)),
    stop: async () => {
      clearInterval(sweeping);
      await server.close();
    },
  };
});

function roomsResource(book: RoomBook, game: string): Resource {
  return {
    id: `rooms:${game}`,
    kind: 'rooms',
    name: `Rooms of ${game}`,
    description: 'Where players of the game were given a seat',
    read: () => {
      const { playing, waiting, empty, players } = book.counts(game);
      return { players, playing, waiting, empty };
    },
  };
}
