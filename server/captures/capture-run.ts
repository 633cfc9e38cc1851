import { setTimeout as delay } from 'node:timers/promises';
import { durationFromMs, durationMs } from '@bufbuild/protobuf/wkt';
import type { Logger } from 'pino';
import {
  type CaptureFailed,
  type CaptureProgress,
  type CollectPerformanceDataResponse,
  RecordingPhase,
} from '#proto/gen/opscenter/v1/capture_pb.ts';
import { StorageFailed, StorageFull } from '../errors.ts';
import type { Artifact, Instance } from '../http/contract/index.ts';
import {
  type AgentClient,
  type InstanceDirectory,
  toCaptureKindMessage,
  toText,
} from '../instances/index.ts';
import type { ArtifactFiles, ArtifactReceiver, Clock } from '../store/index.ts';
import { toCost } from './artifact-info.ts';
import { ArtifactIntake } from './artifact-intake.ts';
import { CaptureFailure, protocolFailure, StreamBroken, toAgentCode } from './capture-failure.ts';
import { type CaptureEvent, type ProgressState, progressOf } from './capture-state.ts';
import { type CaptureTimes, FRUITLESS_ATTEMPTS, INTERRUPTIONS } from './capture-times.ts';
import type { LiveCapture } from './live-capture.ts';
import { PhaseTimer } from './phase-timer.ts';
import { type Handled, readStream } from './read-stream.ts';

/** What a run needs of the service that started it. */
export interface RunHost {
  readonly instances: InstanceDirectory;
  readonly artifacts: ArtifactFiles;
  readonly times: CaptureTimes;
  readonly maxBytes: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** @throws StorageFull when so much cannot be kept */
  makeRoom(bytes: number): Promise<void>;
  /** Something about the capture has changed: `state` is to be saved and told, `progress` told now and then. */
  changed(live: LiveCapture, what: 'state' | 'progress'): void;
  /** Makes the end durable, then known. @throws StorageFailed when a success cannot be */
  end(live: LiveCapture, event: CaptureEvent): Promise<void>;
}

export type RunResult = 'ended' | 'suspended';

class Cancelled extends Error {}
class Suspended extends Error {}

/**
 * Leads one capture from its turn to its end: asks the agent, follows its stream, resumes after every
 * interruption, verifies and stores the artifact. Whatever the agent does, it ends within bounded time.
 */
export class CaptureRun {
  readonly live: LiveCapture;
  readonly #host: RunHost;
  readonly #ending = new AbortController();
  readonly #phaseTimer: PhaseTimer;
  #giveUpTimer: NodeJS.Timeout | undefined;
  #receiver: ArtifactReceiver | undefined;
  /** What the receiver began with was written by an earlier process. */
  #isFromDisk: boolean;
  #hasAsked: boolean;
  #stopTold = false;
  #fruitless = 0;
  #interruptions = 0;

