import type { Capture, CaptureId } from '#contract';
import { compareHref, compareWithHref, inOrderOfTime, parseCaptureIds } from '../_capture/capture-sets.ts';
import type { Sides } from './changes.ts';

/** What the address says of what is compared. */
export interface CompareAddress extends Sides<readonly CaptureId[]> {
  /** One that is to be compared with another, which is still to be chosen; time says which was before. */
  readonly of: CaptureId | undefined;
}

export function parseCompareAddress(query: URLSearchParams): CompareAddress {
  return {
    before: parseCaptureIds(query.get('before')),
    after: parseCaptureIds(query.get('after')),
    of: parseCaptureIds(query.get('of'))[0],
  };
}

/** Where the page is that compares what was there with what is chosen now. */
export function pickHref(
  { before, after }: CompareAddress,
  known: Capture | undefined,
  picked: Capture,
): string {
  if (before.length > 0) return compareHref(before, [picked.id]);
  if (after.length > 0) return compareHref([picked.id], after);
  if (known === undefined) return compareWithHref(picked.id);
  const [first, second] = inOrderOfTime([known, picked]).map(({ id }) => id);
  return compareHref(first === undefined ? [] : [first], second === undefined ? [] : [second]);
}

/** Where another one is chosen for a side; the other side stays. */
export function changeHrefs({ before, after }: Sides<readonly CaptureId[]>): Sides<string> {
  return {
    before: `/compare?after=${after.join(',')}`,
    after: `/compare?before=${before.join(',')}`,
  };
}

/** The same with the sides swapped, and all else that the address holds. */
export function swappedQuery(query: URLSearchParams): string {
  const swapped = new URLSearchParams(query);
  const [before, after] = [query.get('before'), query.get('after')];
  swapped.set('before', after ?? '');
  swapped.set('after', before ?? '');
  return swapped.toString();
}
