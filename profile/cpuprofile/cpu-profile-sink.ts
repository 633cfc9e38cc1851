import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import type { JsonSink } from '../json/json-sink.ts';
import { KeyMatcher, UNKNOWN_KEY } from '../json/key-matcher.ts';
import { CALL_FRAME_KEYS, CallFrameFields } from '../model/call-frame-fields.ts';
import type { NumberColumn } from '../model/number-column.ts';
import type { ProfileLimits } from '../model/profile.ts';
import type { RawCpuProfile } from './raw-cpu-profile.ts';

/** Where in the file the tokenizer is. */
const OUTSIDE = 0;
const PROFILE = 1;
const NODES = 2;
const NODE = 3;
const CALL_FRAME = 4;
const CHILDREN = 5;
const SAMPLES = 6;
const TIME_DELTAS = 7;
const POSITION_TICKS = 8;
const TICK = 9;
const DONE = 10;

/** The fields that are read; below they are meant by their position here. */
const KEY_NAMES: Readonly<Record<number, readonly string[]>> = {
  [PROFILE]: ['nodes', 'samples', 'timeDeltas', 'startTime', 'endTime'],
  [NODE]: ['id', 'callFrame', 'children', 'parent', 'positionTicks'],
  [CALL_FRAME]: CALL_FRAME_KEYS,
  [TICK]: ['line', 'ticks'],
};
const KEYS = Array.from({ length: DONE }, (_, place) => new KeyMatcher(KEY_NAMES[place] ?? []));

/**
 * Sorts what the tokenizer finds in a `.cpuprofile` into columns. The format is `Profiler.Profile` of the Chrome DevTools
 * Protocol (https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile); fields may come in any
 * order and unknown ones are passed over.
 */
export class CpuProfileSink implements JsonSink {
  readonly #raw: RawCpuProfile;
  readonly #limits: ProfileLimits;
  readonly #frame: CallFrameFields;
  #place = OUTSIDE;
  #key = UNKNOWN_KEY;
  #hasId = false;
  #hasFrame = false;
  #tickLine = 0;
  #ticks = 0;

  constructor(raw: RawCpuProfile, limits: ProfileLimits) {
    this.#raw = raw;
    this.#limits = limits;
    this.#frame = new CallFrameFields(raw.strings, raw.functions);
  }

  key(bytes: Uint8Array, start: number, end: number): boolean {
    this.#key = KEYS[this.#place]?.match(bytes, start, end) ?? UNKNOWN_KEY;
    return this.#key !== UNKNOWN_KEY;
  }

