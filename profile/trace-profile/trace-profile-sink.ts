import { ProfileShapeError } from '../errors.ts';
import type { JsonSink } from '../json/json-sink.ts';
import { KeyMatcher, UNKNOWN_KEY } from '../json/key-matcher.ts';
import { CALL_FRAME_KEYS, CallFrameFields } from '../model/call-frame-fields.ts';
import type { TextFunctions } from '../model/text-functions.ts';
import type { TextIds } from './text-ids.ts';
import { NOT_SEEN, TraceEvent } from './trace-event.ts';

/** Where in the file the tokenizer is. */
const OUTSIDE = 0;
const FILE = 1;
const EVENTS = 2;
const EVENT = 3;
const SECOND_ID = 4;
const ARGUMENTS = 5;
const DATA = 6;
const CPU_PROFILE = 7;
const NODES = 8;
const NODE = 9;
const CALL_FRAME = 10;
const SAMPLES = 11;
const DELTAS = 12;
const LINES = 13;
/** In a value that is not of the type that samples have there, as arguments of other events may be. */
const ELSEWHERE = 14;
const DONE = 15;

/** The fields that are read; below they are meant by their position here. */
const KEY_NAMES: Readonly<Record<number, readonly string[]>> = {
  [FILE]: ['traceEvents'],
  [EVENT]: ['name', 'ph', 'id', 'ts', 'dur', 'pid', 'tid', 'id2', 'args'],
  [SECOND_ID]: ['local', 'global'],
  [ARGUMENTS]: ['name', 'data'],
  [DATA]: ['startTime', 'endTime', 'cpuProfile', 'timeDeltas', 'lines'],
  [CPU_PROFILE]: ['nodes', 'samples'],
  [NODE]: ['id', 'parent', 'callFrame'],
  [CALL_FRAME]: CALL_FRAME_KEYS,
};
const KEYS = Array.from({ length: DONE }, (_, place) => new KeyMatcher(KEY_NAMES[place] ?? []));
const [NAME, PHASE, ID, START, DURATION, PROCESS, THREAD, ID2, ARGS] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
/** What an opening brace or bracket leads to, by place and key. */
const OBJECTS = new Map([
  [EVENT * 16 + ID2, SECOND_ID],
  [EVENT * 16 + ARGS, ARGUMENTS],
  [ARGUMENTS * 16 + 1, DATA],
  [DATA * 16 + 2, CPU_PROFILE],
  [NODE * 16 + 2, CALL_FRAME],
]);
const LISTS = new Map([
  [CPU_PROFILE * 16, NODES],
  [CPU_PROFILE * 16 + 1, SAMPLES],
  [DATA * 16 + 3, DELTAS],
  [DATA * 16 + 4, LINES],
]);
const ABOVE: Readonly<Record<number, number>> = {
  [SECOND_ID]: EVENT,
  [ARGUMENTS]: EVENT,
  [DATA]: ARGUMENTS,
  [CPU_PROFILE]: DATA,
  [NODES]: CPU_PROFILE,
  [NODE]: NODES,
  [CALL_FRAME]: NODE,
  [SAMPLES]: CPU_PROFILE,
  [DELTAS]: DATA,
  [LINES]: DATA,
};

/** Is told of each event once it is whole, and how it is called in a sentence; both are valid only during the call. */
type TakeEvent = (event: TraceEvent, path: () => string) => void;

