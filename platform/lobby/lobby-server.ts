import { z } from 'zod';
import { type LinkServer, startLinkServer } from '../link/link-server.ts';
import { RoomBook } from './room-book.ts';

const Session = z.object({ session: z.string().max(128) });
const Wish = Session.extend({ game: z.string().max(63) });
const Seat = Wish.extend({ room: z.string().max(128) });
const SWEEP_INTERVAL_MS = 5_000;

export interface Lobby {
  readonly port: number;
  readonly book: RoomBook;
  close(): Promise<void>;
}

/** A lobby that listens: the methods the gateway calls, and `GET /health`. @param port 0 lets the system choose. */
export async function startLobby(port: number): Promise<Lobby> {
  const book = new RoomBook();
  const server = await listen(port, book);
  const sweeping = setInterval(() => book.sweep(), SWEEP_INTERVAL_MS);
  return {
    port: server.port,
    book,
    close: async () => {
      clearInterval(sweeping);
      await server.close();
    },
  };
}

function listen(port: number, book: RoomBook): Promise<LinkServer> {
  /** Sessions by the gateway link that brought them. */
  const brought = new Map<number, Set<string>>();
  return startLinkServer({
    port,
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
}
