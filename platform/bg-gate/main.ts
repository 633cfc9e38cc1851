import { startLinkServer } from '../link/link-server.ts';
import { GAMES, type GameName, getSingle, relayRoutes } from '../plan.ts';
import { log } from '../service/log.ts';
import { runService } from '../service/run-service.ts';
import { flushPool } from './flush-pool.ts';
import { Gateway } from './gateway.ts';
import { GatewayMetrics } from './metrics.ts';
import { GamePool } from './pool/game-pool.ts';
import { StalenessWatch } from './pool/staleness-watch.ts';
import { poolResource, sessionsResource } from './resources.ts';

/** The busier the game, the more connections. */
const CONNECTIONS_PER_POD: Readonly<Record<GameName, number>> = { steampunk2: 4, odinbingo: 2 };

await runService(async ({ self, plan, settings, agent }) => {
  const routes = relayRoutes(plan);
  const pools = GAMES.map(
    (game) =>
      new GamePool({
        game,
        mode: settings.poolMode,
        connectionsPerPod: CONNECTIONS_PER_POD[game],
        pods: routes
          .filter(({ pod }) => pod.service === game)
          .map(({ pod, port }) => ({
            pod: pod.name,
            url: `ws://127.0.0.1:${port}`,
            healthUrl: `http://127.0.0.1:${pod.port}/health`,
          })),
      }),
  );
  const watch = new StalenessWatch({ pools });
  const gateway = new Gateway({
    pools,
    lobbyUrl: `ws://127.0.0.1:${getSingle(plan, 'lobby').port}`,
    userServicePort: getSingle(plan, 'user-service').port,
  });
  const metrics = new GatewayMetrics(pools, watch, gateway);
  const server = await startLinkServer({
    port: self.port,
    maxConnections: 10_000,
    handlers: gateway.handlers,
    health: () => ({ players: gateway.players, logins: gateway.logins.total }),
    pages: { '/metrics': () => metrics.page() },
    sendQueue: agent.trackQueue({
      id: 'send-queue',
      name: 'Messages to players',
      description: 'Answers that the system has not taken yet: a player who reads slowly fills it',
    }),
    onConnect: (caller) => gateway.connect(caller),
    onDisconnect: (caller) => gateway.disconnect(caller),
  });
  return {
    resources: [sessionsResource(gateway), ...pools.map((pool) => poolResource(pool, watch))],
    actions: [flushPool({ pools, watch, playersDropped: () => server.ended })],
    orders: {
      poolMode: (mode) => {
        for (const pool of pools) pool.setMode(mode);
        log('pool', { mode });
      },
    },
    stop: async () => {
      watch.stop();
      gateway.close();
      await server.close();
    },
  };
});
