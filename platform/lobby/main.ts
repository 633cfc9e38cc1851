import type { Resource } from '@opscenter/agent';
import { GAMES } from '../plan.ts';
import { runService } from '../service/run-service.ts';
import { startLobby } from './lobby-server.ts';
import type { RoomBook } from './room-book.ts';

await runService(async ({ self }) => {
  const lobby = await startLobby(self.port);
  return {
    resources: GAMES.map((game) => roomsResource(lobby.book, game)),
    stop: () => lobby.close(),
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
    items: () =>
      book.rooms(game).map(({ id, state, players }) => ({
        id,
        name: `Room ${id.slice(id.lastIndexOf(':') + 1)}`,
        condition: 'well',
        state,
        measures: { players },
      })),
  };
}
