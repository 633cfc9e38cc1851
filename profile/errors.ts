import type { ValueType } from './model/profile.ts';

/** Every way in which reading or deriving a profile can fail; all are told by `docs/errors.md`. */
type ProfileErrorCode =
  | 'heap-filter-invalid'
  | 'heap-object-unknown'
  | 'heap-query-invalid'
  | 'profile-corrupt'
  | 'profile-inconsistent'
  | 'profile-needs-memory'
  | 'profile-too-large'
  | 'profile-unknown-format'
  | 'profiles-differ';

/** The base of this room's errors. The message is a whole sentence, fit to be shown to a person. */
export abstract class ProfileError extends Error {
  abstract readonly code: ProfileErrorCode;
}

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

/** The profile is sound, but takes more memory than whoever reads it has given. */
export class ProfileMemoryError extends ProfileError {
  override readonly name = 'ProfileMemoryError';
  readonly code = 'profile-needs-memory';
  /** The least that is known to be needed. */
  readonly neededBytes: number;
  readonly allowedBytes: number;

  constructor(neededBytes: number, allowedBytes: number, options?: ErrorOptions) {
    super(
      `The profile needs more memory than there is: at least ${toMebibytes(neededBytes)} MiB, where ${toMebibytes(allowedBytes)} MiB are allowed.`,
      options,
    );
    this.neededBytes = neededBytes;
    this.allowedBytes = allowedBytes;
  }
}

function toMebibytes(bytes: number): string {
  return Math.ceil(bytes / 2 ** 20).toLocaleString('en');
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

/** What was written to search a heap with is not of the language of filters. */
export class HeapFilterError extends ProfileError {
  override readonly name = 'HeapFilterError';
  readonly code = 'heap-filter-invalid';
  /** Where in the filter, in characters counted from 0. */
  readonly position: number;

  /** @param expected what should stand there, such as `a closing “)”` */
  constructor(position: number, expected: string) {
    super(`The filter is not understood: character ${position + 1} should be ${expected}.`);
    this.position = position;
  }
}

/** A heap was asked about an object or a class that is not in it. */
export class HeapObjectError extends ProfileError {
  override readonly name = 'HeapObjectError';
  readonly code = 'heap-object-unknown';

  /** @param what such as `object @123` */
  constructor(what: string) {
    super(`There is no ${what} in this snapshot.`);
  }
}

/** A heap was asked what it does not answer. */
export class HeapQueryError extends ProfileError {
  override readonly name = 'HeapQueryError';
  readonly code = 'heap-query-invalid';

  /** @param what the rest of a sentence that begins with "the question" */
  constructor(what: string) {
    super(`The snapshot cannot answer this: the question ${what}.`);
  }
}

const CAN_BE_OPENED =
  'CPU profiles and sampled heap profiles of V8, pprof, collapsed stacks, speedscope JSON and Chrome traces can be opened, also packed with gzip.';
