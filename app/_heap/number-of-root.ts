import type { HeapReferenceRow } from '#profile/heap/query/heap-query.ts';

/** Whether a step of a way from the root, counted from 0, is called by the number alone that V8 gives its roots: it says nothing to a reader. */
export function isNumberOfRoot({ edgeName }: Pick<HeapReferenceRow, 'edgeName'>, at: number): boolean {
  return at === 0 && /^\d+$/.test(edgeName);
}
