import { setTimeout as delay } from 'node:timers/promises';
import { type ServiceError, status } from '@grpc/grpc-js';
import type { Instance } from '../http/contract/index.ts';
import { type AgentClient, toCallFailure } from '../instances/index.ts';
import { FRUITLESS_ATTEMPTS } from './action-times.ts';
import { confirmedTargets, type LiveAction, type LivePart } from './live-action.ts';
import { type AgentWord, NeverAsked, PartFailed, PartLost, StreamBroken } from './part-failure.ts';
import type { PartChange } from './part-state.ts';
import { readRun } from './read-run.ts';
import type { RunHost } from './run-host.ts';
import { RunTelling } from './run-telling.ts';

class Suspended extends Error {}

/** How often an instance must say that it does not know a run that it never spoke of. */
const DENIALS = 2;

/**
 * Leads an action on one instance to its end. The instance is asked to run it once and never again: whatever breaks,
 * from then on the run is only followed. Whatever the agent does, it ends within bounded time, but for an action that
 * the instance says is under way.
 */
export class PartRun {
  readonly #live: LiveAction;
  readonly #part: LivePart;
  readonly #host: RunHost;
  readonly #telling: RunTelling;
  /** Aborted with the reason why this is to end. */
  readonly #ending = new AbortController();
  /** The instance may know of the run. */
  #hasAsked: boolean;
  #denials = 0;
  #fruitless = 0;
  #cancelByMs: number | undefined;

  /** `takenUp`: an earlier process has begun it. */
  constructor(live: LiveAction, part: LivePart, host: RunHost, takenUp: boolean) {
    this.#live = live;
    this.#part = part;
    this.#host = host;
    this.#hasAsked = takenUp;
    this.#telling = new RunTelling(live, part, host);
  }

