import { planPlatform, relayRoutes } from '../plan.ts';
import { log } from '../service/log.ts';
import { endWith, obeySupervisor, tellSupervisor } from '../service/run-service.ts';
import { readSettings } from '../settings.ts';
import { startRelay } from './relay.ts';

/** The gateway needs a handful for each pod. */
const MAX_CONNECTIONS_PER_POD = 256;

const settings = readSettings(process.env);
const routes = relayRoutes(planPlatform(settings.portBase));
const relays = await Promise.all(
  routes.map(({ port, targetPort }) =>
    startRelay({ port, targetPort, maxConnections: MAX_CONNECTIONS_PER_POD }),
  ),
);
obeySupervisor({});
endWith(async () => {
  await Promise.all(relays.map((relay) => relay.close()));
});
tellSupervisor({ kind: 'ready' });
log('started', { routes, pid: process.pid });
