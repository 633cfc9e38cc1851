import { channel } from 'node:diagnostics_channel';
import { rmSync } from 'node:fs';
import { isMainThread, type Worker } from 'node:worker_threads';
import { AgentRefused } from '../errors.ts';
import { findThreadTools } from '../in-thread/tools-place.ts';
import { PulseBoard } from '../pulse-board.ts';
import type { RuntimeFacts, ToHost, WorkerSettings } from '../thread-contract.ts';
import type { Action } from './actions/action.ts';
import type { AgentHandle } from './agent-handle.ts';
import { type AgentOptions, completeOptions } from './agent-options.ts';
import { type AgentEvent, type AgentState, nextAgentState } from './agent-state.ts';
import { AgentThread } from './agent-thread.ts';
import { LockDesk } from './locks/lock-desk.ts';
import type { TrackedLock, TrackedLockOptions, TrackedPoolOptions, TrackedQueue } from './locks/tracked.ts';
import { MainThreadGauge } from './main-thread-gauge.ts';
import { loadThreadTools, preloadThreadTools } from './main-thread-tools.ts';
import { Operations } from './operations.ts';
import { type AgentSettings, parseOptions } from './parse-options.ts';
import { listenToProcess } from './process-events.ts';
import { type Registration, type Subscription, subscription } from './registration.ts';
import type { Resource } from './resources/resource.ts';
import { RestartBudget } from './restart-budget.ts';
import { agentVersion } from './version.ts';

const states = channel('opscenter:agent');
const stopGraceMs = 3_000;
const farewellMs = 20;
/** While something is recorded. */
const letGoMs = 500;

