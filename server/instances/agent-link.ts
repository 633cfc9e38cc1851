import { type ClientReadableStream, type ServiceError, status } from '@grpc/grpc-js';
import type { Logger } from 'pino';
import type { DescribeResponse, WatchResponse } from '#proto/gen/opscenter/v1/agent_pb.ts';
import type { DiscoveredTarget } from '../discovery/index.ts';
import { type AgentAccess, AgentClient } from './agent-client.ts';
import { toCallFailure } from './call-failure.ts';
import type { ConnectionEvent } from './connection.ts';
import type { DialQueue } from './dial-queue.ts';
import { probe } from './probe.ts';
import { Silence } from './silence.ts';
import { toText } from './text.ts';

/**
 * `refused`: whoever answers is not who was announced. `elsewhere`: the same instance is connected through
 * another target already.
 */
export type Verdict = { kind: 'wanted' } | { kind: 'refused'; reason: string } | { kind: 'elsewhere' };

export interface LinkEvents {
  described(description: DescribeResponse): Verdict;
  heard(message: WatchResponse): void;
  changed(event: ConnectionEvent): void;
}

export interface LinkOptions {
  target: DiscoveredTarget;
  access: AgentAccess;
  dials: DialQueue;
  events: LinkEvents;
  log: Logger;
}

const FIRST_MESSAGE_MS = 5_000;
/** Redials after a break: three refusals are death, all of them within a second. */
const REDIAL_MS = [0, 200, 500];
const REFUSALS_ARE_DEATH = 3;
/** Agents that accept the connection and then say nothing. */
const UNANSWERED_ARE_DEATH = 3;
const SLOW_REDIAL_MS = { first: 2_000, longest: 15_000 };
const DENIED_REDIAL_MS = 10_000;
/** One a second is expected; a few more may have been held up on the way. */
const MESSAGES_PER_SECOND = 8;
const DESCRIBE_AGAIN_MS = 1_000;

/**
 * Keeps the server connected to one target: dials, asks who is there, watches, and redials for as long as the
 * target is listed. What it finds out becomes connection events; the state itself is the directory's.
 */