  beginObject(): void {
    if (this.#place === OUTSIDE) this.#place = PROFILE;
    else if (this.#place === NODES) this.#beginNode();
    else if (this.#place === NODE && this.#key === 1) this.#beginCallFrame();
    else if (this.#place === POSITION_TICKS) this.#beginTick();
    else this.#wrongType('an object');
  }

  endObject(): void {
    if (this.#place === CALL_FRAME) {
      this.#place = NODE;
      this.#hasFrame = true;
    } else if (this.#place === TICK) {
      this.#endTick();
    } else if (this.#place === NODE) {
      this.#endNode();
      this.#place = NODES;
    } else this.#place = DONE;
  }

  beginArray(): void {
    if (this.#place === PROFILE && this.#key <= 2) this.#beginTopArray();
    else if (this.#place === NODE && this.#key === 2) this.#place = CHILDREN;
    else if (this.#place === NODE && this.#key === 4) this.#place = POSITION_TICKS;
    else this.#wrongType('a list');
  }

  endArray(): void {
    this.#place = this.#place === CHILDREN || this.#place === POSITION_TICKS ? NODE : PROFILE;
  }

  string(bytes: Uint8Array, start: number, end: number): void {
    const isTaken = this.#place === CALL_FRAME && this.#frame.text(this.#key, bytes, start, end);
    if (!isTaken) this.#wrongType('a text');
  }

  number(value: number): void {
    switch (this.#place) {
      case SAMPLES:
        this.#bounded(this.#raw.sampleNodeId, 'samples', this.#limits.maxSamples).push(value);
        return;
      case TIME_DELTAS:
        this.#bounded(this.#raw.timeDelta, 'time deltas', this.#limits.maxSamples).push(value);
        return;
      case CHILDREN:
        this.#bounded(this.#raw.edgeToId, 'nodes', this.#limits.maxNodes).push(value);
        this.#raw.edgeFrom.push(this.#row);
        return;
      case CALL_FRAME:
        if (!this.#frame.number(this.#key, value)) this.#wrongType('a number');
        return;
      case NODE:
        this.#nodeNumber(value);
        return;
      case TICK:
        if (this.#key === 0) this.#tickLine = value;
        else this.#ticks = value;
        return;
      default:
        this.#topNumber(value);
    }
  }

  literal(value: boolean | null): void {
    this.#wrongType(String(value));
  }

  get #row(): number {
    return this.#raw.nodeFunction.length;
  }

  #bounded(column: NumberColumn, what: string, allowed: number): NumberColumn {
    if (column.length >= allowed) throw new ProfileLimitError(what, allowed);
    return column;
  }

  #beginTopArray(): void {
    const name = KEY_NAMES[PROFILE]?.[this.#key] ?? '';
    const raw = this.#raw;
    const seen = [raw.hasNodes, raw.hasSamples, raw.hasTimeDeltas][this.#key];
    if (seen) throw new ProfileShapeError(name, 'is there twice');
    if (this.#key === 0) raw.hasNodes = true;
    else if (this.#key === 1) raw.hasSamples = true;
    else raw.hasTimeDeltas = true;
    this.#place = [NODES, SAMPLES, TIME_DELTAS][this.#key] ?? OUTSIDE;
  }

  #beginNode(): void {
    if (this.#row >= this.#limits.maxNodes) throw new ProfileLimitError('nodes', this.#limits.maxNodes);
    this.#place = NODE;
    this.#hasId = false;
    this.#hasFrame = false;
  }

  #beginCallFrame(): void {
    if (this.#hasFrame) throw new ProfileShapeError(this.#path(), 'is there twice');
    this.#place = CALL_FRAME;
    this.#frame.begin();
  }

  #beginTick(): void {
    this.#place = TICK;
    this.#tickLine = 0;
    this.#ticks = 0;
  }

  #endTick(): void {
    this.#place = POSITION_TICKS;
    const { tickOf, tickLine, ticks } = this.#raw;
    // V8 writes line 0 where it knows none.
    if (!(this.#tickLine > 0 && this.#tickLine <= 0x7fffffff && this.#ticks > 0)) return;
    this.#bounded(tickOf, 'line hits', this.#limits.maxSamples).push(this.#row);
    tickLine.push(Math.floor(this.#tickLine));
    ticks.push(this.#ticks);
  }

  #endNode(): void {
    if (!this.#hasId) throw new ProfileShapeError(`nodes[${this.#row}].id`, 'is missing');
    if (!this.#hasFrame) throw new ProfileShapeError(`nodes[${this.#row}].callFrame`, 'is missing');
    const func = this.#frame.toFunction();
    if (func === undefined)
      throw new ProfileShapeError(`nodes[${this.#row}].callFrame.functionName`, 'is missing');
    this.#raw.nodeFunction.push(func);
  }

  #nodeNumber(value: number): void {
    if (this.#key === 0) {
      if (this.#hasId) throw new ProfileShapeError(this.#path(), 'is there twice');
      this.#hasId = true;
      this.#raw.nodeId.push(value);
    } else if (this.#key === 3) {
      this.#bounded(this.#raw.parentId, 'nodes', this.#limits.maxNodes).push(value);
      this.#raw.parentOf.push(this.#row);
    } else this.#wrongType('a number');
  }

  #topNumber(value: number): void {
    if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER))
      throw new ProfileShapeError(this.#path(), 'is out of range');
    if (this.#place === PROFILE && this.#key === 3) this.#raw.startTime = value;
    else if (this.#place === PROFILE && this.#key === 4) this.#raw.endTime = value;
    else this.#wrongType('a number');
  }

  #wrongType(found: string): never {
    throw new ProfileShapeError(this.#path(), `must not be ${found}`);
  }

  #path(): string {
    const { sampleNodeId, timeDelta } = this.#raw;
    const key = KEY_NAMES[this.#place]?.[this.#key] ?? '';
    switch (this.#place) {
      case OUTSIDE:
        return 'the file as a whole';
      case NODES:
        return `nodes[${this.#row}]`;
      case NODE:
        return `nodes[${this.#row}].${key}`;
      case CALL_FRAME:
        return `nodes[${this.#row}].callFrame.${key}`;
      case CHILDREN:
        return `an entry of nodes[${this.#row}].children`;
      case POSITION_TICKS:
        return `an entry of nodes[${this.#row}].positionTicks`;
      case TICK:
        return `nodes[${this.#row}].positionTicks[].${key}`;
      case SAMPLES:
        return `samples[${sampleNodeId.length}]`;
      case TIME_DELTAS:
        return `timeDeltas[${timeDelta.length}]`;
      default:
        return key;
    }
  }
}
