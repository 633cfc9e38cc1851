import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import { JsonTokenizer } from '../json/json-tokenizer.ts';
import { DEFAULT_LIMITS, type ProfileLimits } from '../model/profile.ts';
import { type ProfileSet, toProfileSet } from '../model/profile-set.ts';
import type { ProfileReader } from '../profile-reader.ts';
import { RawSpeedscope } from './raw-speedscope.ts';
import { SpeedscopeSink } from './speedscope-sink.ts';
import { toProfile } from './to-profile.ts';

/**
 * Reads speedscope's own JSON, evented and sampled, as it arrives: `push` every chunk, then `end`. Both throw a `ProfileError` with
 * a sentence; the reader is of no use after that.
 */
export class SpeedscopeReader implements ProfileReader {
  readonly #limits: ProfileLimits;
  readonly #raw: RawSpeedscope;
  readonly #tokenizer: JsonTokenizer;

  constructor(limits: Partial<ProfileLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#raw = new RawSpeedscope(this.#limits);
    this.#tokenizer = new JsonTokenizer(
      new SpeedscopeSink(this.#raw, this.#limits),
      this.#limits.maxStringBytes,
    );
  }

  push(chunk: Uint8Array): void {
    this.#tokenizer.push(chunk);
    if (this.#tokenizer.consumedBytes > this.#limits.maxFileBytes)
      throw new ProfileLimitError('bytes', this.#limits.maxFileBytes);
  }

  end(): ProfileSet {
    this.#tokenizer.end();
    const raw = this.#raw;
    if (!raw.hasProfiles) throw new ProfileShapeError('profiles', 'is missing');
    if (raw.profiles.length === 0) throw new ProfileShapeError('profiles', 'is empty');
    const frames = {
      root: raw.functions.root(),
      idle: raw.functions.intern('(idle)'),
      functionOfFrame: raw.functionOfFrame,
    };
    const { strings, functions } = raw.functions.finish();
    return toProfileSet(
      raw.profiles.map((profile, index) => ({
        name: profile.name,
        profile: { strings, functions, ...toProfile(profile, frames, `profiles[${index}]`) },
      })),
    );
  }
}
