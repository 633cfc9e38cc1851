import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { toControlAddress } from './control/address.ts';
import { sendCommand } from './control/control-client.ts';
import { startControlServer } from './control/control-server.ts';
import { AlreadyRunning, PlatformError } from './errors.ts';
import { PLAYERS, planPlatform, RELAY, relayRoutes } from './plan.ts';
import { type PlatformSettings, readSettings } from './settings.ts';
import { Fleet, type Member } from './supervisor/fleet.ts';
import { LastGuard } from './supervisor/last-guard.ts';
import { ManagedProcess } from './supervisor/managed-process.ts';
import { watchParent } from './supervisor/parent-watch.ts';
import { requireFreePorts } from './supervisor/ports.ts';
import { findPid } from './supervisor/process-state.ts';
import { ServiceLog } from './supervisor/service-log.ts';

/** One line per change of a process: all that is ever printed on stdout. */
function print(member: ManagedProcess, service: string, reason: string): void {
  const line = {
    at: new Date().toISOString(),
    instance: member.name,
    service,
    state: member.state.state,
    pid: findPid(member.state) ?? null,
    reason,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function run(settings: PlatformSettings): Promise<void> {
  const { dataDirectory, portBase } = settings;
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const address = toControlAddress(dataDirectory);
  if (await sendCommand(address, { command: 'status' })) throw new AlreadyRunning(dataDirectory);
  const plan = planPlatform(portBase);
  await requireFreePorts([...plan, ...relayRoutes(plan).map(({ port }) => ({ port, name: RELAY.name }))]);

  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    OPSCENTER_DATA: dataDirectory,
    OPSCENTER_SERVER: settings.server,
    OPSCENTER_TOKEN_FILE: settings.tokenFile,
    PLATFORM_PORT_BASE: String(portBase),
  };
  const logDirectory = join(dataDirectory, 'logs', 'platform');
  const guard = new LastGuard();
  const logs: ServiceLog[] = [];
  const manage = (name: string, entry: string, service: string) => {
    const log = new ServiceLog(logDirectory, name);
    logs.push(log);
    return new ManagedProcess({
      name,
      entry,
      environment,
      log,
      onChange: (member, reason) => {
        print(member, service, reason);
        guard.watch(fleet.pids);
      },
    });
  };
  const outside = ({ name, entry }: { name: string; entry: string }): Member => ({
    process: manage(name, entry, ''),
    plan: undefined,
  });
  const members: Member[] = [
    outside(RELAY),
    ...plan.map((instance) => ({
      process: manage(instance.name, instance.entry, instance.service),
      plan: instance,
    })),
    outside(PLAYERS),
  ];

  let stopping = false;
  const stop = async (reason: string) => {
    if (stopping) return;
    stopping = true;
    await fleet.stop(reason);
    guard.stop();
    for (const log of logs) log.close();
    await control[Symbol.asyncDispose]();
    process.exit(0);
  };
  const fleet = new Fleet(members, {
    requestStop: () => void stop('stop asked for'),
    rememberPoolMode: (mode) => {
      environment.PLATFORM_POOL = mode;
    },
  });
  const control = await startControlServer(address, (command) => fleet.carryOut(command));

  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  watchParent(() => void stop('the parent process is gone'));
  // Whoever read the lines may be gone first; that must not end the stop half-way.
  process.stdout.on('error', () => undefined);
  fleet.start();
}

try {
  await run(readSettings(process.env));
} catch (error) {
  if (!(error instanceof PlatformError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
