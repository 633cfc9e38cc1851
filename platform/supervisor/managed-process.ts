import { type ChildProcess, fork } from 'node:child_process';
import type { SupervisorMessage } from '../service/service-message.ts';
import { type ServiceMessage, ServiceMessage as ServiceMessageSchema } from '../service/service-message.ts';
import {
  findPid,
  type ProcessState,
  paused,
  running,
  starting,
  stopped,
  stopping,
  waiting,
} from './process-state.ts';
import type { ServiceLog } from './service-log.ts';

export interface ManagedProcessOptions {
  name: string;
  entry: string;
  environment: NodeJS.ProcessEnv;
  log: ServiceLog;
  /** Called after every change, with the reason where there is one. */
  onChange(process: ManagedProcess, reason: string): void;
}

export type AcceptedMessage = Extract<ServiceMessage, { kind: 'accepted' }>;

const FIRST_RESTART_DELAY_MS = 1_000;
const LONGEST_RESTART_DELAY_MS = 10_000;
/** A process that ran this long is not failing at its start. */
const STEADY_AFTER_MS = 10_000;
const START_BUDGET_MS = 30_000;
const STOP_BUDGET_MS = 2_500;
const ANSWER_BUDGET_MS = 2_000;

/** One process of the platform over its restarts. */
export class ManagedProcess {
  readonly name: string;
  readonly #options: ManagedProcessOptions;
  #state: ProcessState = stopped();
  #since = Date.now();
  #child: ChildProcess | undefined;
  #restarts = 0;
  #nextDelayMs = FIRST_RESTART_DELAY_MS;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ManagedProcessOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get state(): ProcessState {
    return this.#state;
  }

  /** When the state began, epoch milliseconds. */
  get since(): number {
    return this.#since;
  }

  /** How often it was started anew. */
  get restarts(): number {
    return this.#restarts;
  }

  start(): void {
    if (this.#child) return;
    clearTimeout(this.#timer);
    const child = fork(this.#options.entry, [this.name], {
      env: this.#options.environment,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    const startedAt = Date.now();
    if (child.stdout) this.#options.log.keep(child.stdout);
    if (child.stderr) this.#options.log.keep(child.stderr);
    child.on('error', () => undefined);
    child.on('message', (raw) => this.#hear(child, raw));
    child.once('exit', (code, signal) => this.#ended(startedAt, signal ?? `exit code ${code}`));
    if (child.pid === undefined) return;
    this.#timer = setTimeout(() => child.kill('SIGKILL'), START_BUDGET_MS);
    this.#change(starting(child.pid), '');
  }

  /** Ends the process, by force after 2.5 s, and leaves it ended. */
  async stop(reason: string): Promise<void> {
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child?.pid === undefined) {
      if (this.#state.state !== 'stopped') this.#change(stopped(), reason);
      return;
    }
    this.#change(stopping(child.pid), reason);
    const exited = new Promise((resolve) => child.once('exit', resolve));
    if (child.connected) child.send({ kind: 'stop' } satisfies SupervisorMessage, () => undefined);
    // A paused process reads nothing.
    if (process.platform !== 'win32') child.kill('SIGCONT');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_BUDGET_MS);
    await exited;
    clearTimeout(force);
  }

  async restart(reason: string): Promise<void> {
    await this.stop(reason);
    this.#restarts++;
    this.#nextDelayMs = FIRST_RESTART_DELAY_MS;
    this.start();
  }

  /** Whether there was a process to send it to. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): boolean {
    if (!this.#child?.kill(signal)) return false;
    const state = this.#state;
    if (signal === 'SIGSTOP' && state.state === 'running')
      this.#change(paused(state.pid, state.strain), signal);
    if (signal === 'SIGCONT' && state.state === 'paused')
      this.#change(running(state.pid, state.strain), signal);
    return true;
  }

  /** Sends a command; false when the process does not accept it within 2 s. */
  async tell(message: Exclude<SupervisorMessage, { kind: 'stop' }>): Promise<boolean> {
    return (await this.ask(message)) !== undefined;
  }

  /** Sends a command; undefined when the process does not accept it within 2 s. */
  async ask(message: Exclude<SupervisorMessage, { kind: 'stop' }>): Promise<AcceptedMessage | undefined> {
    const child = this.#child;
    if (!child?.connected) return undefined;
    const accepted = await new Promise<AcceptedMessage | undefined>((resolve) => {
      const timer = setTimeout(() => settle(undefined), ANSWER_BUDGET_MS);
      const hear = (raw: unknown) => {
        const answer = ServiceMessageSchema.safeParse(raw).data;
        if (answer?.kind === 'accepted' && answer.command === message.kind) settle(answer);
      };
      const lose = () => settle(undefined);
      const settle = (result: AcceptedMessage | undefined) => {
        clearTimeout(timer);
        child.off('message', hear);
        child.off('exit', lose);
        resolve(result);
      };
      child.on('message', hear);
      child.once('exit', lose);
      child.send(message, () => undefined);
    });
    if (accepted && message.kind === 'spin' && this.#state.state === 'running')
      this.#change(running(this.#state.pid, 'spin'), 'endless loop asked for');
    return accepted;
  }

  #hear(child: ChildProcess, raw: unknown): void {
    const message: ServiceMessage | undefined = ServiceMessageSchema.safeParse(raw).data;
    if (message?.kind !== 'ready' || this.#state.state !== 'starting' || child.pid === undefined) return;
    clearTimeout(this.#timer);
    this.#change(running(child.pid), '');
  }

  #ended(startedAt: number, reason: string): void {
    this.#child = undefined;
    clearTimeout(this.#timer);
    if (this.#state.state === 'stopping') {
      this.#change(stopped(), reason);
      return;
    }
    if (Date.now() - startedAt >= STEADY_AFTER_MS) this.#nextDelayMs = FIRST_RESTART_DELAY_MS;
    const delayMs = this.#nextDelayMs;
    this.#nextDelayMs = Math.min(delayMs * 2, LONGEST_RESTART_DELAY_MS);
    this.#restarts++;
    this.#timer = setTimeout(() => this.start(), delayMs);
    this.#change(waiting(delayMs), reason);
  }

  #change(state: ProcessState, reason: string): void {
    this.#state = state;
    this.#since = Date.now();
    this.#options.onChange(this, reason);
  }
}

export function pidsOf(processes: readonly ManagedProcess[]): number[] {
  return processes.map((process) => findPid(process.state)).filter((pid) => pid !== undefined);
}
