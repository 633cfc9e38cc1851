import { type CallTree, type MatchingRows, matchRows } from '#profile/index.ts';
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

export interface Matches extends MatchingRows {
  /** 1 for each function found. */
  readonly functions: Uint8Array;
  readonly functionCount: number;
}

/** `isMatch` is asked of all functions, the root's too. */
export function findMatches(
  tree: CallTree,
  functionCount: number,
  isMatch: (func: number) => boolean,
): Matches {
  const functions = new Uint8Array(functionCount);
  let found = 0;
  for (let func = 0; func < functionCount; func++) {
    if (!isMatch(func)) continue;
    functions[func] = 1;
    found++;
  }
  const matching = matchRows(tree, functions);
  // Around one function, that function is what all of its tree stands below.
  if (functions[tree.func[0] as number] !== 1) return { functions, functionCount: found, ...matching };
  const rows = Uint32Array.of(0, ...matching.rows);
  return { functions, functionCount: found, rows, value: tree.total[0] as number };
}