  /** How it ends here; `suspended` when the server stops and a later one goes on. Never throws. */
  async run(): Promise<PartChange | 'suspended'> {
    if (this.#live.isCancelling) this.cancel();
    try {
      return await this.#pursue();
    } catch (error) {
      return error instanceof Suspended ? 'suspended' : this.#toEnd(error);
    } finally {
      this.#ending.abort(new Suspended());
    }
  }

  /** Tells the instance to take back what it has begun. */
  cancel(): void {
    if (this.#cancelByMs !== undefined) return;
    this.#cancelByMs = this.#host.clock.now() + this.#host.times.cancelMs;
    if (this.#hasAsked) void this.#tellCancel();
    else this.#ending.abort(new NeverAsked());
  }

  suspend(): void {
    this.#ending.abort(new Suspended());
  }

  /** To be called several times a second: gives up what was waited for long enough. */
  tick(nowMs: number): void {
    const { status, instanceName } = this.#part;
    if (status.state === 'interrupted' && nowMs >= Date.parse(status.givesUpAt)) {
      const time = `${Math.round(this.#host.times.giveUpMs / 1000)} s`;
      const what = `${instanceName} did not come back within ${time}. ${status.reason}`;
      this.#ending.abort(
        this.#hasAsked
          ? new PartLost(what)
          : new PartFailed('instance-lost', `${what} It was never asked, so nothing was done.`),
      );
    }
    if (this.#cancelByMs !== undefined && nowMs >= this.#cancelByMs) {
      const time = `${Math.round(this.#host.times.cancelMs / 1000)} s`;
      this.#ending.abort(
        new PartLost(`${instanceName} was told to cancel and has not said within ${time} that it did.`),
      );
    }
  }

  async #pursue(): Promise<PartChange> {
    for (;;) {
      const agent = await this.#reachableAgent();
      try {
        return await this.#attend(agent);
      } catch (error) {
        this.#ending.signal.throwIfAborted();
        const { isFruitful } = this.#telling.endAttachment();
        this.#fruitless = isFruitful ? 0 : this.#fruitless + 1;
        const reason = this.#toInterruption(error);
        if (this.#fruitless >= FRUITLESS_ATTEMPTS) {
          throw new PartLost(`${this.#part.instanceName} broke off ${this.#fruitless} times. ${reason}`);
        }
        this.#break(reason);
      }
      await delay(this.#host.times.againMs, undefined, { signal: this.#ending.signal }).catch(() => {});
    }
  }

  /** One stream of the agent, until it tells the end. */
  async #attend(agent: AgentClient): Promise<PartChange> {
    const lost = new AbortController();
    using _watching = this.#host.instances.onChange((change) => {
      if (change.type !== 'instance' || change.instance.id !== this.#part.instanceId) return;
      const { connection } = change.instance;
      if (connection.state !== 'connected') lost.abort(new StreamBroken(reasonOf(connection)));
    });
    const confirmed = this.#live.confirmed(this.#part);
    const attachOnly = this.#hasAsked;
    this.#hasAsked = true;
    this.#telling.startOver();
    const stream = agent.runAction({
      type: this.#live.facts.type,
      parametersJson: JSON.stringify(this.#live.facts.params),
      confirmedTargetIds: confirmed ? confirmedTargets(confirmed).map(({ id }) => id) : [],
      idempotencyKey: this.#live.id,
      epoch: BigInt(this.#host.epoch),
      attachOnly,
    });
    // The agent has the run, though it may be long before it has something to tell.
    stream.once('metadata', () => this.#telling.begin());
    const signal = AbortSignal.any([this.#ending.signal, lost.signal]);
    try {
      return await readRun(stream, (message) => this.#telling.handle(message), signal);
    } catch (error) {
      if (!isServiceError(error)) throw error;
      throw attachOnly ? this.#toAttachFailure(error) : this.#toRunFailure(error);
    }
  }

  /** The request to run was answered with an error. */
  #toRunFailure(error: ServiceError): Error {
    const { isTransient, code, message } = toCallFailure(error);
    if (isTransient || this.#part.acknowledged) {
      return new StreamBroken(`The connection to the agent broke: ${message}`);
    }
    if (code === undefined && !REFUSALS.has(error.code)) {
      return new PartLost(`${this.#part.instanceName} answered what cannot be understood: ${message}`);
    }
    return new PartFailed((code as AgentWord | undefined) ?? 'agent-refused', message);
  }

  /** The request to follow was answered with an error. */
  #toAttachFailure(error: ServiceError): Error {
    const { isTransient, code, message } = toCallFailure(error);
    if (code === 'unknown-run') return this.#denied();
    const { instanceName, acknowledged } = this.#part;
    if (code === 'run-forgotten') return new PartLost(`${instanceName}: ${message}`);
    if (code === 'epoch-superseded') {
      return new PartLost(`Another server has taken over ${instanceName}: ${message}`);
    }
    // The request of before was refused, and nobody was there to hear it.
    if (code !== undefined && !isTransient && !acknowledged)
      return new PartFailed(code as AgentWord, message);
    return new StreamBroken(`The agent cannot be followed: ${message}`);
  }

  /**
   * The same process lives and does not know of the run. If it never spoke of it, the request has not reached it; it is
   * asked twice, since what was on its way on a broken connection may be read a moment later.
   */
  #denied(): Error {
    const { instanceName, acknowledged } = this.#part;
    const ageMs = this.#host.clock.now() - Date.parse(this.#live.facts.requestedAt);
    if (acknowledged || ageMs > this.#host.times.remembersMs) {
      return new PartLost(`${instanceName} is there and does not hold the run any more.`);
    }
    if (++this.#denials < DENIALS) return new StreamBroken('The instance does not know of the action.');
    if (this.#cancelByMs !== undefined) return new NeverAsked();
    return new PartFailed(
      'run-not-begun',
      `The request never reached ${instanceName}: nothing was done. Preview the action again to run it.`,
    );
  }

  /** @throws PartLost, PartFailed, NeverAsked: what no second attempt changes */
  #toInterruption(error: unknown): string {
    if (error instanceof StreamBroken) return error.message;
    throw error;
  }

  /** Waits for the instance as long as patience lasts. */
  async #reachableAgent(): Promise<AgentClient> {
    const { instanceId } = this.#part;
    for (;;) {
      this.#ending.signal.throwIfAborted();
      const instance = this.#host.instances.find(instanceId);
      if (instance) this.#throwIfEnded(instance);
      const agent = this.#host.instances.findAgent(instanceId);
      if (agent) return agent;
      if (!instance) this.#throwIfReplaced();
      this.#break(instance ? reasonOf(instance.connection) : 'The instance is not known any more.');
      await this.#nextChange();
    }
  }

  #throwIfEnded({ name, connection }: Instance): void {
    const isGone = connection.state === 'dead' && connection.evidence === 'connection-refused';
    if (!isGone && connection.state !== 'stopped') return;
    if (!this.#hasAsked) {
      const message = `${name} ended before it was asked, so nothing was done: ${connection.reason}`;
      throw new PartFailed('instance-ended', message);
    }
    const before = this.#telling.lastPhase;
    throw new PartLost(`${name} ended ${before}: ${connection.reason}`);
  }

  /** A server that was away has not seen the process end, but it may see its successor. */
  #throwIfReplaced(): void {
    const { instanceName, service } = this.#part;
    const isReplaced = this.#host.instances
      .list()
      .some((instance) => instance.name === instanceName && instance.service === service);
    if (isReplaced)
      throw new PartLost(`${instanceName} is another process now: the one that was asked has ended.`);
  }

