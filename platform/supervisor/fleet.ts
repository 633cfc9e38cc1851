import type { Command, InstanceStatus, Reply } from '../control/command.ts';
import { AmbiguousService, NotPossibleNow, UnknownInstance } from '../errors.ts';
import { type InstancePlan, PLAYERS } from '../plan.ts';
import type { PoolMode } from '../pool-mode.ts';
import { type ManagedProcess, pidsOf } from './managed-process.ts';
import { findPid } from './process-state.ts';

/** A process and, for all but the relay and the players, its place in the plan. */
export interface Member {
  process: ManagedProcess;
  plan: InstancePlan | undefined;
}

/** What the fleet cannot do itself. */
export interface FleetSupervisor {
  /** Asks to end everything; returns at once. */
  requestStop(): void;
  /** From now on a gateway starts with this kind of pool. */
  rememberPoolMode(mode: PoolMode): void;
}

/** All processes of the platform; carries out commands on them. */
export class Fleet {
  readonly #members: readonly Member[];
  readonly #supervisor: FleetSupervisor;

  constructor(members: readonly Member[], supervisor: FleetSupervisor) {
    this.#members = members;
    this.#supervisor = supervisor;
  }

  get pids(): number[] {
    return pidsOf(this.#members.map((member) => member.process));
  }

  start(): void {
    for (const { process } of this.#members) process.start();
  }

  async stop(reason: string): Promise<void> {
    await Promise.all(this.#members.map(({ process }) => process.stop(reason)));
  }

  /** @throws {UnknownInstance | AmbiguousService | NotPossibleNow} */
  async carryOut(command: Command): Promise<Reply> {
    switch (command.command) {
      case 'status':
        return { ok: true, message: '', instances: this.#members.map(toStatus) };
      case 'stop':
        this.#supervisor.requestStop();
        return { ok: true, message: 'The platform stops.' };
      case 'load':
        await this.#tell(this.#getMember(PLAYERS.name).process, {
          kind: 'login-load',
          factor: command.factor,
        });
        return done(`Logins now come ${command.factor} times as often as usual.`);
      case 'contend':
        await this.#tell(this.#getMember('user-service').process, {
          kind: 'contend',
          seconds: command.seconds,
        });
        return done(
          `user-service exports its accounts for ${command.seconds} s, and logins wait for its desk meanwhile.`,
        );
      case 'players': {
        const answer = await this.#getMember(PLAYERS.name).process.ask({ kind: 'count-players' });
        if (!answer?.players) throw new NotPossibleNow('The players do not listen now.');
        return { ok: true, message: '', players: answer.players };
      }
      case 'pool':
        await this.#tell(this.#getMember('bg-gate').process, { kind: 'pool', mode: command.mode });
        this.#supervisor.rememberPoolMode(command.mode);
        return done(
          command.mode === 'checked'
            ? 'The gateway now checks a connection before it uses it.'
            : 'The gateway now uses its connections unchecked, as on the day of OPS-812.',
        );
      case 'restart': {
        const { process } = this.#getMember(command.name);
        await process.restart('restart asked for');
        return done(`${process.name} is starting again as process ${findPid(process.state)}.`);
      }
      case 'kill':
        return done(`${this.#signal(command.name, 'SIGKILL')} was killed; it is started again in a moment.`);
      case 'pause':
        return done(`${this.#signal(command.name, 'SIGSTOP')} stands still until: resume ${command.name}`);
      case 'resume':
        return done(`${this.#signal(command.name, 'SIGCONT')} runs again.`);
      case 'spin': {
        const { process } = this.#getMember(command.name);
        await this.#tell(process, { kind: 'spin' });
        return done(
          `The main thread of ${process.name} is in an endless loop, spinUntilRestarted; only a restart ends it: restart ${command.name}`,
        );
      }
      case 'native': {
        const { process } = this.#getMember(command.name);
        await this.#tell(process, { kind: 'native', seconds: command.seconds });
        return done(`The main thread of ${process.name} is in a native call for about ${command.seconds} s.`);
      }
    }
  }

  #signal(name: string, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): string {
    if (process.platform === 'win32' && signal !== 'SIGKILL')
      throw new NotPossibleNow('Windows cannot pause a process.');
    const member = this.#getMember(name);
    const pid = findPid(member.process.state);
    if (!member.process.signal(signal))
      throw new NotPossibleNow(`${member.process.name} has no process now.`);
    return `${member.process.name} (process ${pid})`;
  }

  async #tell(target: ManagedProcess, message: Parameters<ManagedProcess['tell']>[0]): Promise<void> {
    if (await target.tell(message)) return;
    throw new NotPossibleNow(`${target.name} does not listen now (${target.state.state}).`);
  }

  /** By the instance's name, or by the service's when there is one instance of it. */
  #getMember(name: string): Member {
    const byName = this.#members.find((member) => member.process.name === name);
    if (byName) return byName;
    const ofService = this.#members.filter((member) => member.plan?.service === name);
    const names = (members: readonly Member[]) => members.map((member) => member.process.name);
    if (ofService.length > 1) throw new AmbiguousService(name, names(ofService));
    const only = ofService[0];
    if (!only) throw new UnknownInstance(name, names(this.#members));
    return only;
  }
}

function done(message: string): Reply {
  return { ok: true, message };
}

function toStatus({ process, plan }: Member): InstanceStatus {
  const { state } = process;
  const strain = 'strain' in state && state.strain !== 'none' ? ` (${state.strain})` : '';
  return {
    instance: process.name,
    service: plan?.service ?? '',
    version: plan?.version ?? '',
    state: `${state.state}${strain}`,
    pid: findPid(state) ?? null,
    port: plan?.port ?? null,
    restarts: process.restarts,
    forSeconds: Math.round((Date.now() - process.since) / 1000),
  };
}
