/** Why a file is not given; each is an error of its own over HTTP. */
export type RefusalReason = 'outside' | 'missing' | 'unreadable' | 'map-unreadable';

/** A file that is not read, or not understood. */
export class SourceRefused extends Error {
  readonly reason: RefusalReason;
  /** As the profile or the source map names it. */
  readonly file: string;
  /** Goes on after a colon: it is larger than 4 MiB. */
  readonly why: string;

  constructor(reason: RefusalReason, file: string, why: string, options?: ErrorOptions) {
    super(`${file}: ${why}`, options);
    this.reason = reason;
    this.file = file;
    this.why = why;
  }
}
