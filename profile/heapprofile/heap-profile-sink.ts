import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import type { JsonSink } from '../json/json-sink.ts';
import { KeyMatcher, UNKNOWN_KEY } from '../json/key-matcher.ts';
import { CALL_FRAME_KEYS, CallFrameFields } from '../model/call-frame-fields.ts';
import type { ProfileLimits } from '../model/profile.ts';
import { NOT_SEEN, type RawHeapProfile } from './raw-heap-profile.ts';

/** Where in the file the tokenizer is. */
const OUTSIDE = 0;
const PROFILE = 1;
const NODE = 2;
const CALL_FRAME = 3;
const CHILDREN = 4;
const SAMPLES = 5;
const SAMPLE = 6;
const DONE = 7;

/** The fields that are read; below they are meant by their position here. */
const KEY_NAMES: Readonly<Record<number, readonly string[]>> = {
  [PROFILE]: ['head', 'samples'],
  [NODE]: ['callFrame', 'selfSize', 'id', 'children'],
  [CALL_FRAME]: CALL_FRAME_KEYS,
  [SAMPLE]: ['nodeId', 'size'],
};
const KEYS = Array.from({ length: DONE }, (_, place) => new KeyMatcher(KEY_NAMES[place] ?? []));
const NO_ROW = -1;

/**
 * Sorts what the tokenizer finds in a `.heapprofile` into columns. The format is `HeapProfiler.SamplingHeapProfile` of the
 * Chrome DevTools Protocol (https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler); fields may come in
 * any order and unknown ones are passed over. Nodes nest as deep as stacks are: the way back up is in the column of parents.
 */
export class HeapProfileSink implements JsonSink {
  readonly #raw: RawHeapProfile;
  readonly #limits: ProfileLimits;
  readonly #frame: CallFrameFields;
  #place = OUTSIDE;
  #key = UNKNOWN_KEY;
  /** The innermost node that has begun. */
  #row = NO_ROW;
  #sampleNode = NOT_SEEN;

