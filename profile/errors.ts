import type { ValueType } from './model/profile.ts';
import { ProfileError } from './profile-error.ts';

/** In files of their own, as whoever looks at no heap needs none of them. */
export { HeapFilterError, HeapObjectError, HeapQueryError, ProfileMemoryError } from './heap/errors.ts';
export { ProfileError } from './profile-error.ts';

/** The bytes are not of the format, or end too early. */
export class ProfileSyntaxError extends ProfileError {
  override readonly name = 'ProfileSyntaxError';
  readonly code = 'profile-corrupt';
  /** Where the first wrong byte stands, counted from 0; the file's length when it ends too early. */
  readonly offsetBytes: number;
  /** The sentence without the place. */
  readonly what: string;

  constructor(what: string, offsetBytes: number) {
    super(`The profile is corrupt: ${what} at byte ${offsetBytes}.`);
    this.what = what;
    this.offsetBytes = offsetBytes;
  }
}

/** The bytes are of the format, but do not say what it promises. */
export class ProfileShapeError extends ProfileError {
  override readonly name = 'ProfileShapeError';
  readonly code = 'profile-inconsistent';
  /** The offending field as a path, such as `nodes[12].callFrame.url`. */
  readonly field: string;
  /** The rest of the sentence. */
  readonly what: string;
  /** Where in the file, counted from 0, if that is known. */
  readonly offsetBytes: number | undefined;

  constructor(field: string, what: string, offsetBytes?: number) {
    super(`The profile cannot be used: ${field} ${what}${place(offsetBytes)}.`);
    this.field = field;
    this.what = what;
    this.offsetBytes = offsetBytes;
  }
}

function place(offsetBytes: number | undefined): string {
  return offsetBytes === undefined ? '' : ` (at byte ${offsetBytes})`;
}

/** The profile is larger than what this reader accepts; a guard against files made to exhaust memory. */
export class ProfileLimitError extends ProfileError {
  override readonly name = 'ProfileLimitError';
  readonly code = 'profile-too-large';
  readonly limit: string;
  readonly allowed: number;

  constructor(limit: string, allowed: number) {
    super(`The profile is too large to read: more than ${allowed} ${limit}.`);
    this.limit = limit;
    this.allowed = allowed;
  }
}

/** Profiles that are to be put together measure nothing in common. */
export class ProfileMismatchError extends ProfileError {
  override readonly name = 'ProfileMismatchError';
  readonly code = 'profiles-differ';

  /** @param valueTypes of each profile */
  constructor(valueTypes: readonly (readonly ValueType[])[]) {
    const lists = new Set(
      valueTypes.map((types) => types.map(({ type, unit }) => `${type} in ${unit}`).join(', ')),
    );
    super(`The profiles measure nothing in common: ${[...lists].join('; ')}.`);
  }
}

/** The file is something else than a profile that can be read. */
export class ProfileFormatError extends ProfileError {
  override readonly name = 'ProfileFormatError';
  readonly code = 'profile-unknown-format';

  /** @param what the rest of a sentence that begins with "the file", such as `is a ZIP archive` */
  constructor(what: string) {
    super(`The file ${what}. ${CAN_BE_OPENED}`);
  }
}

const CAN_BE_OPENED =
  'CPU profiles and sampled heap profiles of V8, pprof, collapsed stacks, speedscope JSON and Chrome traces can be opened, also packed with gzip.';