export class AgentLink implements AsyncDisposable {
  readonly #options: LinkOptions;
  readonly #closing = new AbortController();
  readonly #silence = new Silence();
  readonly #running: Promise<void>;
  #target: DiscoveredTarget;
  #client: AgentClient | undefined;
  #watch: ClientReadableStream<WatchResponse> | undefined;
  #established = false;
  #revision = 0n;
  #describedAt = 0;
  #describing = false;
  #messagesThisSecond = 0;
  #attempts = 0;
  #wake: (() => void) | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#target = options.target;
    this.#running = this.#run();
  }

  /** The channel, while the agent answers on it. */
  get client(): AgentClient | undefined {
    return this.#established ? this.#client : undefined;
  }

  /** The target announced itself again, perhaps from another address: try at once. */
  retarget(target: DiscoveredTarget): void {
    const moved = target.host !== this.#target.host || target.port !== this.#target.port;
    this.#target = target;
    this.#attempts = 0;
    if (moved) this.#watch?.cancel();
    this.#wake?.();
  }

  /** A sign of life that came another way. */
  alive(): void {
    this.#silence.alive();
  }

  /** To be called every quarter of a second. */
  tick(): void {
    const event = this.#silence.tick();
    if (event) this.#options.events.changed(event);
  }

  /** To be called every second: what was held back may go on, what has changed is asked for. */
  second(): void {
    this.#messagesThisSecond = 0;
    if (this.#watch?.isPaused()) this.#watch.resume();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    this.#watch?.cancel();
    this.#wake?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    let refusals = 0;
    let unanswered = 0;
    while (!this.#closing.signal.aborted) {
      const outcome = await this.#attempt();
      if (this.#closing.signal.aborted) return;
      refusals = outcome === 'refused' ? refusals + 1 : 0;
      unanswered = outcome === 'unanswered' ? unanswered + 1 : 0;
      if (outcome === 'lost') this.#attempts = 0;
      if (refusals >= REFUSALS_ARE_DEATH) {
        const reason = `Nobody listens at ${this.#target.address} any more.`;
        this.#options.events.changed({ kind: 'gone', evidence: 'connection-refused', reason });
      }
      if (unanswered >= UNANSWERED_ARE_DEATH) {
        const reason = `The agent at ${this.#target.address} does not answer.`;
        this.#options.events.changed({ kind: 'gone', evidence: 'silent', reason });
      }
      await this.#sleep(outcome === 'denied' ? DENIED_REDIAL_MS : this.#nextDelayMs());
    }
  }

  /** `lost`: it was connected and is not any more. */
  async #attempt(): Promise<'lost' | 'refused' | 'unanswered' | 'denied'> {
    const target = this.#target;
    const probed = await probe(target.host, target.port);
    if (probed !== 'accepted') return probed === 'refused' ? 'refused' : 'unanswered';
    using place = await this.#options.dials.enter();
    if (this.#closing.signal.aborted) return 'unanswered';
    using client = new AgentClient(target, this.#options.access);
    this.#client = client;
    try {
      return await this.#converse(client, place);
    } catch (error) {
      return this.#fail(error as ServiceError);
    } finally {
      this.#established = false;
      this.#client = undefined;
      this.#watch = undefined;
    }
  }

  /** Until the agent is lost. */
  async #converse(client: AgentClient, place: Disposable): Promise<'lost' | 'denied'> {
    const description = await client.describe(this.#closing.signal);
    const verdict = this.#options.events.described(description);
    if (verdict.kind === 'refused') this.#options.events.changed({ kind: 'denied', reason: verdict.reason });
    if (verdict.kind !== 'wanted') return 'denied';
    this.#describedAt = performance.now();
    const watch = client.watch();
    this.#watch = watch;
    const watchdog = setTimeout(() => watch.cancel(), FIRST_MESSAGE_MS);
    try {
      await this.#follow(client, watch, () => {
        clearTimeout(watchdog);
        place[Symbol.dispose]();
      });
    } finally {
      clearTimeout(watchdog);
    }
    throw Object.assign(new Error('the agent ended the stream'), { details: 'the agent ended the stream' });
  }

  #follow(
    client: AgentClient,
    watch: ClientReadableStream<WatchResponse>,
    onFirst: () => void,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      watch.on('data', (message: WatchResponse) => {
        if (!this.#established) {
          onFirst();
          this.#establish(message);
        }
        this.#hear(client, watch, message);
      });
      watch.once('error', reject);
      watch.once('end', resolve);
    });
  }

  #establish(message: WatchResponse): void {
    this.#established = true;
    this.#revision = message.descriptionRevision;
    this.#silence.start();
    this.#options.events.changed({ kind: 'answered' });
  }

  #hear(client: AgentClient, watch: ClientReadableStream<WatchResponse>, message: WatchResponse): void {
    // One that fell silent and speaks again on the same stream has answered again.
    if (this.#silence.heard()) this.#options.events.changed({ kind: 'answered' });
    this.#messagesThisSecond++;
    if (this.#messagesThisSecond > MESSAGES_PER_SECOND) watch.pause();
    this.#options.events.heard(message);
    if (message.descriptionRevision !== this.#revision) void this.#describeAgain(client, message);
  }

  /** At most once a second: whoever changes its revision with every beat gets no more than that. */
  async #describeAgain(client: AgentClient, message: WatchResponse): Promise<void> {
    if (this.#describing || performance.now() - this.#describedAt < DESCRIBE_AGAIN_MS) return;
    this.#describing = true;
    this.#describedAt = performance.now();
    try {
      const description = await client.describe(this.#closing.signal);
      this.#revision = message.descriptionRevision;
      if (this.#client === client) this.#options.events.described(description);
    } catch (error) {
      this.#options.log.debug({ err: error, target: this.#target.address }, 'cannot describe again');
    } finally {
      this.#describing = false;
    }
  }

  #fail(error: ServiceError): 'lost' | 'unanswered' | 'denied' {
    if (this.#closing.signal.aborted) return 'lost';
    const { isTransient, message } = toCallFailure(error);
    const said = toText(message, 200);
    if (!isTransient) {
      const reason =
        error.code === status.UNAUTHENTICATED
          ? 'The agent does not accept the token of this server: both must have the same OPSCENTER_AGENT_TOKEN.'
          : `Whoever listens there does not answer as an agent does: ${said}.`;
      this.#options.events.changed({ kind: 'denied', reason });
      return 'denied';
    }
    const wasEstablished = this.#established;
    this.#options.events.changed({ kind: 'broke', reason: `The connection broke: ${said}.` });
    return wasEstablished ? 'lost' : 'unanswered';
  }

  #nextDelayMs(): number {
    const attempt = this.#attempts++;
    const quick = REDIAL_MS[attempt];
    if (quick !== undefined) return quick;
    const slow = SLOW_REDIAL_MS.first * 1.5 ** (attempt - REDIAL_MS.length);
    return Math.min(slow, SLOW_REDIAL_MS.longest) * (0.75 + Math.random() / 2);
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#wake = done;
      if (this.#closing.signal.aborted) done();
    });
  }
}