  /** `resumed`: an earlier process has begun it. */
  constructor(live: LiveCapture, host: RunHost, resumed: boolean) {
    this.live = live;
    this.#host = host;
    this.#isFromDisk = resumed;
    this.#hasAsked = resumed;
    this.#phaseTimer = new PhaseTimer({
      limitMs: (phase) => this.#limitMs(phase),
      onOverdue: (phase) => this.#ending.abort(overdue(phase)),
    });
  }

  /** Never throws. */
  async run(): Promise<RunResult> {
    try {
      this.#follow();
      await this.#finishFromDisk();
      if (!this.live.isOver) await this.#pursue();
      return 'ended';
    } catch (error) {
      if (error instanceof Suspended) {
        await this.#receiver?.suspend();
        return 'suspended';
      }
      await this.#receiver?.discard();
      await this.#host.artifacts.remove(this.live.id).catch(() => {});
      await this.#tellAgentToDiscard();
      await this.#host.end(this.live, this.#toEnd(error));
      return 'ended';
    } finally {
      this.#phaseTimer.stop();
      clearTimeout(this.#giveUpTimer);
    }
  }

  /** Asks the agent to end the recording and keep it. What cannot be told now is told after the interruption. */
  async stop(): Promise<void> {
    const agent = this.#host.instances.findAgent(this.live.facts.instanceId);
    if (agent && this.#hasAsked) await this.#tellAgentToStop(agent);
  }

  cancel(): void {
    this.#ending.abort(new Cancelled());
  }

  /** The server stops: what there is is kept, and a later process goes on. */
  suspend(): void {
    this.#ending.abort(new Suspended());
  }

  async #pursue(): Promise<void> {
    for (;;) {
      const agent = await this.#reachableAgent();
      const attempt = { isFruitful: false };
      try {
        await this.#attend(agent, attempt);
        return;
      } catch (error) {
        if (!(error instanceof StreamBroken)) throw error;
        this.#interrupt(error, attempt.isFruitful);
      }
      await delay(this.#host.times.againMs, undefined, { signal: this.#ending.signal }).catch(() => {});
      this.#ending.signal.throwIfAborted();
    }
  }

  /** One stream of the agent, to its end. */
  async #attend(agent: AgentClient, attempt: { isFruitful: boolean }): Promise<void> {
    if (this.#hasAsked) await this.#checkHeld(agent);
    const lost = new AbortController();
    using _watching = this.#host.instances.onChange((change) => {
      if (change.type !== 'instance' || change.instance.id !== this.live.facts.instanceId) return;
      const { connection } = change.instance;
      if (connection.state !== 'connected') lost.abort(new StreamBroken(reasonOf(connection)));
    });
    const signal = AbortSignal.any([this.#ending.signal, lost.signal]);
    const intake = this.#newIntake(attempt);
    const options = { silenceMs: this.#host.times.silenceMs, signal };
    if (this.live.announced && progressOf(this.live.status) === 'transferring') {
      const receiver = await this.#openReceiver(this.live.announced);
      const stream = agent.readArtifact(this.live.id, receiver.offset);
      await readStream(stream, ({ event }) => this.#handle(event, intake, attempt), options);
    } else {
      this.#hasAsked = true;
      const stream = agent.collect(this.#toRequest());
      await readStream(stream, ({ event }) => this.#handle(event, intake, attempt, agent), options);
    }
    await this.#commit();
    void agent.releaseArtifact(this.live.id).catch(() => {});
  }

  #handle(
    event: CollectPerformanceDataResponse['event'],
    intake: ArtifactIntake,
    attempt: { isFruitful: boolean },
    agent?: AgentClient,
  ): Handled {
    switch (event.case) {
      case 'started':
        // Asked to stop while nobody could be told.
        if (agent && this.live.facts.ending === 'stop') void this.#tellAgentToStop(agent);
        return 'more';
      case 'progress':
        attempt.isFruitful = true;
        return this.#progress(event.value);
      case 'artifact':
        this.live.facts.cost = toCost(event.value.cost, this.live.facts.cost);
        return intake.announce(event.value);
      case 'chunk':
        attempt.isFruitful = true;
        return intake.take(event.value);
      case 'done':
        return intake.finish(event.value);
      case 'failed':
        throw toAgentFailure(event.value);
      default:
        throw protocolFailure('it sent an empty message');
    }
  }

  #progress(progress: CaptureProgress): Handled {
    const { facts } = this.live;
    facts.cost = toCost(progress.cost, facts.cost);
    facts.threadUnresponsive ||= progress.threadUnresponsive;
    const lengthMs = facts.durationSeconds * 1000;
    const elapsedMs = progress.elapsed ? durationMs(progress.elapsed) : 0;
    switch (progress.phase) {
      case RecordingPhase.WAITING_FOR_THREAD:
        this.#apply({ kind: 'waits' });
        break;
      case RecordingPhase.RECORDING: {
        const leftMs = Math.min(lengthMs, Math.max(0, lengthMs - elapsedMs));
        this.#apply({ kind: 'records', endsAtMs: this.#host.clock.now() + leftMs });
        break;
      }
      case RecordingPhase.WRITING:
        this.#apply({ kind: 'writes' });
        break;
      default:
        throw protocolFailure('it named a phase of recording that there is not');
    }
    return 'more';
  }

  #newIntake(attempt: { isFruitful: boolean }): ArtifactIntake {
    return new ArtifactIntake({
      announced: this.live.announced,
      maxBytes: this.#host.maxBytes,
      open: async (artifact) => {
        await this.#host.makeRoom(artifact.sizeBytes);
        const receiver = await this.#openReceiver(artifact);
        this.live.announced = artifact;
        attempt.isFruitful = true;
        this.#apply({ kind: 'announced', receivedBytes: receiver.offset, totalBytes: artifact.sizeBytes });
        return receiver;
      },
      onBytes: (receivedBytes) => {
        this.live.apply({ kind: 'received', receivedBytes });
        this.#host.changed(this.live, 'progress');
      },
    });
  }

  /** The same receiver over all interruptions; after a restart one that goes on where the file ends. */
  async #openReceiver(artifact: Artifact): Promise<ArtifactReceiver> {
    if (this.#receiver) return this.#receiver;
    const continues = this.#isFromDisk && progressOf(this.live.status) === 'transferring';
    const receiver = await this.#host.artifacts.receive(this.live.id, { continues });
    if (receiver.offset > artifact.sizeBytes) {
      await receiver.discard();
      this.#isFromDisk = false;
      return await this.#openReceiver(artifact);
    }
    this.#isFromDisk = continues && receiver.offset > 0;
    this.#receiver = receiver;
    return receiver;
  }

  /** An earlier process may have received everything: then nobody needs to be asked. */
  async #finishFromDisk(): Promise<void> {
    const { announced, status } = this.live;
    if (!this.#isFromDisk || !announced || progressOf(status) !== 'transferring') return;
    const receiver = await this.#openReceiver(announced);
    if (receiver.offset !== announced.sizeBytes) return;
    try {
      await this.#commit();
    } catch (error) {
      if (!(error instanceof StreamBroken)) throw error;
    }
  }

  async #commit(): Promise<void> {
    const { announced } = this.live;
    const receiver = this.#receiver;
    if (!announced || !receiver) throw new TypeError('nothing was received');
    const result = await receiver.commit(announced);
    if (result.kind === 'committed') {
      this.#receiver = undefined;
      await this.#host.end(this.live, { kind: 'stored' });
      return;
    }
    if (!this.#isFromDisk) {
      throw new CaptureFailure(
        'artifact-mismatch',
        `The bytes that came have the SHA-256 ${result.sha256}; the agent announced ${announced.sha256}.`,
      );
    }
    // What the disk had kept may be at fault: once more, from the beginning.
    await receiver.discard();
    this.#receiver = undefined;
    this.#isFromDisk = false;
    throw new StreamBroken('What was kept from before the restart is damaged.');
  }

  /** An agent that has forgotten the capture would begin a new one under its name. */
  async #checkHeld(agent: AgentClient): Promise<void> {
    if (progressOf(this.live.status) === 'starting') return;
    const description = await agent.describe(this.#ending.signal).catch((error) => {
      this.#ending.signal.throwIfAborted();
      throw new StreamBroken(`The agent did not answer: ${toText(error.details ?? '', 200)}.`);
    });
    if (description.heldCaptures.some((held) => held.captureId === this.live.id)) return;
    throw new CaptureFailure(
      'capture-lost',
      'The agent is there again, but does not hold the capture any more.',
    );
  }

  async #reachableAgent(): Promise<AgentClient> {
    const { instanceId } = this.live.facts;
    for (;;) {
      this.#ending.signal.throwIfAborted();
      const instance = this.#host.instances.find(instanceId);
      if (instance) this.#throwIfEnded(instance);
      const agent = this.#host.instances.findAgent(instanceId);
      if (agent) return agent;
      const reason = instance ? reasonOf(instance.connection) : 'The instance is not known any more.';
      this.#break(reason);
      await this.#nextChange();
    }
  }

  #throwIfEnded({ name, connection }: Instance): void {
    const isGone = connection.state === 'dead' && connection.evidence === 'connection-refused';
    if (!isGone && connection.state !== 'stopped') return;
    const phase = progressOf(this.live.status) ?? 'starting';
    throw new CaptureFailure(
      'instance-ended',
      `${name} ended while the capture was ${phase}: ${connection.reason}`,
    );
  }

  async #nextChange(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    using _watching = this.#host.instances.onChange((change) => {
      const id = change.type === 'instance' ? change.instance.id : undefined;
      if (id === this.live.facts.instanceId) resolve();
    });
    this.#ending.signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
  }

  #interrupt(error: StreamBroken, isFruitful: boolean): void {
    this.#interruptions++;
    this.#fruitless = isFruitful ? 0 : this.#fruitless + 1;
    if (this.#fruitless >= FRUITLESS_ATTEMPTS || this.#interruptions >= INTERRUPTIONS) {
      const times = Math.max(this.#fruitless, this.#interruptions);
      throw new CaptureFailure(
        'agent-failed',
        `The agent broke off ${times} times. The last time: ${error.message}`,
      );
    }
    this.#break(error.message);
  }

  #break(reason: string): void {
    this.#apply({ kind: 'broke', reason, givesUpAtMs: this.#host.clock.now() + this.#host.times.giveUpMs });
  }

  #apply(event: CaptureEvent): void {
    if (!this.live.apply(event)) return;
    this.#follow();
    this.#host.changed(this.live, 'state');
  }

  /** Sets the timers that belong to the state. */
  #follow(): void {
    const { status } = this.live;
    this.#phaseTimer.follow(status);
    if (status.state !== 'interrupted') {
      clearTimeout(this.#giveUpTimer);
      this.#giveUpTimer = undefined;
      return;
    }
    const { reason } = status;
    this.#giveUpTimer ??= setTimeout(() => {
      const time = `${Math.round(this.#host.times.giveUpMs / 1000)} s`;
      const sentence = `The instance did not come back within ${time}. ${reason}`;
      this.#ending.abort(new CaptureFailure('instance-lost', sentence));
    }, this.#host.times.giveUpMs);
  }

  #limitMs(phase: ProgressState): number {
    const { times } = this.#host;
    switch (phase) {
      case 'starting':
        return times.startingMs;
      case 'waiting':
        return times.waitingMs;
      case 'recording':
        return this.live.facts.durationSeconds * 1000 + times.recordingGraceMs;
      case 'writing':
        return times.writingMs;
      case 'transferring': {
        const sizeBytes = this.live.announced?.sizeBytes ?? 0;
        return times.transferMs + (sizeBytes / times.slowestBytesPerSecond) * 1000;
      }
    }
  }

  #toRequest(): Parameters<AgentClient['collect']>[0] {
    const { facts } = this.live;
    const kind = toCaptureKindMessage(facts.kind);
    return {
      captureId: facts.id,
      kind,
      duration: durationFromMs(Math.round(facts.durationSeconds * 1000)),
      threadId: facts.thread,
      lease: durationFromMs(this.#host.times.leaseMs),
      ...(facts.kind === 'cpu' && {
        options: { case: 'cpu', value: { intervalMicros: facts.options.intervalMicros } },
      }),
    };
  }

  async #tellAgentToStop(agent: AgentClient): Promise<void> {
    if (this.#stopTold) return;
    this.#stopTold = true;
    try {
      await agent.stopCapture(this.live.id, false);
    } catch (error) {
      this.#stopTold = false;
      this.#host.log.warn({ err: error, capture: this.live.id }, 'the agent could not be told to stop');
    }
  }

  async #tellAgentToDiscard(): Promise<void> {
    const agent = this.#host.instances.findAgent(this.live.facts.instanceId);
    if (!agent || !this.#hasAsked) return;
    await agent.stopCapture(this.live.id, true).catch((error) => {
      this.#host.log.info({ err: error, capture: this.live.id }, 'the agent could not be told to discard');
    });
  }

  #toEnd(error: unknown): CaptureEvent {
    if (error instanceof Cancelled) return { kind: 'cancelled' };
    if (error instanceof CaptureFailure || error instanceof StorageFull || error instanceof StorageFailed) {
      return { kind: 'failed', code: error.code, message: error.message };
    }
    this.#host.log.error({ err: error, capture: this.live.id }, 'a capture failed unexpectedly');
    return {
      kind: 'failed',
      code: 'storage-failed',
      message: `The server could not go on: ${String(error)}`,
    };
  }
}

function reasonOf(connection: Instance['connection']): string {
  if ('reason' in connection) return connection.reason;
  return connection.state === 'connecting'
    ? 'The instance is not connected yet.'
    : 'The connection to the instance was lost.';
}

function overdue(phase: ProgressState): CaptureFailure {
  const sentences: Record<ProgressState, string> = {
    starting: 'The agent accepted the capture and never began it.',
    waiting: 'The thread was in a native call for so long that waiting was given up.',
    recording: 'The agent went on recording long after the duration was over.',
    writing: 'The agent did not finish writing the artifact.',
    transferring: 'The agent sent the artifact too slowly.',
  };
  return new CaptureFailure('agent-overdue', sentences[phase]);
}

function toAgentFailure({ code, message }: CaptureFailed): CaptureFailure {
  return new CaptureFailure(toAgentCode(code), toText(message, 500) || 'The agent gave no reason.');
}
