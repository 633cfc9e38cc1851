import { startLinkServer } from '../link/link-server.ts';
import { GAMES, type GameName, getSingle, instancesOf } from '../plan.ts';
import { runService } from '../service/run-service.ts';
import { Gateway } from './gateway.ts';
import { SimplePool } from './pool/simple-pool.ts';
import { poolResource, sessionsResource } from './resources.ts';

/** The busier the game, the more connections. */
const CONNECTIONS_PER_POD: Readonly<Record<GameName, number>> = { steampunk2: 4, odinbingo: 2 };

await runService(async ({ self, plan }) => {
  const pools = GAMES.map(
    (game) =>
      new SimplePool({
        game,
        connectionsPerPod: CONNECTIONS_PER_POD[game],
        pods: instancesOf(plan, game).map((pod) => ({ pod: pod.name, url: `ws://127.0.0.1:${pod.port}` })),
      }),
  );
  const gateway = new Gateway({
    pools,
    lobbyUrl: `ws://127.0.0.1:${getSingle(plan, 'lobby').port}`,
    userServicePort: getSingle(plan, 'user-service').port,
  });
  const server = await startLinkServer({
    port: self.port,
    maxConnections: 10_000,
    handlers: gateway.handlers,
    health: () => ({ players: gateway.players, logins: gateway.logins.total }),
    onConnect: (caller) => gateway.connect(caller),
    onDisconnect: (caller) => gateway.disconnect(caller),
  });
  return {
    resources: [sessionsResource(gateway), ...pools.map(poolResource)],
    stop: async () => {
      gateway.close();
      await server.close();
    },
  };
});
