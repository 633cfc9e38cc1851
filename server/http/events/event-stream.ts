import { Readable } from 'node:stream';
import type { Hello } from '../contract/index.ts';
import { type EventHub, type EventReader, toMessage } from './event-hub.ts';

/** What one write carries at most, so that a reader that catches up does not take a large message at once. */
const WRITE_CHARACTERS = 64 * 1024;
/** How many heartbeats a connection may stay stalled. */
const STALLED_BEATS = 4;
/** A browser that lost the stream tries again after this. */
const RETRY_MS = 1000;

export interface EventStreamOptions {
  readonly hub: EventHub;
  readonly hello: Hello;
  /** What a reconnecting browser saw last. */
  readonly lastEventId: string | undefined;
  readonly vitals: boolean;
}

/**
 * The event stream of one browser, as the bytes of its answer. It is pulled by the connection: while that takes nothing,
 * the stream only remembers where in the hub's ring it stands and the newest vitals, and a browser that comes back later
 * than the ring reaches is told to fetch everything anew.
 */
export class EventStream extends Readable implements EventReader {
  readonly #hub: EventHub;
  readonly #membership: Disposable;
  readonly #vitalsWanted: boolean;
  /** Goes before all else. */
  #first: string;
  #next: number;
  #vitals: string | undefined;
  #hungry = false;
  #stalledBeats = 0;

  constructor(options: EventStreamOptions) {
    super({ encoding: 'utf8', highWaterMark: 16 * 1024 });
    this.#hub = options.hub;
    this.#vitalsWanted = options.vitals;
    const position = this.#hub.locate(options.lastEventId);
    this.#next = 'next' in position ? position.next : this.#hub.head;
    this.#first = `retry: ${RETRY_MS}\n${toMessage('hello', options.hello, this.#hub.toId(this.#next - 1))}`;
    if ('lost' in position) this.#first += this.#toResync(position.lost);
    this.#membership = this.#hub.join(this);
  }

  wake(): void {
    this.#pump();
  }

  offerVitals(text: string): void {
    if (!this.#vitalsWanted) return;
    this.#vitals = text;
    this.#pump();
  }

  beat(): void {
    if (this.#hungry) {
      this.#stalledBeats = 0;
      this.#hungry = this.push(': still here\n\n');
      return;
    }
    this.#stalledBeats += 1;
    if (this.#stalledBeats >= STALLED_BEATS) this.destroy();
  }

  /** Ends the stream properly; the browser comes back and is told then what to do. */
  finish(): void {
    this.#membership[Symbol.dispose]();
    this.#hungry = false;
    this.push(null);
  }

  override _read(): void {
    this.#hungry = true;
    this.#stalledBeats = 0;
    this.#pump();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#membership[Symbol.dispose]();
    callback(error);
  }

  #pump(): void {
    while (this.#hungry) {
      const text = this.#take();
      if (text === '') return;
      this.#hungry = this.push(text);
    }
  }

  /** What is due next, changes before vitals; empty when nothing is. */
  #take(): string {
    let text = this.#first;
    this.#first = '';
    while (text.length < WRITE_CHARACTERS) {
      const change = this.#hub.read(this.#next);
      if (change === undefined) break;
      if (change === null) {
        this.#next = this.#hub.head;
        text += this.#toResync('the connection is too slow for what happens');
        break;
      }
      text += change;
      this.#next += 1;
    }
    text += this.#vitals ?? '';
    this.#vitals = undefined;
    return text;
  }

  #toResync(reason: string): string {
    return toMessage('resync', { reason }, this.#hub.toId(this.#next - 1));
  }
}
