import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import type { JsonSink } from '../json/json-sink.ts';
import { KeyMatcher, UNKNOWN_KEY } from '../json/key-matcher.ts';
import { NONE } from '../model/linked-tree.ts';
import type { ProfileLimits } from '../model/profile.ts';
import { EventStack } from './event-stack.ts';
import { type RawSpeedscope, RawSpeedscopeProfile } from './raw-speedscope.ts';

/** Where in the file the tokenizer is. */
const OUTSIDE = 0;
const FILE = 1;
const SHARED = 2;
const FRAMES = 3;
const FRAME = 4;
const PROFILES = 5;
const PROFILE = 6;
const EVENTS = 7;
const EVENT = 8;
const SAMPLES = 9;
const SAMPLE = 10;
const WEIGHTS = 11;
const DONE = 12;

/** The fields that are read; below they are meant by their position here. */
const KEY_NAMES: Readonly<Record<number, readonly string[]>> = {
  [FILE]: ['shared', 'profiles'],
  [SHARED]: ['frames'],
  [FRAME]: ['name', 'file', 'line', 'col'],
  [PROFILE]: ['type', 'name', 'unit', 'startValue', 'endValue', 'events', 'samples', 'weights'],
  [EVENT]: ['type', 'frame', 'at'],
};
const KEYS = Array.from({ length: DONE }, (_, place) => new KeyMatcher(KEY_NAMES[place] ?? []));
const [TYPE, NAME, UNIT, START, END, EVENT_LIST, SAMPLE_LIST, WEIGHT_LIST] = [0, 1, 2, 3, 4, 5, 6, 7];

const OPEN = 0x4f;
const CLOSE = 0x43;
const NOT_SEEN = -1;
const MOST_PROFILES = 10_000;

/**
 * Sorts what the tokenizer finds in a file of speedscope's into columns, whatever the order of its fields.
 *
 * @see https://github.com/jlfwong/speedscope/wiki/Importing-from-custom-sources
 */
export class SpeedscopeSink implements JsonSink {
  readonly #raw: RawSpeedscope;
  readonly #limits: ProfileLimits;
  readonly #decoder = new TextDecoder();
  readonly #eventPath = () => `${this.#profilePath()}.events[${this.#eventCount}]`;
  #place = OUTSIDE;
  #key = UNKNOWN_KEY;
  #frame = emptyFrame();
  #profile: RawSpeedscopeProfile;
  #stack: EventStack;
  #event = { type: 0, frame: NOT_SEEN, at: Number.NaN };
  #eventCount = 0;
  /** The stack so far of the sample that is read. */
  #row = NONE;
  #hasFrames = false;
  #hasWeights = false;
  /** Of the profiles before the one that is read. */
  #rowsBefore = 0;
  #samplesBefore = 0;

  constructor(raw: RawSpeedscope, limits: ProfileLimits) {
    this.#raw = raw;
    this.#limits = limits;
    this.#profile = new RawSpeedscopeProfile(limits);
    this.#stack = new EventStack(this.#profile, limits);
  }

  key(bytes: Uint8Array, start: number, end: number): boolean {
    this.#key = KEYS[this.#place]?.match(bytes, start, end) ?? UNKNOWN_KEY;
    return this.#key !== UNKNOWN_KEY;
  }

