import type { Sides } from './changes.ts';

interface DatedFile {
  readonly lastModified: number;
}

/**
 * Puts files where they belong: two of them by when they were written, the earlier before; one of them on a side where there
 * is nothing yet, else in place of what was after.
 *
 * @param isTaken the sides that captures stand on
 */
export function placeFiles<F extends DatedFile>(
  files: Sides<F | undefined>,
  isTaken: Sides<boolean>,
  added: readonly F[],
): Sides<F | undefined> {
  const [one, other] = added;
  if (one === undefined) return files;
  if (other !== undefined)
    return one.lastModified <= other.lastModified
      ? { before: one, after: other }
      : { before: other, after: one };
  const hasBefore = files.before !== undefined || isTaken.before;
  return hasBefore ? { ...files, after: one } : { ...files, before: one };
}
