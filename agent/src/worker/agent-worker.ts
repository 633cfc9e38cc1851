import { setTimeout as sleep } from 'node:timers/promises';
import { AgentRefused } from '../errors.ts';
import { PulseBoard } from '../pulse-board.ts';
import type { LinkState, ToHost, ToWorker, WorkerSettings } from '../thread-contract.ts';
import { ActionDesk } from './actions/action-desk.ts';
import { EpochGate } from './actions/epoch-gate.ts';
import { ArtifactStore } from './artifacts/artifact-store.ts';
import { sweepLeftovers } from './artifacts/leftovers.ts';
import { CaptureDesk } from './captures/capture-desk.ts';
import { captureMethods } from './captures/capture-methods.ts';
import { OverheadMeter } from './captures/overhead/overhead-meter.ts';
import { Description } from './description.ts';
import { AgentEndpoint } from './endpoint/agent-endpoint.ts';
import { MainThreadInspector } from './inspector/main-thread-inspector.ts';
import { ThreadDirectory } from './inspector/thread-directory.ts';
import { MainThreadLine } from './main-thread-line.ts';
import { RegistrationLoop } from './registration/registration-loop.ts';
import { Token } from './token.ts';
import { MainThreadPulse } from './vitals/main-thread-pulse.ts';
import { ResponsivenessWatch } from './vitals/responsiveness.ts';
import { VitalsClock } from './vitals/vitals-clock.ts';

const deregisterDeadlineMs = 1_000;
const farewellDeadlineMs = 15;
const listenAgainAfterMs = 60_000;

/** Everything of the agent that lives off the service's main thread, put together. */
export class AgentWorker {
  readonly #settings: WorkerSettings;
  readonly #post: (message: ToHost) => void;
  readonly #board: PulseBoard;
  readonly #inspector: MainThreadInspector;
  readonly #threads: ThreadDirectory;
  readonly #pulse: MainThreadPulse;
  readonly #vitals: VitalsClock;
  readonly #store: ArtifactStore;
  readonly #desk: CaptureDesk;
  readonly #description: Description;
  readonly #line: MainThreadLine;
  readonly #epochs: EpochGate;
  readonly #actions: ActionDesk;
  readonly #token: Token;
  readonly #stopped = new AbortController();
  #endpoint: AgentEndpoint | undefined;
  #registration: RegistrationLoop | undefined;

  constructor(settings: WorkerSettings, post: (message: ToHost) => void) {
    this.#settings = settings;
    this.#post = post;
    this.#board = new PulseBoard(settings.pulse);
    this.#inspector = new MainThreadInspector((count) => this.#board.noteSessions(count));
    this.#threads = new ThreadDirectory(this.#inspector);
    this.#pulse = new MainThreadPulse(post);
    const watch = new ResponsivenessWatch(
      (limitMs) => this.#inspector.isInterruptible(limitMs),
      () => performance.now(),
    );
    this.#vitals = new VitalsClock(this.#pulse, watch, settings.pulse, (observed) =>
      post({ type: 'observe', observed }),
    );
    this.#store = new ArtifactStore(
      (path) => post({ type: 'artifact-folder', path }),
      settings.artifactBudgetMb * 1024 * 1024,
    );
    this.#desk = new CaptureDesk(
      captureMethods(this.#threads, this.#pulse, settings.identity.service),
      this.#store,
      new OverheadMeter(this.#pulse, this.#vitals, this.#threads),
      settings.captureCeiling,
    );
    this.#description = new Description(settings.identity, settings.runtime);
    this.#line = new MainThreadLine(this.#pulse, post);
    this.#epochs = new EpochGate(settings.memory.epoch, (epoch) => post({ type: 'epoch', epoch }));
    this.#actions = new ActionDesk(this.#line, post, this.#epochs, settings.memory);
    this.#token = new Token(settings.token);
  }

  /** Listens, then registers; goes on until `stop`. */
  async run(): Promise<void> {
    void sweepLeftovers(this.#settings.identity.startedAtMs);
    const { signal } = this.#stopped;
    while (!signal.aborted && !this.#endpoint) {
      await this.#listen();
      if (!this.#endpoint) await sleep(listenAgainAfterMs, undefined, { signal }).catch(() => {});
    }
    if (signal.aborted || !this.#endpoint) return;
    const { identity, runtime, server, serverCa } = this.#settings;
    const { address: agentAddress, speaksTls: agentTls } = this.#endpoint;
    const facts = { identity, runtime, agentAddress, agentTls };
    this.#registration = new RegistrationLoop(
      { server, serverCa, facts },
      this.#token,
      (link) => this.#report(link),
      (epoch) => this.#epochs.see(epoch),
    );
    await this.#registration.run();
  }

  hear(message: ToWorker): void {
    switch (message.type) {
      case 'pong':
        this.#pulse.hear(message);
        return;
      case 'offer':
        this.#description.take(message.resources, message.actions);
        return;
      case 'answer':
        this.#line.hear(message.id, message.answer);
        return;
      case 'run-begun':
      case 'run-refused':
      case 'run-entries':
        this.#actions.hear(message);
        return;
      case 'threads-changed':
        this.#threads.noteChange();
        this.#description.noteThreads();
        return;
      default:
        // The ways to end are the entry's: it owns the thread.
        return;
    }
  }

  /** Leaves in good order, within some 2 s. */
  async stop(reason: string): Promise<void> {
    this.#letGo();
    await this.#registration?.leave(reason, deregisterDeadlineMs).catch(() => {});
    await this.#endpoint?.close();
    this.#store[Symbol.dispose]();
  }

  /** The process is about to end and waits: first what would hold it up, then what fits into the time. */
  async sayFarewell(reason: string): Promise<void> {
    this.#inspector[Symbol.dispose]();
    this.#board.letGo();
    await this.#registration?.leave(reason, farewellDeadlineMs).catch(() => {});
    this.#board.sayFarewell();
  }

  #letGo(): void {
    this.#stopped.abort();
    this.#vitals[Symbol.dispose]();
    this.#desk[Symbol.dispose]();
    this.#inspector[Symbol.dispose]();
  }

  async #listen(): Promise<void> {
    try {
      this.#endpoint = await AgentEndpoint.listen(this.#settings.endpoint, this.#token, {
        description: this.#description,
        threads: this.#threads,
        vitals: this.#vitals,
        desk: this.#desk,
        line: this.#line,
        actions: this.#actions,
      });
    } catch (error) {
      if (!(error instanceof AgentRefused)) throw error;
      this.#report({ state: 'refused', code: error.code, reason: error.message });
    }
  }

  #report(link: LinkState): void {
    this.#post({ type: 'link', link });
  }
}
