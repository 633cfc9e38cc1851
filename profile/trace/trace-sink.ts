import { ProfileShapeError } from '../errors.ts';
import type { JsonSink } from '../json/json-sink.ts';
import { KeyMatcher, UNKNOWN_KEY } from '../json/key-matcher.ts';
import { ascii } from './argument-writer.ts';
import type { RawEvent, RawTrace } from './raw-trace.ts';

/** Where in the file the tokenizer is. */
const OUTSIDE = 0;
const FILE = 1;
const EVENTS = 2;
const EVENT = 3;
/** Of any type and shape. */
const ARGUMENTS = 4;
/** An id that says how far it is valid: `{"local": "0x1"}`. */
const SCOPED_ID = 5;
const DONE = 6;

const FILE_KEYS = new KeyMatcher(['traceEvents']);
const FIELDS = ['name', 'cat', 'ph', 'ts', 'dur', 'pid', 'tid', 'id', 'id2', 'args'];
const [NAME, CATEGORY, PHASE, START, DURATION, PROCESS, THREAD, ID, ID2, ARGS] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
];
const EVENT_KEYS = new KeyMatcher(FIELDS);
const ARGUMENT_KEYS = new KeyMatcher(['name', 'shortWaitsMicros']);
const [ARGUMENT_NAME, SHORT_WAITS] = [0, 1];
const NOT_SEEN = -1;

/**
 * Sorts out what the tokenizer finds in a trace of Chrome's format: an object with `traceEvents`, or the bare list. Unknown
 * fields are passed over.
 *
 * @see https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
export class TraceSink implements JsonSink {
  readonly #raw: RawTrace;
  #place = OUTSIDE;
  #key = UNKNOWN_KEY;
  /** Among the arguments of the event itself, not in what is nested there. */
  #argument = UNKNOWN_KEY;
  #isBare = false;
  readonly #event: RawEvent = clearEvent({} as RawEvent);
  hasEvents = false;

  constructor(raw: RawTrace) {
    this.#raw = raw;
  }

  key(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#place === SCOPED_ID) return true;
    if (this.#place === ARGUMENTS) {
      this.#raw.writer.key(bytes, start, end);
      this.#argument = this.#raw.writer.depth === 1 ? ARGUMENT_KEYS.match(bytes, start, end) : UNKNOWN_KEY;
      return true;
    }
    this.#key = (this.#place === FILE ? FILE_KEYS : EVENT_KEYS).match(bytes, start, end);
    return this.#key !== UNKNOWN_KEY;
  }

  beginObject(): void {
    if (this.#place === OUTSIDE) this.#place = FILE;
    else if (this.#place === EVENTS) {
      this.#place = EVENT;
      clearEvent(this.#event);
      this.#raw.writer.clear();
    } else if (this.#place === EVENT && this.#key === ID2) this.#place = SCOPED_ID;
    else this.#enterArguments(false);
  }

  endObject(): void {
    if (this.#place === ARGUMENTS) this.#leaveArguments();
    else if (this.#place === SCOPED_ID) this.#place = EVENT;
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
    } else this.#enterArguments(true);
  }

  endArray(): void {
    if (this.#place === ARGUMENTS) this.#leaveArguments();
    else this.#place = this.#isBare ? DONE : FILE;
  }

  string(bytes: Uint8Array, start: number, end: number): void {
    const event = this.#event;
    const { strings, ids, writer } = this.#raw;
    if (this.#place === ARGUMENTS) {
      writer.value(bytes, start, end);
      if (this.#argument === ARGUMENT_NAME && writer.depth === 1)
        event.argumentName = strings.intern(bytes, start, end);
    } else if (this.#place === SCOPED_ID) event.id = ids.intern(bytes, start, end);
    else if (this.#place !== EVENT) this.#wrongType('a text');
    else if (this.#key === NAME) event.name = strings.intern(bytes, start, end);
    else if (this.#key === CATEGORY) event.category = strings.intern(bytes, start, end);
    else if (this.#key === PHASE) event.phase = end > start ? (bytes[start] as number) : NOT_SEEN;
    else if (this.#key === ID || this.#key === ID2) event.id = ids.intern(bytes, start, end);
    else if (this.#key === ARGS) writer.value(bytes, start, end);
    else this.#wrongType('a text');
  }

  number(value: number): void {
    const event = this.#event;
    if (this.#place === ARGUMENTS) {
      this.#raw.writer.word(String(value));
      if (this.#argument === SHORT_WAITS && this.#raw.writer.depth === 1)
        event.shortWaitsMicros = Math.max(0, value);
    } else if (this.#place === SCOPED_ID) event.id = this.#toId(value);
    else if (this.#place !== EVENT) this.#wrongType('a number');
    else if (this.#key === START) event.startMicros = this.#time(value);
    else if (this.#key === DURATION) event.durationMicros = Math.max(0, this.#time(value));
    else if (this.#key === PROCESS) event.pid = value;
    else if (this.#key === THREAD) event.tid = value;
    else if (this.#key === ID || this.#key === ID2) event.id = this.#toId(value);
    else if (this.#key === ARGS) this.#raw.writer.word(String(value));
    else this.#wrongType('a number');
  }

  literal(value: boolean | null): void {
    if (this.#place === ARGUMENTS || (this.#place === EVENT && this.#key === ARGS)) {
      if (value !== null) this.#raw.writer.word(String(value));
    } else if (this.#place !== SCOPED_ID) this.#wrongType(String(value));
  }

  #toId(value: number): number {
    const bytes = ascii(String(value));
    return this.#raw.ids.intern(bytes, 0, bytes.length);
  }

  #time(value: number): number {
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
    throw new ProfileShapeError(this.#path(), 'is out of range');
  }

  #enterArguments(isList: boolean): void {
    if (this.#place !== ARGUMENTS && !(this.#place === EVENT && this.#key === ARGS))
      this.#wrongType(isList ? 'a list' : 'an object');
    this.#place = ARGUMENTS;
    this.#argument = UNKNOWN_KEY;
    this.#raw.writer.enter(isList);
  }

  #leaveArguments(): void {
    this.#raw.writer.leave();
    this.#argument = UNKNOWN_KEY;
    if (this.#raw.writer.depth === 0) this.#place = EVENT;
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

function clearEvent(event: RawEvent): RawEvent {
  event.name = NOT_SEEN;
  event.category = NOT_SEEN;
  event.phase = NOT_SEEN;
  event.id = NOT_SEEN;
  event.pid = 0;
  event.tid = 0;
  event.startMicros = Number.NaN;
  event.durationMicros = 0;
  event.argumentName = NOT_SEEN;
  event.shortWaitsMicros = 0;
  return event;
}
