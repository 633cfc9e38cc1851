import type { Finding, Resource, ResourceItem } from '@opscenter/agent';
import { GAMES } from '../plan.ts';
import { FLUSH } from './flush-pool.ts';
import type { Gateway } from './gateway.ts';
import type { ConnectionPool } from './pool/connection-pool.ts';
import type { PooledConnection } from './pool/pooled-connection.ts';
import type { StalenessWatch } from './pool/staleness-watch.ts';

const CONDITIONS = { healthy: 'well', suspect: 'attention', stale: 'bad' } as const;

export function poolResource(pool: ConnectionPool, watch: StalenessWatch): Resource {
  return {
    id: `pool:${pool.game}`,
    kind: 'pool',
    name: `Connections to ${pool.game}`,
    description: 'WebSocket connections from the gateway to the pods of the game',
    read: () => {
      const { target, size, inFlight, longestIdleMs } = pool.state();
      const finding = findWrong(pool, watch);
      return {
        measures: [
          { name: 'size', value: size },
          { name: 'healthy', value: watch.count(pool, 'healthy') },
          { name: 'stale', value: watch.count(pool, 'stale') },
          { name: 'target', value: target },
          { name: 'in flight', value: inFlight },
          { name: 'longest idle', value: longestIdleMs, unit: 'ms' },
          { name: 'requests', value: pool.requestsPerMinute, unit: '1/min' },
          { name: 'checked before use', value: pool.mode === 'checked' ? 1 : 0 },
        ],
        ...(finding ? { finding } : {}),
      };
    },
    items: () => pool.connections.map((connection) => toItem(connection, watch)),
  };
}

/** The checked pool gets rid of them itself: there nobody has to do anything. */
function findWrong(pool: ConnectionPool, watch: StalenessWatch): Finding | undefined {
  const stale = watch.count(pool, 'stale');
  if (stale === 0 || pool.mode === 'checked') return undefined;
  const lead = stale === 1 ? 'connection leads' : 'connections lead';
  return {
    sentence: `${stale} of ${pool.connections.length} ${lead} to a pod of ${pool.game} that is gone, and the pool does not check: players who are led there get no seat.`,
    action: { type: FLUSH, parameters: { game: pool.game } },
  };
}

function toItem(connection: PooledConnection, watch: StalenessWatch): ResourceItem {
  const { state, reason } = watch.verdictOf(connection);
  return {
    id: connection.id,
    name: connection.id,
    condition: CONDITIONS[state],
    state: connection.state === 'fenced' ? `${state}, fenced` : state,
    reason,
    peer: `${connection.pod} by ${connection.peer}`,
    createdAt: new Date(connection.createdAt),
    lastUsedAt: new Date(connection.lastUsedAt),
    measures: [
      { name: 'in flight', value: connection.inFlight },
      { name: 'players waiting', value: connection.waitingPlayers.size },
    ],
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
