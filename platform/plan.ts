import { fileURLToPath } from 'node:url';

export type Tier = 'edge' | 'game' | 'data';
export const GAMES = ['steampunk2', 'odinbingo'] as const;
export type GameName = (typeof GAMES)[number];
export type ServiceName = GameName | 'bg-gate' | 'lobby' | 'user-service';

/** One service process of the platform: what it is and where it listens. */
export interface InstancePlan {
  /** What people know it by, such as steampunk2-0. */
  name: string;
  service: ServiceName;
  version: string;
  tier: Tier;
  /** The file that Node runs. */
  entry: string;
  port: number;
}

/** Port 29011 of the first steampunk2 pod is the production one; the others are grouped around it. */
export const DEFAULT_PORT_BASE = 29_000;

const entryOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The players: they come from outside, so they are no service and carry no agent. */
export const PLAYERS = { name: 'players', entry: entryOf('players/main.ts') } as const;

/** The network between gateway and pods: no service either. */
export const RELAY = { name: 'relay', entry: entryOf('relay/main.ts') } as const;
const RELAY_PORT_OFFSET = 40;

/** The way to one pod. */
export interface RelayRoute {
  pod: InstancePlan;
  /** Where the gateway connects to instead of to the pod. */
  port: number;
  targetPort: number;
}

/** The ways from the gateway to the pods of all games. */
export function relayRoutes(plan: readonly InstancePlan[]): RelayRoute[] {
  return plan
    .filter(({ tier }) => tier === 'game')
    .map((pod) => ({ pod, port: pod.port + RELAY_PORT_OFFSET, targetPort: pod.port }));
}

/** The platform's services in the order in which they are started. Ports count from the base. */
export function planPlatform(portBase: number): InstancePlan[] {
  const game = (service: GameName, index: number, version: string, offset: number): InstancePlan => ({
    name: `${service}-${index}`,
    service,
    version,
    tier: 'game',
    entry: entryOf('game/main.ts'),
    port: portBase + offset,
  });
  const single = (service: ServiceName, version: string, tier: Tier, offset: number): InstancePlan => ({
    name: service,
    service,
    version,
    tier,
    entry: entryOf(`${service}/main.ts`),
    port: portBase + offset,
  });
  return [
    single('user-service', '5.1.0', 'data', 41),
    single('lobby', '4.2.1', 'edge', 31),
    game('steampunk2', 0, '2.14.0', 11),
    game('steampunk2', 1, '2.14.0', 12),
    game('odinbingo', 0, '1.9.4', 21),
    single('bg-gate', '3.8.2', 'edge', 1),
  ];
}

/** The one instance of a service that is not scaled out. */
export function getSingle(plan: readonly InstancePlan[], service: ServiceName): InstancePlan {
  const instance = plan.find((candidate) => candidate.service === service);
  if (!instance) throw new TypeError(`The plan has no ${service}`);
  return instance;
}
