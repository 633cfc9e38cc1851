import { ProfileShapeError } from '../errors.ts';
import type { JsonSink } from '../json/json-sink.ts';
import { KeyMatcher, UNKNOWN_KEY } from '../json/key-matcher.ts';
import type { RawEvent, RawTrace } from './raw-trace.ts';

/** Where in the file the tokenizer is. */
const OUTSIDE = 0;
const FILE = 1;
const EVENTS = 2;
const EVENT = 3;
const ARGUMENTS = 4;
/** In a value that is of another type than the one that is looked at, which arguments may be. */
const ELSEWHERE = 5;
const DONE = 6;

const FILE_KEYS = new KeyMatcher(['traceEvents']);
const EVENT_KEYS = new KeyMatcher(['name', 'cat', 'ph', 'ts', 'dur', 'tid', 'id', 'args']);
const ARGUMENT_KEYS = new KeyMatcher(['name', 'shortWaitsMicros']);
const [NAME, CATEGORY, PHASE, START, DURATION, THREAD, ID, ARGS] = [0, 1, 2, 3, 4, 5, 6, 7];
const FIELDS = ['name', 'cat', 'ph', 'ts', 'dur', 'tid', 'id', 'args'];
const NOT_SEEN = -1;

/**
 * Sorts out what the tokenizer finds in a trace of Chrome's format: an object with `traceEvents`, or the bare list. Unknown
 * fields are passed over.
 *
 * @see https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
export class TraceSink implements JsonSink {
  readonly #raw: RawTrace;
  readonly #decoder = new TextDecoder();
  #place = OUTSIDE;
  #key = UNKNOWN_KEY;
  #isBare = false;
  /** How deep in a value that is not looked at. */
  #depth = 0;
  #event = emptyEvent();
  hasEvents = false;

  constructor(raw: RawTrace) {
    this.#raw = raw;
  }

  key(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#place === ELSEWHERE) return false;
    const keys = this.#place === FILE ? FILE_KEYS : this.#place === ARGUMENTS ? ARGUMENT_KEYS : EVENT_KEYS;
    this.#key = keys.match(bytes, start, end);
    return this.#key !== UNKNOWN_KEY;
  }

  beginObject(): void {
    if (this.#place === OUTSIDE) this.#place = FILE;
    else if (this.#place === EVENTS) {
      this.#place = EVENT;
      this.#event = emptyEvent();
    } else if (this.#place === EVENT && this.#key === ARGS) this.#place = ARGUMENTS;
    else this.#enterElsewhere('an object');
  }

  endObject(): void {
    if (this.#place === ELSEWHERE) this.#leaveElsewhere();
    else if (this.#place === ARGUMENTS) this.#place = EVENT;
    else if (this.#place === EVENT) {
      this.#raw.add(this.#event);
      this.#place = EVENTS;
    } else this.#place = DONE;
  }

  beginArray(): void {
    if (this.#place === OUTSIDE || this.#place === FILE) {
      if (this.hasEvents) throw new ProfileShapeError('traceEvents', 'is there twice');
      this.#isBare = this.#place === OUTSIDE;
      this.hasEvents = true;
      this.#place = EVENTS;
    } else this.#enterElsewhere('a list');
  }

  endArray(): void {
    if (this.#place === ELSEWHERE) this.#leaveElsewhere();
    else this.#place = this.#isBare ? DONE : FILE;
  }

  string(bytes: Uint8Array, start: number, end: number): void {
    const event = this.#event;
    if (this.#place === ARGUMENTS) {
      if (this.#key === NAME) event.argumentName = this.#raw.strings.intern(bytes, start, end);
    } else if (this.#place !== EVENT) {
      if (this.#place !== ELSEWHERE) this.#wrongType('a text');
    } else if (this.#key === NAME) event.name = this.#raw.strings.intern(bytes, start, end);
    else if (this.#key === CATEGORY) event.category = this.#raw.strings.intern(bytes, start, end);
    else if (this.#key === PHASE) event.phase = this.#decoder.decode(bytes.subarray(start, end));
    else if (this.#key === ID) event.id = this.#decoder.decode(bytes.subarray(start, end));
    else if (this.#key !== ARGS) this.#wrongType('a text');
  }

  number(value: number): void {
    const event = this.#event;
    if (this.#place === ARGUMENTS) {
      if (this.#key === 1) event.shortWaitsMicros = Math.max(0, value);
    } else if (this.#place !== EVENT) {
      if (this.#place !== ELSEWHERE) this.#wrongType('a number');
    } else if (this.#key === START) event.startMicros = this.#time(value);
    else if (this.#key === DURATION) event.durationMicros = Math.max(0, this.#time(value));
    else if (this.#key === THREAD) event.tid = value;
    else if (this.#key === ID) event.id = String(value);
    else if (this.#key !== ARGS) this.#wrongType('a number');
  }

  literal(value: boolean | null): void {
    if (this.#place === ELSEWHERE || this.#place === ARGUMENTS) return;
    if (this.#place === EVENT && this.#key === ARGS) return;
    this.#wrongType(String(value));
  }

  #time(value: number): number {
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
    throw new ProfileShapeError(this.#path(), 'is out of range');
  }

  #enterElsewhere(found: string): void {
    if (this.#place === ELSEWHERE) this.#depth += 1;
    else if (this.#place === ARGUMENTS || (this.#place === EVENT && this.#key === ARGS)) {
      this.#depth = 1;
      this.#backTo = this.#place;
      this.#place = ELSEWHERE;
    } else this.#wrongType(found);
  }

  #backTo = EVENT;

  #leaveElsewhere(): void {
    this.#depth -= 1;
    if (this.#depth === 0) this.#place = this.#backTo;
  }

  #wrongType(found: string): never {
    throw new ProfileShapeError(this.#path(), `must not be ${found}`);
  }

  #path(): string {
    if (this.#place === OUTSIDE) return 'the file as a whole';
    if (this.#place === FILE) return 'traceEvents';
    const event = `traceEvents[${this.#raw.eventCount}]`;
    return this.#place === EVENTS ? event : `${event}.${FIELDS[this.#key] ?? ''}`;
  }
}

function emptyEvent(): RawEvent {
  return {
    name: NOT_SEEN,
    category: NOT_SEEN,
    phase: '',
    id: '',
    tid: 0,
    startMicros: Number.NaN,
    durationMicros: 0,
    argumentName: NOT_SEEN,
    shortWaitsMicros: 0,
  };
}
