import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import { JsonTokenizer } from '../json/json-tokenizer.ts';
import { internRoot, toFunctionTable } from '../model/function-rows.ts';
import { DEFAULT_LIMITS, type Profile, type ProfileLimits } from '../model/profile.ts';
import { onlyProfile, type ProfileSet } from '../model/profile-set.ts';
import type { ProfileReader } from '../profile-reader.ts';
import { CpuProfileSink } from './cpu-profile-sink.ts';
import { RawCpuProfile } from './raw-cpu-profile.ts';
import { toCpuProfile } from './to-cpu-profile.ts';

/**
 * Reads V8's `.cpuprofile` as it arrives: `push` every chunk of the file (4–8 MB each is best), then `end`. Both throw a
 * `ProfileError` with a sentence for a file that is corrupt, cut off, inconsistent or too large; the reader is of no use
 * after that.
 */
export class CpuProfileReader implements ProfileReader {
  readonly #raw: RawCpuProfile;
  readonly #tokenizer: JsonTokenizer;
  readonly #limits: ProfileLimits;

  constructor(limits: Partial<ProfileLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#raw = new RawCpuProfile(this.#limits);
    this.#tokenizer = new JsonTokenizer(
      new CpuProfileSink(this.#raw, this.#limits),
      this.#limits.maxStringBytes,
    );
  }

  push(chunk: Uint8Array): void {
    this.#tokenizer.push(chunk);
    if (this.#tokenizer.consumedBytes > this.#limits.maxFileBytes)
      throw new ProfileLimitError('bytes', this.#limits.maxFileBytes);
  }

  end(): ProfileSet {
    return onlyProfile(this.#finish());
  }

  #finish(): Profile {
    this.#tokenizer.end();
    const raw = this.#raw;
    if (!raw.hasNodes) throw new ProfileShapeError('nodes', 'is missing');
    if (!raw.hasSamples) throw new ProfileShapeError('samples', 'is missing');
    if (!raw.hasTimeDeltas) throw new ProfileShapeError('timeDeltas', 'is missing');
    const root = internRoot(raw.strings, raw.functions);
    const strings = raw.strings.toStrings();
    return {
      strings,
      functions: toFunctionTable(raw.functions, strings),
      ...toCpuProfile(raw, root, this.#limits.maxDepth),
    };
  }
}
