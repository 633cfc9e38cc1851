import { useCallback, useRef } from 'react';
import type { PagedTree } from './paged-tree.ts';

/** Letters typed faster than this go together. */
const TOGETHER_MS = 700;
/** Further away it is a search, which has a view of its own. */
const MOST_LOOKED_AT = 2000;

/** Puts keys together to what is being typed; undefined for keys that write nothing, or that others listen to. */
export function useTypedText(): (key: string) => string | undefined {
  const last = useRef({ text: '', atMs: 0 });
  return useCallback((key) => {
    if (key.length !== 1 || key === ' ' || key === '/' || key === '?') return undefined;
    const nowMs = performance.now();
    const text = nowMs - last.current.atMs < TOGETHER_MS ? last.current.text + key : key;
    last.current = { text, atMs: nowMs };
    return text;
  }, []);
}

/** The next line from `at` on, around the end, that begins with what was typed; one letter goes on to the next such line. */
export function typedTo<Row>(
  tree: Pick<PagedTree<Row>, 'count' | 'lineAt'>,
  at: number,
  text: string,
  textOf: (row: Row) => string,
): number | undefined {
  const sought = text.toLowerCase();
  const from = Math.max(0, text.length === 1 ? at + 1 : at);
  for (let step = 0; step < Math.min(tree.count, MOST_LOOKED_AT); step++) {
    const index = (from + step) % tree.count;
    const line = tree.lineAt(index);
    if (line?.state === 'row' && textOf(line.row).toLowerCase().startsWith(sought)) return index;
  }
  return undefined;
}
