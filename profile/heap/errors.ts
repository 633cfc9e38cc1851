import { ProfileError } from '../profile-error.ts';

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
