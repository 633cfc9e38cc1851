import type { Resource } from '@opscenter/agent';
import { GAMES } from '../plan.ts';
import type { Gateway } from './gateway.ts';
import type { ConnectionPool } from './pool/connection-pool.ts';

export function poolResource(pool: ConnectionPool): Resource {
  return {
    id: `pool:${pool.game}`,
    kind: 'pool',
    name: `Connections to ${pool.game}`,
    description: 'WebSocket connections from the gateway to the pods of the game',
    read: () => {
      const { target, size, healthy, inFlight, longestIdleMs } = pool.state();
      return [
        { name: 'size', value: size },
        { name: 'healthy', value: healthy },
        { name: 'target', value: target },
        { name: 'in flight', value: inFlight },
        { name: 'longest idle', value: longestIdleMs, unit: 'ms' },
      ];
    },
  };
}

export function sessionsResource(gateway: Gateway): Resource {
  return {
    id: 'sessions',
    kind: 'sessions',
    name: 'Players',
    description: 'Players who are connected to the gateway',
    read: () => [
      { name: 'players', value: gateway.players },
      ...GAMES.map((game) => ({ name: `in ${game}`, value: gateway.seatedIn(game) })),
      { name: 'logins', value: gateway.logins.perMinute, unit: '1/min' },
      { name: 'failed logins', value: gateway.failedLogins.perMinute, unit: '1/min' },
    ],
  };
}
