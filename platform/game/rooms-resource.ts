import type { Finding, Resource, ResourceItem } from '@opscenter/agent';
import type { GameFloor } from './game-floor.ts';
import type { GameRoom } from './game-room.ts';
import { toRoomName } from './room-name.ts';

/** The rooms of a pod as the console shows them. */
export function roomsResource(pod: string, floor: GameFloor): Resource {
  return {
    id: 'rooms',
    kind: 'rooms',
    name: 'Rooms',
    description: 'Rooms that are played in this pod',
    read: () => ({
      measures: [
        { name: 'rooms', value: floor.rooms().length },
        { name: 'players', value: floor.players },
        { name: 'transactions', value: floor.transactions.perMinute, unit: '1/min' },
        { name: 'cordoned', value: floor.state.state === 'serving' ? 0 : 1 },
        { name: 'turned away', value: floor.turnedAway },
      ],
      finding: findWhatIsUnusual(pod, floor),
    }),
    items: () => [
      ...floor.rooms().map((room) => toItem(room, floor.now())),
      // Where no game may begin, a room whose game has ended is no longer one.
      ...(floor.state.state === 'serving' ? itemsBetweenGames(floor) : []),
    ],
  };
}

function findWhatIsUnusual(pod: string, floor: GameFloor): Finding | undefined {
  if (floor.state.state !== 'drained') return undefined;
  return {
    sentence: `${pod} was drained: it runs, is empty and takes no rooms. It serves again when it is restarted.`,
  };
}

function toItem(room: GameRoom, now: number): ResourceItem {
  const endsInSeconds = Math.max(0, Math.ceil((room.endsAt - now) / 1000));
  return {
    id: room.id,
    name: toRoomName(room.id),
    condition: 'well',
    state: 'playing',
    reason: `Ends by itself at ${new Date(room.endsAt).toISOString().slice(11, 19)} UTC.`,
    createdAt: new Date(room.begunAt),
    measures: [
      { name: 'players', value: room.sessions.size },
      { name: 'ends in', value: endsInSeconds, unit: 's' },
    ],
  };
}

function itemsBetweenGames(floor: GameFloor): ResourceItem[] {
  return floor.roomsBetweenGames().map((room) => ({
    id: room,
    name: toRoomName(room),
    condition: 'well',
    state: 'between games',
    reason: 'Its game has ended; the next one begins when the first player is back.',
    measures: [{ name: 'players', value: floor.visitsIn(room).size }],
  }));
}
