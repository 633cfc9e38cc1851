import type { CallTree } from '#profile/index.ts';
import { toRegExp } from './pattern-thread.ts';

export type Query =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; test(text: string): boolean }
  /** A valid regular expression; it may still take forever, so it is for a `PatternSearch`. */
  | { readonly kind: 'pattern'; readonly source: string }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Case does not matter. A pattern is a JavaScript regular expression. */
export function toQuery(search: string, isPattern: boolean): Query {
  if (search === '') return { kind: 'none' };
  if (!isPattern) {
    const wanted = search.toLocaleLowerCase();
    return { kind: 'text', test: (text) => text.toLocaleLowerCase().includes(wanted) };
  }
  try {
    toRegExp(search);
    return { kind: 'pattern', source: search };
  } catch (error) {
    // "Invalid regular expression: /(/i: Unterminated group": the last part is what says something.
    return {
      kind: 'invalid',
      reason: error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : '',
    };
  }
}

export interface Matches {
  /** 1 for each function found. */
  readonly functions: Uint8Array;
  readonly functionCount: number;
  /** Rows of the tree in its order, to go from one to the next. */
  readonly rows: Uint32Array;
  /** What found functions and all they called took; a match within a match is not counted again. */
  readonly value: number;
}

export function findMatches(
  tree: CallTree,
  functionCount: number,
  isMatch: (func: number) => boolean,
): Matches {
  const functions = new Uint8Array(functionCount);
  let found = 0;
  for (let func = 0; func < functionCount; func++) {
    if (func === tree.func[0] || !isMatch(func)) continue;
    functions[func] = 1;
    found++;
  }
  const rows: number[] = [];
  let value = 0;
  let countedUntil = 0;
  for (let row = 1; row < tree.length; row++) {
    if (functions[tree.func[row] as number] === 0) continue;
    rows.push(row);
    if (row < countedUntil) continue;
    countedUntil = tree.end[row] as number;
    value += tree.total[row] as number;
  }
  return { functions, functionCount: found, rows: Uint32Array.from(rows), value };
}

/** The next found row after `from` (or before it), around the end if need be; undefined when nothing was found. */
export function findNextMatch(matches: Matches, from: number, by: 1 | -1): number | undefined {
  const { rows } = matches;
  if (rows.length === 0) return undefined;
  if (by === 1) return rows.find((row) => row > from) ?? rows[0];
  return rows.findLast((row) => row < from) ?? rows.at(-1);
}
