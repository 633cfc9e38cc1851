import type { ServerSentEvents, StateChange, VitalsBatch } from '../contract/index.ts';

const CHANGES_KEPT = 4096;
const CHARACTERS_KEPT = 16 * 1024 * 1024;

/**
 * The last change that is surely in an answer, as the id of that change. Who asked before opening the event stream knows
 * by it whether a change fell in between. Not on answers that may be kept and told again later.
 */
export const LAST_CHANGE_HEADER = 'opscenter-last-change';

interface KeptChange {
  readonly number: number;
  readonly text: string;
}

/** Where a reader of the changes stands: the next number it wants. */
export type Position = { readonly next: number } | { readonly lost: string };

/** Something that takes changes and vitals as they come; see EventStream. */
export interface EventReader {
  /** There are changes that were not there before. */
  wake(): void;
  /** Vitals are never queued: a reader that is behind skips them. */
  offerVitals(text: string): void;
  /** Comes at intervals, so that a quiet connection stays open and a stalled one is noticed. */
  beat(): void;
  /** The server is stopping. */
  finish(): void;
}

/**
 * The one place through which everything passes that browsers are told. Changes are numbered and kept, as many as fit
 * the ring, so that each reader goes through them at its own pace: a slow one costs nothing but its own position.
 */
export class EventHub {
  readonly epoch: number;
  readonly #ring: (KeptChange | undefined)[] = new Array(CHANGES_KEPT);
  readonly #readers = new Set<EventReader>();
  #oldest = 1;
  #next = 1;
  #characters = 0;

  constructor(epoch: number) {
    this.epoch = epoch;
  }

  get readerCount(): number {
    return this.#readers.size;
  }

  publish(change: StateChange): void {
    if (this.#next - this.#oldest === CHANGES_KEPT) this.#forgetOldest();
    const number = this.#next++;
    const text = toMessage('change', change, this.toId(number));
    this.#ring[number % CHANGES_KEPT] = { number, text };
    this.#characters += text.length;
    while (this.#characters > CHARACTERS_KEPT && this.#oldest < number) this.#forgetOldest();
    for (const reader of this.#readers) reader.wake();
  }

  publishVitals(batch: VitalsBatch): void {
    if (this.#readers.size === 0) return;
    const text = toMessage('vitals', batch);
    for (const reader of this.#readers) reader.offerVitals(text);
  }

  beat(): void {
    for (const reader of this.#readers) reader.beat();
  }

  finish(): void {
    for (const reader of [...this.#readers]) reader.finish();
  }

  join(reader: EventReader): Disposable {
    this.#readers.add(reader);
    return { [Symbol.dispose]: () => this.#readers.delete(reader) };
  }

  /** Where someone continues who saw everything up to `lastEventId`; from now on, when that is undefined. */
  locate(lastEventId: string | undefined): Position {
    if (lastEventId === undefined) return { next: this.#next };
    const match = /^(\d{1,15})-(\d{1,15})$/.exec(lastEventId);
    if (!match) return { lost: 'the last event id cannot be read' };
    if (Number(match[1]) !== this.epoch) return { lost: 'the server has been restarted' };
    const next = Number(match[2]) + 1;
    if (next > this.#next) return { lost: 'the last event id is not known' };
    if (next < this.#oldest) return { lost: 'too much has happened since' };
    return { next };
  }

  /** The change with that number as a message; undefined when it is not there yet, null when it is gone already. */
  read(number: number): string | undefined | null {
    if (number >= this.#next) return undefined;
    const kept = this.#ring[number % CHANGES_KEPT];
    return kept?.number === number ? kept.text : null;
  }

  /** The number that the next change will have. */
  get head(): number {
    return this.#next;
  }

  toId(number: number): string {
    return `${this.epoch}-${number}`;
  }

  #forgetOldest(): void {
    const slot = this.#oldest % CHANGES_KEPT;
    this.#characters -= this.#ring[slot]?.text.length ?? 0;
    this.#ring[slot] = undefined;
    this.#oldest++;
  }
}

/** One message of the stream (https://html.spec.whatwg.org/multipage/server-sent-events.html). JSON has no raw line breaks. */
export function toMessage<Name extends keyof ServerSentEvents>(
  name: Name,
  data: ServerSentEvents[Name],
  id?: string,
): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