/** The agent's side in the service's main thread: it answers the agent's thread, and starts it again when it dies. */
export class AgentHost implements AgentHandle {
  #state: AgentState = { state: 'starting' };
  readonly #listeners = new Set<(state: AgentState) => void>();
  readonly #operations = new Operations(
    () => this.#offer(),
    (message) => this.#thread?.post(message),
  );
  readonly #locks = new LockDesk(this.#operations.resources, () => loadThreadTools().findLockWatch());
  readonly #board = new PulseBoard();
  readonly #budget = new RestartBudget();
  readonly #processEvents: Disposable[] = [];
  #settings: AgentSettings | undefined;
  #thread: AgentThread | undefined;
  #gauge: MainThreadGauge | undefined;
  #artifactFolder: string | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #stopping: Promise<void> | undefined;
  #threadEnded: (() => void) | undefined;

  constructor(options: AgentOptions) {
    try {
      if (!isMainThread) {
        throw new AgentRefused(
          'unsupported-runtime',
          'The agent is started in the main thread of a process only.',
        );
      }
      this.#settings = parseOptions(completeOptions(options, process.env));
      this.#startThread();
      this.#processEvents.push(
        listenToProcess('exit', (code: number) => this.#leave(code)),
        listenToProcess('worker', (worker: Worker) => this.#noticeWorker(worker)),
      );
    } catch (error) {
      this.#refuse(error);
    }
  }

  get state(): AgentState {
    return this.#state;
  }

  /** Whether another start may take this one's place: it has stopped, or never came to run. */
  get isOver(): boolean {
    return this.#state.state === 'stopped' || (this.#thread === undefined && this.#state.state === 'refused');
  }

  onStateChange(listener: (state: AgentState) => void): Subscription {
    this.#listeners.add(listener);
    return subscription(() => this.#listeners.delete(listener));
  }

  registerResource(resource: Resource): Registration {
    return this.#operations.resources.register(resource);
  }

  registerAction(action: Action): Registration {
    return this.#operations.actions.register(action);
  }

  trackLock(lock: TrackedLockOptions): TrackedLock {
    return this.#locks.trackLock(lock);
  }

  trackPool(pool: TrackedPoolOptions): TrackedLock {
    return this.#locks.trackPool(pool);
  }

  trackQueue(queue: TrackedLockOptions): TrackedQueue {
    return this.#locks.trackQueue(queue);
  }

  followLocks(library: object): Registration {
    return this.#locks.followLocks(library);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    clearTimeout(this.#restartTimer);
    const thread = this.#thread;
    if (thread) {
      const ended = new Promise<void>((resolve) => {
        this.#threadEnded = resolve;
      });
      thread.ref();
      thread.post({ type: 'stop', reason: 'the service stopped its agent' });
      const force = setTimeout(() => void thread.terminate().catch(() => {}), stopGraceMs);
      await ended;
      clearTimeout(force);
    }
    for (const events of this.#processEvents) events[Symbol.dispose]();
    this.#locks[Symbol.dispose]();
    this.#removeArtifacts();
    this.#become({ type: 'stopped' });
  }

  #startThread(): void {
    if (!this.#settings) return;
    const settings: WorkerSettings = {
      ...this.#settings,
      runtime: runtimeFacts(),
      pulse: this.#board.memory,
      memory: this.#operations.remember(),
    };
    this.#thread = new AgentThread(settings, {
      heard: (message) => this.#hear(message),
      ended: (reason) => this.#endThread(reason),
    });
    this.#offer();
  }

  #hear(message: ToHost): void {
    switch (message.type) {
      case 'ping':
        this.#answer(message.sequence, message.read);
        return;
      case 'link':
        this.#become({ type: 'link', link: message.link });
        // Failing, it fails again where a capture needs it, and is told there.
        preloadThreadTools().catch(() => {});
        return;
      case 'observe':
        this.#observe(message.observed);
        return;
      case 'artifact-folder':
        this.#artifactFolder = message.path;
        return;
      case 'here':
        return;
      default:
        this.#operations.hear(message);
        return;
    }
  }

  #answer(sequence: number, read: boolean): void {
    const atNanos = process.hrtime.bigint();
    if (read && this.#gauge) this.#board.write(this.#gauge.read());
    const resources = read ? this.#operations.resources.read() : undefined;
    this.#thread?.post({ type: 'pong', sequence, atNanos, resources });
  }

  #observe(observed: boolean): void {
    if (observed) this.#gauge ??= new MainThreadGauge();
    else {
      this.#gauge?.[Symbol.dispose]();
      this.#gauge = undefined;
    }
  }

  #offer(): void {
    this.#thread?.post({
      type: 'offer',
      resources: this.#operations.resources.describe(),
      actions: this.#operations.actions.describe(),
    });
  }

  #noticeWorker(worker: Worker): void {
    if (this.#thread?.is(worker)) return;
    this.#thread?.post({ type: 'threads-changed' });
    worker.once('exit', () => this.#thread?.post({ type: 'threads-changed' }));
  }

  #endThread(reason: string): void {
    this.#thread = undefined;
    this.#observe(false);
    findThreadTools()?.switchAllOff();
    this.#removeArtifacts();
    this.#threadEnded?.();
    if (this.#stopping) return;
    const delayMs = this.#budget.book();
    const seconds = Math.ceil(delayMs / 1000);
    this.#become({
      type: 'thread-lost',
      reason: `The agent's own thread has ended (${reason}); it starts again in ${seconds} s.`,
    });
    this.#restartTimer = setTimeout(() => this.#restartThread(), delayMs);
    this.#restartTimer.unref();
  }

  #restartThread(): void {
    try {
      this.#startThread();
      this.#become({ type: 'thread-started' });
    } catch (error) {
      this.#refuse(error);
    }
  }

  #refuse(error: unknown): void {
    const refusal =
      error instanceof AgentRefused
        ? error
        : new AgentRefused(
            'unsupported-runtime',
            `The agent's own thread cannot start: ${error instanceof Error ? error.message : String(error)}`,
          );
    this.#become({ type: 'refuse', code: refusal.code, reason: refusal.message });
  }

  /**
   * At process exit: an inspector session left open would print a line and hold the exit up, so the agent's thread is
   * asked to let go, and to deregister if it can within the time.
   */
  #leave(code: number): void {
    if (this.#thread && this.#state.state !== 'starting') {
      this.#thread.post({ type: 'exit', reason: `the process exits with code ${code}` });
      this.#board.awaitFarewell(farewellMs, letGoMs);
    }
    this.#removeArtifacts();
  }

  #removeArtifacts(): void {
    if (this.#artifactFolder === undefined) return;
    try {
      rmSync(this.#artifactFolder, { recursive: true, force: true });
    } catch {
      // The next agent of this user sweeps what is left.
    }
    this.#artifactFolder = undefined;
  }

  #become(event: AgentEvent): void {
    const next = nextAgentState(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    states.publish({ state: next });
    for (const listener of this.#listeners) {
      try {
        listener(next);
      } catch {
        // The service's own mistake must not become the agent's.
      }
    }
  }
}

function runtimeFacts(): RuntimeFacts {
  const { node, v8 } = process.versions;
  return { version: node, engineVersion: v8, platform: process.platform, arch: process.arch, agentVersion };
}