  beginObject(): void {
    if (this.#place === EVENTS) this.#beginEvent();
    else if (this.#place === FRAMES) {
      this.#frame = emptyFrame();
      this.#place = FRAME;
    } else if (this.#place === OUTSIDE) this.#place = FILE;
    else if (this.#place === FILE && this.#key === 0) this.#place = SHARED;
    else if (this.#place === PROFILES) this.#beginProfile();
    else this.#wrongType('an object');
  }

  endObject(): void {
    if (this.#place === EVENT) this.#endEvent();
    else if (this.#place === FRAME) this.#endFrame();
    else if (this.#place === SHARED) this.#place = FILE;
    else if (this.#place === PROFILE) this.#endProfile();
    else this.#place = DONE;
  }

  beginArray(): void {
    if (this.#place === SAMPLES) {
      this.#row = NONE;
      this.#place = SAMPLE;
    } else if (this.#place === SHARED) {
      if (this.#hasFrames) throw new ProfileShapeError('shared.frames', 'is there twice');
      this.#hasFrames = true;
      this.#place = FRAMES;
    } else if (this.#place === FILE && this.#key === 1) {
      if (this.#raw.hasProfiles) throw new ProfileShapeError('profiles', 'is there twice');
      this.#raw.hasProfiles = true;
      this.#place = PROFILES;
    } else if (this.#place === PROFILE) this.#beginList();
    else this.#wrongType('a list');
  }

  endArray(): void {
    if (this.#place === SAMPLE) {
      const { sampleRow } = this.#profile;
      this.#count(sampleRow.length, 'samples');
      sampleRow.push(this.#row);
      this.#place = SAMPLES;
    } else if (this.#place === FRAMES) this.#place = SHARED;
    else if (this.#place === PROFILES) this.#place = FILE;
    else {
      if (this.#place === EVENTS) this.#stack.end(`${this.#profilePath()}.events`);
      this.#place = PROFILE;
    }
  }

  string(bytes: Uint8Array, start: number, end: number): void {
    const key = this.#key;
    if (this.#place === EVENT && key === 0) {
      this.#event.type = end - start === 1 ? (bytes[start] as number) : NOT_SEEN;
      return;
    }
    const text = () => this.#decoder.decode(bytes.subarray(start, end));
    if (this.#place === FRAME && key <= 1) {
      if (key === 0) this.#frame.name = text();
      else this.#frame.file = text();
    } else if (this.#place === PROFILE && key <= UNIT) {
      if (key === TYPE) this.#profile.type = text();
      else if (key === NAME) this.#profile.name = text();
      else this.#profile.unit = text();
    } else this.#wrongType('a text');
  }

  number(value: number): void {
    switch (this.#place) {
      case SAMPLE:
        this.#row = this.#profile.rows.intern(this.#row, this.#frameNumber(value));
        return;
      case WEIGHTS:
        this.#addWeight(value);
        return;
      case EVENT:
        if (this.#key === 1) this.#event.frame = this.#frameNumber(value);
        else if (this.#key === 2) this.#event.at = this.#finite(value);
        else this.#wrongType('a number');
        return;
      case FRAME:
        if (this.#key === 2) this.#frame.line = toPlace(value);
        else if (this.#key === 3) this.#frame.column = toPlace(value);
        else this.#wrongType('a number');
        return;
      default:
        if (this.#place === PROFILE && this.#key === START) this.#profile.startValue = this.#finite(value);
        else if (this.#place === PROFILE && this.#key === END) this.#profile.endValue = this.#finite(value);
        else this.#wrongType('a number');
    }
  }

  literal(value: boolean | null): void {
    // What is not known of a function some writers say is null.
    const isLeftOut = value === null && ((this.#place === FRAME && this.#key > 0) || this.#place === PROFILE);
    if (!isLeftOut) this.#wrongType(String(value));
  }

  #beginProfile(): void {
    if (this.#raw.profiles.length >= MOST_PROFILES) throw new ProfileLimitError('profiles', MOST_PROFILES);
    // What is accepted of one file is divided among its profiles.
    const { maxNodes, maxSamples } = this.#limits;
    const left = {
      ...this.#limits,
      maxNodes: maxNodes - this.#rowsBefore,
      maxSamples: maxSamples - this.#samplesBefore,
    };
    this.#profile = new RawSpeedscopeProfile(left);
    this.#stack = new EventStack(this.#profile, left);
    this.#eventCount = 0;
    this.#hasWeights = false;
    this.#place = PROFILE;
  }

  #endProfile(): void {
    const profile = this.#profile;
    const path = this.#profilePath();
    if (profile.hasEvents && profile.hasSamples)
      throw new ProfileShapeError(path, 'has both events and samples');
    if (!profile.hasEvents && !profile.hasSamples)
      throw new ProfileShapeError(`${path}.samples`, 'is missing');
    const samples = profile.sampleRow.length;
    const weights = profile.weight.length;
    if (samples !== weights)
      throw new ProfileShapeError(`${path}.weights`, `has ${weights} entries for ${samples} samples`);
    this.#rowsBefore += profile.rows.length;
    this.#samplesBefore += samples;
    this.#raw.profiles.push(profile);
    this.#place = PROFILES;
  }

  #beginList(): void {
    const profile = this.#profile;
    const isThere =
      (this.#key === EVENT_LIST && profile.hasEvents) ||
      (this.#key === SAMPLE_LIST && profile.hasSamples) ||
      (this.#key === WEIGHT_LIST && this.#hasWeights);
    if (isThere) throw new ProfileShapeError(this.#path(), 'is there twice');
    if (this.#key === EVENT_LIST) {
      profile.hasEvents = true;
      this.#place = EVENTS;
    } else if (this.#key === SAMPLE_LIST) {
      profile.hasSamples = true;
      this.#place = SAMPLES;
    } else if (this.#key === WEIGHT_LIST) {
      this.#hasWeights = true;
      this.#place = WEIGHTS;
    } else this.#wrongType('a list');
  }

  #beginEvent(): void {
    this.#event.type = 0;
    this.#event.frame = NOT_SEEN;
    this.#event.at = Number.NaN;
    this.#place = EVENT;
  }

  #endEvent(): void {
    const { type, frame, at } = this.#event;
    const path = this.#eventPath;
    if (frame === NOT_SEEN) throw new ProfileShapeError(`${path()}.frame`, 'is missing');
    if (Number.isNaN(at)) throw new ProfileShapeError(`${path()}.at`, 'is missing');
    if (type === OPEN) this.#stack.open(frame, at, path);
    else if (type === CLOSE) this.#stack.close(frame, at, path);
    else throw new ProfileShapeError(`${path()}.type`, 'is neither "O" nor "C"');
    this.#eventCount++;
    this.#place = EVENTS;
  }

  #endFrame(): void {
    const { functionOfFrame, functions } = this.#raw;
    const { name, file, line, column } = this.#frame;
    if (name === undefined)
      throw new ProfileShapeError(`shared.frames[${functionOfFrame.length}].name`, 'is missing');
    if (functionOfFrame.length >= this.#limits.maxNodes)
      throw new ProfileLimitError('frames', this.#limits.maxNodes);
    functionOfFrame.push(functions.intern(name, file, line, column));
    this.#place = FRAMES;
  }

  #addWeight(value: number): void {
    const { weight } = this.#profile;
    this.#count(weight.length, 'weights');
    if (!(value >= 0)) throw new ProfileShapeError(this.#path(), 'is negative');
    weight.push(this.#finite(value));
  }

  #count(length: number, what: string): void {
    const allowed = this.#limits.maxSamples - this.#samplesBefore;
    if (length >= allowed) throw new ProfileLimitError(what, this.#limits.maxSamples);
  }

  #frameNumber(value: number): number {
    if (Number.isInteger(value) && value >= 0 && value < 0x7fffffff) return value;
    throw new ProfileShapeError(this.#path(), 'is not the number of a frame');
  }

  #finite(value: number): number {
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
    throw new ProfileShapeError(this.#path(), 'is out of range');
  }

  #wrongType(found: string): never {
    throw new ProfileShapeError(this.#path(), `must not be ${found}`);
  }

  #profilePath(): string {
    return `profiles[${this.#raw.profiles.length}]`;
  }

  #path(): string {
    const key = KEY_NAMES[this.#place]?.[this.#key] ?? '';
    const frame = `shared.frames[${this.#raw.functionOfFrame.length}]`;
    const { sampleRow, weight } = this.#profile;
    switch (this.#place) {
      case OUTSIDE:
        return 'the file as a whole';
      case SHARED:
        return 'shared.frames';
      case FRAMES:
        return frame;
      case FRAME:
        return `${frame}.${key}`;
      case PROFILES:
        return this.#profilePath();
      case PROFILE:
        return `${this.#profilePath()}.${key}`;
      case EVENTS:
        return `${this.#profilePath()}.events[${this.#eventCount}]`;
      case EVENT:
        return `${this.#profilePath()}.events[${this.#eventCount}].${key}`;
      case SAMPLES:
      case SAMPLE:
        return `${this.#profilePath()}.samples[${sampleRow.length}]`;
      case WEIGHTS:
        return `${this.#profilePath()}.weights[${weight.length}]`;
      default:
        return key;
    }
  }
}

function emptyFrame(): { name: string | undefined; file: string; line: number; column: number } {
  return { name: undefined, file: '', line: 0, column: 0 };
}

/** A line or column, counted from 1; what cannot be one is not known. */
function toPlace(value: number): number {
  return value >= 1 && value < 0x7fffffff ? Math.floor(value) : 0;
}
