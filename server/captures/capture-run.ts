import { setTimeout as delay } from 'node:timers/promises';
import type { CollectPerformanceDataResponse } from '#proto/gen/opscenter/v1/capture_pb.ts';
import { StorageFailed, StorageFull } from '../errors.ts';
import type { Artifact, Instance } from '../http/contract/index.ts';
import { type AgentClient, toText } from '../instances/index.ts';
import { type ArtifactReceiver, UnreadableChunk } from '../store/index.ts';
import { ArtifactArrival } from './artifact-arrival.ts';
import { ArtifactIntake } from './artifact-intake.ts';
import { CaptureFailure, protocolFailure, StreamBroken } from './capture-failure.ts';
import { type CaptureEvent, progressOf } from './capture-state.ts';
import { CaptureStream, toCollectRequest } from './capture-stream.ts';
import { FRUITLESS_ATTEMPTS, INTERRUPTIONS } from './capture-times.ts';
import type { LiveCapture } from './live-capture.ts';
import { Patience } from './patience.ts';
import { readStream } from './read-stream.ts';
import type { RunHost } from './run-host.ts';

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
  /** Aborted with the reason why this is to end. */
  readonly #ending = new AbortController();
  readonly #patience: Patience;
  readonly #arrival: ArtifactArrival;
  /** The agent may know of the capture. */
  #hasAsked: boolean;
  #stopTold = false;
  #fruitless = 0;
  #interruptions = 0;

  /** `resumed`: an earlier process has begun it. */
  constructor(live: LiveCapture, host: RunHost, resumed: boolean) {
    this.live = live;
    this.#host = host;
    this.#hasAsked = resumed;
    this.#arrival = new ArtifactArrival(live, host, resumed);
    this.#patience = new Patience(live, host.times, (failure) => this.#ending.abort(failure));
  }

  /** Never throws. */
  async run(): Promise<RunResult> {
    try {
      this.#patience.follow();
      if (!(await this.#finishFromDisk())) await this.#pursue();
      return 'ended';
    } catch (error) {
      if (error instanceof Suspended) {
        await this.#arrival.suspend();
        return 'suspended';
      }
      await this.#arrival.discard();
      // Before the end is told: who asks for the next capture at once must not find this one in its way.
      await this.#tellAgentToDiscard();
      await this.#host.end(this.live, this.#toEnd(error));
      return 'ended';
    } finally {
      this.#patience.stop();
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

  async #finishFromDisk(): Promise<boolean> {
    if (!(await this.#arrival.isWhole())) return false;
    try {
      await this.#complete();
      return true;
    } catch (error) {
      if (error instanceof StreamBroken) return false;
      throw error;
    }
  }

  async #pursue(): Promise<void> {
    for (;;) {
      const agent = await this.#reachableAgent();
      const stream = this.#newStream(agent);
      try {
        await this.#attend(agent, stream);
        await this.#complete();
        void agent.releaseArtifact(this.live.id).catch(() => {});
        return;
      } catch (error) {
        if (!(error instanceof StreamBroken)) throw error;
        this.#interrupt(error, stream.isFruitful);
      }
      await delay(this.#host.times.againMs, undefined, { signal: this.#ending.signal }).catch(() => {});
    }
  }

  /** One stream of the agent, until every byte is there. */
  async #attend(agent: AgentClient, stream: CaptureStream): Promise<void> {
    if (this.#hasAsked) await this.#checkHeld(agent);
    const lost = new AbortController();
    using _watching = this.#host.instances.onChange((change) => {
      if (change.type !== 'instance' || change.instance.id !== this.live.facts.instanceId) return;
      const { connection } = change.instance;
      if (connection.state !== 'connected') lost.abort(new StreamBroken(reasonOf(connection)));
    });
    const signal = AbortSignal.any([this.#ending.signal, lost.signal]);
    const options = { silenceMs: this.#host.times.silenceMs, signal };
    const { announced, status } = this.live;
    if (announced && progressOf(status) === 'transferring') {
      const { offset } = await this.#arrival.open(announced);
      const messages = agent.readArtifact(this.live.id, offset);
      await readStream(messages, ({ event }) => stream.handle(event), options);
      return;
    }
    this.#hasAsked = true;
    const messages = agent.collect(toCollectRequest(this.live, this.#host.times.leaseMs));
    const handle = ({ event }: CollectPerformanceDataResponse) => {
      // Asked to stop while nobody could be told.
      if (event.case === 'started' && this.live.facts.ending === 'stop') void this.#tellAgentToStop(agent);
      return stream.handle(event);
    };
    await readStream(messages, handle, options);
  }

  #newStream({ encodings }: AgentClient): CaptureStream {
    const intake = new ArtifactIntake({
      announced: this.live.announced,
      maxBytes: this.#host.maxBytes,
      open: (artifact) => this.#begin(artifact),
      encodings,
      onBytes: (receivedBytes, transferredBytes) => {
        this.#arrival.crossed(transferredBytes);
        this.live.apply({ kind: 'received', receivedBytes });
        this.#host.changed(this.live, 'progress');
      },
    });
    return new CaptureStream(this.live, intake, {
      apply: (event) => this.#apply(event),
      wrote: (event) => {
        if (this.live.apply(event)) this.#host.changed(this.live, 'progress');
      },
      now: () => this.#host.clock.now(),
    });
  }

  async #begin(artifact: Artifact): Promise<ArtifactReceiver> {
    await this.#host.makeRoom(artifact.sizeBytes);
    const receiver = await this.#arrival.open(artifact);
    this.live.announced = artifact;
    this.#apply({ kind: 'announced', receivedBytes: receiver.offset, totalBytes: artifact.sizeBytes });
    return receiver;
  }

  async #complete(): Promise<void> {
    await this.#arrival.commit();
    await this.#host.end(this.live, { kind: 'stored' });
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

  /** Waits for the instance as long as patience lasts. */
  async #reachableAgent(): Promise<AgentClient> {
    const { instanceId } = this.live.facts;
    for (;;) {
      this.#ending.signal.throwIfAborted();
      const instance = this.#host.instances.find(instanceId);
      if (instance) this.#throwIfEnded(instance);
      const agent = this.#host.instances.findAgent(instanceId);
      if (agent) return agent;
      this.#break(instance ? reasonOf(instance.connection) : 'The instance is not known any more.');
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
    const { signal } = this.#ending;
    const abort = () => resolve();
    signal.addEventListener('abort', abort, { once: true });
    await promise;
    signal.removeEventListener('abort', abort);
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
    const givesUpAtMs = this.#host.clock.now() + this.#host.times.giveUpMs;
    this.#apply({ kind: 'broke', reason, givesUpAtMs });
  }

  #apply(event: CaptureEvent): void {
    if (!this.live.apply(event)) return;
    this.#patience.follow();
    this.#host.changed(this.live, 'state');
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

  #toEnd(cause: unknown): CaptureEvent {
    const error = cause instanceof UnreadableChunk ? protocolFailure(cause.message) : cause;
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
