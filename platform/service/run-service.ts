import { type Action, type AgentHandle, type Resource, startAgent } from '@opscenter/agent';
import { type InstancePlan, planPlatform } from '../plan.ts';
import type { PoolMode } from '../pool-mode.ts';
import { type PlatformSettings, readSettings } from '../settings.ts';
import { spinUntilRestarted, stayInNativeCall } from './busy-work.ts';
import { log, toMessage } from './log.ts';
import type { PlayerCounts } from './player-counts.ts';
import { type ServiceMessage, SupervisorMessage } from './service-message.ts';

/** A service that works: what it lets people see, and how it ends. */
export interface RunningService {
  /** Shown in the console. */
  resources: readonly Resource[];
  /** What people may do to it from the console. */
  actions?: readonly Action[];
  /** What else the supervisor may ask of it. */
  orders?: Orders;
  stop(): Promise<void>;
}

/** What the supervisor asks of some processes only, by what it does to them; where one is missing it is not accepted. */
export interface Orders {
  loginLoad?(factor: number): void;
  playerCounts?(): PlayerCounts;
  poolMode?(mode: PoolMode): void;
  contend?(seconds: number): void;
}

export interface ServiceContext {
  self: InstancePlan;
  plan: readonly InstancePlan[];
  settings: PlatformSettings;
  agent: AgentHandle;
}

/** Stopping has 4 s in all; the supervisor needs some of them. */
const STOP_BUDGET_MS = 2_000;

/**
 * Runs this process as the instance that its first argument names, until the supervisor says stop, SIGTERM
 * arrives or the supervisor is gone.
 */
export async function runService(start: (context: ServiceContext) => Promise<RunningService>): Promise<void> {
  const settings = readSettings(process.env);
  const plan = planPlatform(settings.portBase);
  const self = plan.find((instance) => instance.name === process.argv[2]);
  if (!self) throw new TypeError(`Name one of ${plan.map((instance) => instance.name).join(', ')}`);
  const agent = embedAgent(self, settings);
  const service = await start({ self, plan, settings, agent });
  for (const resource of service.resources) agent.registerResource(resource);
  for (const action of service.actions ?? []) agent.registerAction(action);
  endWith(async () => {
    await Promise.all([agent.stop(), service.stop()]);
  });
  obeySupervisor(service.orders ?? {});
  tellSupervisor({ kind: 'ready' });
  log('started', { instance: self.name, version: self.version, port: self.port, pid: process.pid });
}

/** The two lines with which a service becomes visible in the console; what is wrong with it goes to the log. */
function embedAgent(self: InstancePlan, settings: PlatformSettings): AgentHandle {
  const { service, version, tier, name } = self;
  const { server, tokenFile } = settings;
  const agent = startAgent({ service, version, labels: { tier, instance: name }, server, tokenFile });
  agent.onStateChange((state) => log('agent', { ...state }));
  return agent;
}

/** Carries out what the supervisor asks of any process, and the orders that are for this one. */
export function obeySupervisor(orders: Orders): void {
  process.on('message', (raw) => {
    const message = SupervisorMessage.safeParse(raw).data;
    switch (message?.kind) {
      case 'spin':
        return takeMainThread('spin', spinUntilRestarted);
      case 'native':
        return takeMainThread('native', () => stayInNativeCall(message.seconds));
      case 'login-load':
        if (!orders.loginLoad) return;
        orders.loginLoad(message.factor);
        return tellSupervisor({ kind: 'accepted', command: 'login-load' });
      case 'pool':
        if (!orders.poolMode) return;
        orders.poolMode(message.mode);
        return tellSupervisor({ kind: 'accepted', command: 'pool' });
      case 'contend':
        if (!orders.contend) return;
        orders.contend(message.seconds);
        return tellSupervisor({ kind: 'accepted', command: 'contend' });
      case 'count-players':
        if (!orders.playerCounts) return;
        return tellSupervisor({
          kind: 'accepted',
          command: 'count-players',
          players: orders.playerCounts(),
        });
    }
  });
}

/** The answer must be on its way before the thread is taken. */
function takeMainThread(command: 'spin' | 'native', work: () => void): void {
  tellSupervisor({ kind: 'accepted', command }, () => {
    log(command);
    setImmediate(work);
  });
}

/** Ends this process in good order on `stop`, SIGTERM or when the supervisor is gone; by force after 2 s. */
export function endWith(stop: () => Promise<void>): void {
  let stopping = false;
  const end = (reason: string) => {
    if (stopping) return;
    stopping = true;
    log('stopping', { reason });
    const force = setTimeout(() => process.exit(1), STOP_BUDGET_MS);
    stop()
      .catch((error: unknown) => log('stop failed', { error: toMessage(error) }))
      .finally(() => {
        clearTimeout(force);
        process.exit(0);
      });
  };
  process.on('message', (raw) => {
    if (SupervisorMessage.safeParse(raw).data?.kind === 'stop') end('told to stop');
  });
  process.on('SIGTERM', () => end('SIGTERM'));
  // Ctrl-C reaches the whole process group: under a supervisor its word counts, so that the end has an order.
  process.on('SIGINT', () => {
    if (!process.connected) end('SIGINT');
  });
  if (process.channel) process.on('disconnect', () => end('the supervisor is gone'));
  // Logging to a supervisor that is gone must not be what ends the process.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
}

export function tellSupervisor(message: ServiceMessage, sent: () => void = () => undefined): void {
  if (process.send && process.connected) process.send(message, undefined, {}, sent);
  else sent();
}