/**
 * Gathers one event after the other from a trace in Chrome's format: an object with `traceEvents`, or the bare list. What V8's
 * sampler writes into the arguments of its events stands in `v8/src/profiler/profile-generator.cc`.
 *
 * @see https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
export class TraceProfileSink implements JsonSink {
  readonly #take: TakeEvent;
  readonly #tables: TextFunctions;
  readonly #threadIds: TextIds;
  readonly #decoder = new TextDecoder();
  readonly #eventPath = () => `traceEvents[${this.#eventCount}]`;
  readonly #event = new TraceEvent();
  readonly #frame: CallFrameFields;
  #place = OUTSIDE;
  #key = UNKNOWN_KEY;
  #isBare = false;
  #eventCount = 0;
  /** Where it was before it went elsewhere, and how deep it is there. */
  #backTo = EVENT;
  #depth = 0;
  #nodeId = NOT_SEEN;
  #nodeParent = NOT_SEEN;
  #nodeFunction = NOT_SEEN;
  hasEvents = false;

  constructor(tables: TextFunctions, threadIds: TextIds, take: TakeEvent) {
    this.#take = take;
    this.#tables = tables;
    this.#threadIds = threadIds;
    this.#frame = new CallFrameFields(tables.strings, tables.rows);
  }

  key(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#place === ELSEWHERE) return false;
    this.#key = KEYS[this.#place]?.match(bytes, start, end) ?? UNKNOWN_KEY;
    return this.#key !== UNKNOWN_KEY;
  }

  beginObject(): void {
    if (this.#place === EVENTS) {
      this.#event.begin();
      this.#place = EVENT;
    } else if (this.#place === NODES) {
      this.#nodeId = NOT_SEEN;
      this.#nodeParent = NOT_SEEN;
      this.#nodeFunction = NOT_SEEN;
      this.#place = NODE;
    } else if (this.#place === OUTSIDE) this.#place = FILE;
    else this.#enter(OBJECTS.get(this.#place * 16 + this.#key), 'an object');
    if (this.#place === CALL_FRAME) this.#frame.begin();
  }

  endObject(): void {
    if (this.#place === ELSEWHERE) this.#leaveElsewhere();
    else if (this.#place === EVENT) {
      this.#take(this.#event, this.#eventPath);
      this.#eventCount++;
      this.#place = EVENTS;
    } else {
      if (this.#place === CALL_FRAME) this.#nodeFunction = this.#frame.toFunction() ?? NOT_SEEN;
      else if (this.#place === NODE) this.#endNode();
      this.#place = ABOVE[this.#place] ?? DONE;
    }
  }

  beginArray(): void {
    if (this.#place === OUTSIDE || this.#place === FILE) {
      if (this.hasEvents) throw new ProfileShapeError('traceEvents', 'is there twice');
      this.#isBare = this.#place === OUTSIDE;
      this.hasEvents = true;
      this.#place = EVENTS;
    } else this.#enter(LISTS.get(this.#place * 16 + this.#key), 'a list');
  }

  endArray(): void {
    if (this.#place === ELSEWHERE) this.#leaveElsewhere();
    else if (this.#place === EVENTS) this.#place = this.#isBare ? DONE : FILE;
    else this.#place = ABOVE[this.#place] ?? DONE;
  }

  string(bytes: Uint8Array, start: number, end: number): void {
    const event = this.#event;
    switch (this.#place) {
      case EVENT:
        this.#eventText(bytes, start, end);
        return;
      case SECOND_ID:
        event.id = this.#decoder.decode(bytes.subarray(start, end));
        return;
      case ARGUMENTS:
        if (this.#key === 0) event.argumentName = this.#tables.strings.intern(bytes, start, end);
        return;
      case CALL_FRAME:
        if (!this.#frame.text(this.#key, bytes, start, end)) this.#wrongType('a text');
        return;
      default:
        this.#wrongType('a text');
    }
  }

  number(value: number): void {
    const event = this.#event;
    switch (this.#place) {
      case SAMPLES:
        event.sampleNodeId.push(value);
        return;
      case DELTAS:
        event.timeDelta.push(value);
        return;
      case LINES:
        event.sampleLine.push(value);
        return;
      case EVENT:
        this.#eventNumber(value);
        return;
      case NODE:
        if (this.#key === 0) this.#nodeId = value;
        else if (this.#key === 1) this.#nodeParent = value;
        else this.#wrongType('a number');
        return;
      case CALL_FRAME:
        if (!this.#frame.number(this.#key, value)) this.#wrongType('a number');
        return;
      case DATA:
        if (this.#key === 0) event.profileStart = this.#time(value);
        else if (this.#key === 1) event.profileEnd = this.#time(value);
        else this.#wrongType('a number');
        return;
      default:
        this.#wrongType('a number');
    }
  }

  literal(value: boolean | null): void {
    this.#wrongType(String(value));
  }

  #eventText(bytes: Uint8Array, start: number, end: number): void {
    const event = this.#event;
    if (this.#key === NAME) event.name = this.#tables.strings.intern(bytes, start, end);
    else if (this.#key === PHASE) event.phase = end - start === 1 ? (bytes[start] as number) : 0;
    else if (this.#key === ID) event.id = this.#decoder.decode(bytes.subarray(start, end));
    else if (this.#key === PROCESS) event.processId = this.#threadIds.numberOf(bytes, start, end);
    else if (this.#key === THREAD) event.threadId = this.#threadIds.numberOf(bytes, start, end);
    else this.#wrongType('a text');
  }

  #eventNumber(value: number): void {
    const event = this.#event;
    if (this.#key === START) event.startMicros = this.#time(value);
    else if (this.#key === DURATION) event.durationMicros = this.#time(value);
    else if (this.#key === PROCESS) event.processId = value;
    else if (this.#key === THREAD) event.threadId = value;
    else if (this.#key === ID) event.id = String(value);
    else this.#wrongType('a number');
  }

  #endNode(): void {
    const event = this.#event;
    const path = `cpuProfile.nodes[${event.nodeId.length}]`;
    if (this.#nodeId === NOT_SEEN) this.#fault(`${path}.id`, 'is missing');
    if (this.#nodeFunction === NOT_SEEN) this.#fault(`${path}.callFrame`, 'is missing');
    event.nodeId.push(this.#nodeId);
    event.nodeParent.push(this.#nodeParent);
    event.nodeFunction.push(this.#nodeFunction);
  }

  #enter(place: number | undefined, found: string): void {
    if (this.#place === ELSEWHERE) this.#depth += 1;
    else if (place !== undefined) this.#place = place;
    else {
      this.#wrongType(found);
      this.#backTo = this.#place;
      this.#depth = 1;
      this.#place = ELSEWHERE;
    }
  }

  #leaveElsewhere(): void {
    this.#depth -= 1;
    if (this.#depth === 0) this.#place = this.#backTo;
  }

  #time(value: number): number {
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
    if (this.#place !== EVENT) this.#fault(this.#path(), 'is out of range');
    else throw new ProfileShapeError(this.#path(), 'is out of range');
    return 0;
  }

  /** Arguments may hold anything, unless they turn out to be the sampler's. */
  #wrongType(found: string): void {
    if (this.#place === ELSEWHERE) return;
    const what = `must not be ${found}`;
    const isArgument = this.#place > EVENT || (this.#place === EVENT && this.#key >= ID2);
    if (isArgument) this.#fault(this.#path(), what);
    else throw new ProfileShapeError(this.#path(), what);
  }

  #fault(field: string, what: string): void {
    this.#event.fault ??= { field, what };
  }

  #path(): string {
    const key = KEY_NAMES[this.#place]?.[this.#key] ?? '';
    const event = this.#event;
    switch (this.#place) {
      case OUTSIDE:
        return 'the file as a whole';
      case FILE:
        return 'traceEvents';
      case EVENTS:
        return `traceEvents[${this.#eventCount}]`;
      case EVENT:
        return `traceEvents[${this.#eventCount}].${key}`;
      case NODES:
        return `cpuProfile.nodes[${event.nodeId.length}]`;
      case NODE:
        return `cpuProfile.nodes[${event.nodeId.length}].${key}`;
      case CALL_FRAME:
        return `cpuProfile.nodes[${event.nodeId.length}].callFrame.${key}`;
      case SAMPLES:
        return `cpuProfile.samples[${event.sampleNodeId.length}]`;
      case DELTAS:
        return `timeDeltas[${event.timeDelta.length}]`;
      case LINES:
        return `lines[${event.sampleLine.length}]`;
      default:
        return key;
    }
  }
}
