import type { Hello, StateChange, VitalsBatch } from '#contract';
import { type AnsweredBefore, answeredBefore } from './answered-before.ts';

/** What the feed tells; all of it in the order of the stream. */
export interface FeedListener {
  onChange(change: StateChange): void;
  onVitals(batch: VitalsBatch): void;
  onHello(hello: Hello): void;
  /** What was missed cannot be made up for: everything is to be fetched anew. */
  onGap(): void;
  /** The server answered, but not with a stream: signed out, or something in between is in the way. */
  onRefused(): void;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5000;
/** A stream this long silent is taken for dead though its connection stands: the server speaks every second. */
const SILENCE_MS = 20_000;

/**
 * The one event stream of the page. The browser reconnects by itself and names the last event it saw, so that the
 * server replays what was missed. Where it gives up (an answer that is no stream, such as the 503 of a proxy in front
 * of a server that restarts) a new stream is opened, and since a new one cannot name the last event, that is a gap.
 */
export class EventFeed {
  readonly #listener: FeedListener;
  readonly #open: () => EventSource;
  readonly #answers: AnsweredBefore;
  #source: EventSource | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #retryMs = FIRST_RETRY_MS;
  #epoch: number | undefined;
  #reopened = false;
  /** By the browser's clock; null until the first message. */
  lastHeardMs: number | null = null;

  constructor(
    listener: FeedListener,
    open: () => EventSource = () => new EventSource('/api/v1/events'),
    answers = answeredBefore,
  ) {
    this.#listener = listener;
    this.#open = open;
    this.#answers = answers;
  }

  start(): () => void {
    this.#connect();
    return () => {
      clearTimeout(this.#retry);
      clearTimeout(this.#watchdog);
      this.#source?.close();
      this.#source = undefined;
    };
  }

  #connect(): void {
    const source = this.#open();
    this.#source = source;
    this.#watch();
    source.addEventListener('hello', (event) => this.#onHello(parse<Hello>(event), event.lastEventId));
    source.addEventListener('vitals', (event) => this.#heard(() => this.#listener.onVitals(parse(event))));
    source.addEventListener('change', (event) => this.#heard(() => this.#listener.onChange(parse(event))));
    source.addEventListener('resync', () => this.#heard(() => this.#listener.onGap()));
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED || this.#source !== source) return;
      this.#listener.onRefused();
      this.#reopen();
    });
  }

  #reopen(): void {
    clearTimeout(this.#watchdog);
    this.#source?.close();
    this.#reopened = true;
    this.#retry = setTimeout(() => this.#connect(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
  }

  #watch(): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#reopen(), SILENCE_MS);
  }

  #onHello(hello: Hello, position: string): void {
    this.#heard(() => {
      this.#retryMs = FIRST_RETRY_MS;
      this.#listener.onHello(hello);
      const restarted = this.#epoch !== undefined && this.#epoch !== hello.epoch;
      const isGap = restarted || this.#reopened;
      if (isGap) this.#listener.onGap();
      // In a gap everything is asked anew, whatever was answered before.
      this.#answers.began(position, () => !isGap && this.#listener.onGap());
      this.#epoch = hello.epoch;
      this.#reopened = false;
    });
  }

  #heard(tell: () => void): void {
    this.lastHeardMs = Date.now();
    this.#watch();
    tell();
  }
}

function parse<T>(event: Event): T {
  return JSON.parse((event as MessageEvent<string>).data) as T;
}