  constructor(raw: RawHeapProfile, limits: ProfileLimits) {
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
    else if (this.#place === CHILDREN) this.#beginNode();
    else if (this.#place === NODE && this.#key === 0) this.#beginCallFrame();
    else if (this.#place === SAMPLES) this.#beginSample();
    else if (this.#place === PROFILE && this.#key === 0) this.#beginHead();
    else this.#wrongType('an object');
  }

  endObject(): void {
    if (this.#place === CALL_FRAME) this.#endCallFrame();
    else if (this.#place === NODE) this.#endNode();
    else if (this.#place === SAMPLE) this.#endSample();
    else this.#place = DONE;
  }

  beginArray(): void {
    if (this.#place === NODE && this.#key === 3) this.#place = CHILDREN;
    else if (this.#place === PROFILE && this.#key === 1) {
      if (this.#raw.hasSamples) throw new ProfileShapeError('samples', 'is there twice');
      this.#raw.hasSamples = true;
      this.#place = SAMPLES;
    } else this.#wrongType('a list');
  }

  endArray(): void {
    this.#place = this.#place === CHILDREN ? NODE : PROFILE;
  }

  string(bytes: Uint8Array, start: number, end: number): void {
    const isTaken = this.#place === CALL_FRAME && this.#frame.text(this.#key, bytes, start, end);
    if (!isTaken) this.#wrongType('a text');
  }

  number(value: number): void {
    if (this.#place === NODE) this.#nodeNumber(value);
    else if (this.#place === SAMPLE) {
      if (this.#key === 0) this.#sampleNode = value;
    } else if (this.#place !== CALL_FRAME || !this.#frame.number(this.#key, value)) {
      this.#wrongType('a number');
    }
  }

  literal(value: boolean | null): void {
    this.#wrongType(String(value));
  }

  #beginHead(): void {
    if (this.#raw.hasHead) throw new ProfileShapeError('head', 'is there twice');
    this.#raw.hasHead = true;
    this.#beginNode();
  }

  #beginNode(): void {
    const raw = this.#raw;
    const { maxNodes, maxDepth } = this.#limits;
    if (raw.nodeCount >= maxNodes) throw new ProfileLimitError('nodes', maxNodes);
    const depth = this.#row === NO_ROW ? 0 : raw.nodeDepth.at(this.#row) + 1;
    // One less than allowed: a root may have to be put above.
    if (depth >= maxDepth) throw new ProfileLimitError('frames in one stack', maxDepth);
    const row = raw.nodeCount;
    raw.nodeParent.push(this.#row);
    raw.nodeDepth.push(depth);
    raw.nodeFunction.push(NOT_SEEN);
    raw.nodeId.push(NOT_SEEN);
    raw.nodeSelf.push(NOT_SEEN);
    this.#row = row;
    this.#place = NODE;
  }

  #endNode(): void {
    const { nodeFunction, nodeSelf, nodeParent } = this.#raw;
    if (nodeFunction.at(this.#row) === NOT_SEEN) throw this.#missing('callFrame');
    if (nodeSelf.at(this.#row) === NOT_SEEN) throw this.#missing('selfSize');
    this.#row = nodeParent.at(this.#row);
    this.#place = this.#row === NO_ROW ? PROFILE : CHILDREN;
  }

  #beginCallFrame(): void {
    if (this.#raw.nodeFunction.at(this.#row) !== NOT_SEEN)
      throw new ProfileShapeError(this.#path(), 'is there twice');
    this.#place = CALL_FRAME;
    this.#frame.begin();
  }

  #endCallFrame(): void {
    const func = this.#frame.toFunction();
    if (func === undefined) throw this.#missing('callFrame.functionName');
    this.#raw.nodeFunction.set(this.#row, func);
    this.#place = NODE;
  }

  #nodeNumber(value: number): void {
    const column = this.#key === 1 ? this.#raw.nodeSelf : this.#key === 2 ? this.#raw.nodeId : undefined;
    if (column === undefined) this.#wrongType('a number');
    if (!Number.isSafeInteger(value) || value < 0)
      throw new ProfileShapeError(this.#path(), 'is not a whole number');
    if (column.at(this.#row) !== NOT_SEEN) throw new ProfileShapeError(this.#path(), 'is there twice');
    column.set(this.#row, value);
  }

  #beginSample(): void {
    const { maxSamples } = this.#limits;
    if (this.#raw.sampleNodeId.length >= maxSamples) throw new ProfileLimitError('samples', maxSamples);
    this.#sampleNode = NOT_SEEN;
    this.#place = SAMPLE;
  }

  #endSample(): void {
    const { sampleNodeId } = this.#raw;
    if (this.#sampleNode === NOT_SEEN)
      throw new ProfileShapeError(`samples[${sampleNodeId.length}].nodeId`, 'is missing');
    sampleNodeId.push(this.#sampleNode);
    this.#place = SAMPLES;
  }

  #missing(field: string): ProfileShapeError {
    return new ProfileShapeError(`${field} of node ${this.#row}`, 'is missing');
  }

  #wrongType(found: string): never {
    throw new ProfileShapeError(this.#path(), `must not be ${found}`);
  }

  /** Nodes are counted from 0 in the order of the file: written out, their path would be as long as the stack. */
  #path(): string {
    const key = KEY_NAMES[this.#place]?.[this.#key] ?? '';
    switch (this.#place) {
      case OUTSIDE:
        return 'the file as a whole';
      case NODE:
        return `${key} of node ${this.#row}`;
      case CALL_FRAME:
        return `callFrame.${key} of node ${this.#row}`;
      case CHILDREN:
        return `an entry of the children of node ${this.#row}`;
      case SAMPLES:
        return `samples[${this.#raw.sampleNodeId.length}]`;
      case SAMPLE:
        return `samples[${this.#raw.sampleNodeId.length}].${key}`;
      default:
        return key;
    }
  }
}