  async #nextChange(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { instanceId, service } = this.#part;
    using _watching = this.#host.instances.onChange((change) => {
      if (change.type === 'instance-removed' && change.instanceId === instanceId) resolve();
      if (change.type === 'instance' && change.instance.service === service) resolve();
    });
    const { signal } = this.#ending;
    const abort = () => resolve();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    await promise;
    signal.removeEventListener('abort', abort);
  }

  #break(reason: string): void {
    const givesUpAtMs = this.#host.clock.now() + this.#host.times.giveUpMs;
    if (!this.#live.applyTo(this.#part, { kind: 'broke', reason, givesUpAtMs })) return;
    this.#live.note(this.#part.instanceId, 'interrupted', reason);
    this.#host.changed(this.#live);
  }

  /** Until the instance has heard it, or this is over. */
  async #tellCancel(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const agent = this.#host.instances.findAgent(this.#part.instanceId);
      try {
        await agent?.cancelAction(this.#live.id, this.#host.epoch, signal);
        if (agent) return;
      } catch (error) {
        const { isTransient, code, message } = toCallFailure(error);
        // It may hear of the run a moment later; following it will tell.
        if (!isTransient && code !== 'unknown-run') {
          this.#live.note(this.#part.instanceId, 'cancel-refused', message);
          this.#host.changed(this.#live);
          return;
        }
      }
      await delay(this.#host.times.againMs, undefined, { signal }).catch(() => {});
    }
  }

  #toEnd(error: unknown): PartChange {
    if (error instanceof PartFailed) return { kind: 'failed', code: error.code, message: error.message };
    if (error instanceof NeverAsked) {
      const message = 'It was cancelled before it began here: nothing was done.';
      return { kind: 'ended', state: 'cancelled', message };
    }
    if (error instanceof PartLost) return { kind: 'lost', message: error.message };
    this.#host.log.error({ err: error, action: this.#live.id }, 'an action failed unexpectedly');
    return { kind: 'lost', message: new PartLost(`The server could not go on: ${String(error)}`).message };
  }
}

/** Statuses by which the contract says that nothing was done, even from an agent that has no word for it. */
const REFUSALS: ReadonlySet<status> = new Set([
  status.INVALID_ARGUMENT,
  status.NOT_FOUND,
  status.FAILED_PRECONDITION,
  status.UNIMPLEMENTED,
  status.UNAUTHENTICATED,
  status.PERMISSION_DENIED,
]);

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}

function reasonOf(connection: Instance['connection']): string {
  if ('reason' in connection) return connection.reason;
  return connection.state === 'connecting'
    ? 'The instance is not connected yet.'
    : 'The connection to the instance was lost.';
}
