import {
  FRAME_KIND,
  type FrameSelector,
  type FunctionTotals,
  findPackage,
  type IndexIntoFunctionTable,
  ORIGIN,
  toFunctionName,
  toFunctionTotals,
} from '#profile/index.ts';
import { isRoot, printable, shortPathOf, urlOf } from '../flame/function-labels.ts';
import { originNameOf } from '../flame/function-shades.ts';
import type { Matches } from '../search/function-search.ts';
import type { Subject } from '../state/subject.ts';
import { functionToText } from '../state/transform-text.ts';
import type { RowKind } from '../state/viewer-state.ts';

/** A row of the table: a function, or a file or package with all its functions. */
export type IndexIntoTableRows = number;

/** What the table is about, whatever a row is. */
export interface TableRows {
  /** The rows that samples hit. */
  readonly hit: Uint32Array;
  /** By row; in a group, calls from function to function are counted once. */
  readonly totals: FunctionTotals;
  /** What a link finds the row by: the same in every profile. */
  id(row: IndexIntoTableRows): string;
  label(row: IndexIntoTableRows): string;
  place(row: IndexIntoTableRows): string;
  isMatch(row: IndexIntoTableRows, matches: Matches): boolean;
  selectorOf(row: IndexIntoTableRows): FrameSelector;
  /** What to search for to see its functions; undefined where the row is a function, or nothing finds it. */
  searchFor(row: IndexIntoTableRows): string | undefined;
}

export type GroupKind = Exclude<RowKind, 'function' | 'callers'>;

export function functionRows(subject: Subject): TableRows {
  const { profile, view } = subject;
  const { totals } = view;
  return {
    hit: Uint32Array.from(totals.total.keys()).filter(
      (func) => isHit(totals, func) && !isRoot(profile, func),
    ),
    totals,
    id: (func) => functionToText(toFunctionName(profile, func)),
    label: subject.label,
    place: subject.place,
    isMatch: (func, matches) => matches.functions[func] === 1,
    selectorOf: (func) => ({ by: 'function', function: toFunctionName(profile, func) }),
    searchFor: () => undefined,
  };
}

/** How a group without a file is called: by whose code it is. */
export type OriginNames = Readonly<Record<keyof typeof ORIGIN, string>>;

export function groupRows(subject: Subject, kind: GroupKind, names: OriginNames): TableRows {
  const { profile, view } = subject;
  const groups = new Groups();
  const groupOf = Uint32Array.from({ length: profile.functions.length }, (_, func) =>
    // The root and the values of a label have no file either, but a group with them would be everything.
    groups.add(
      func,
      isRoot(profile, func) || profile.functions.kind[func] === FRAME_KIND.label
        ? ROOT_KEY
        : keyOf(urlOf(profile, func), profile.origin[func] as number, kind),
    ),
  );
  const rootGroup = groups.find(ROOT_KEY);
  const func = view.tree.func.map((called) => groupOf[called] as number);
  const totals = toFunctionTotals({ ...view.tree, func }, groups.keys.length);
  const key = (row: number) => groups.keys[row] as GroupKey;
  return {
    hit: Uint32Array.from(totals.total.keys()).filter((row) => isHit(totals, row) && row !== rootGroup),
    totals,
    id: (row) => idOf(key(row)),
    label: (row) => labelOfKey(key(row), names),
    place: (row) => {
      const { by, text } = key(row);
      const path = printable(text.replace(/^file:\/\//, ''));
      return by === 'file' && path !== printable(shortPathOf(text)) ? path : '';
    },
    isMatch: (row, matches) => groups.functions[row]?.some((func) => matches.functions[func] === 1) ?? false,
    selectorOf: (row) => selectorOfKey(key(row)),
    searchFor: (row) => {
      const { by, text } = key(row);
      return by === 'origin' ? undefined : by === 'package' ? `node_modules/${text}/` : text;
    },
  };
}

interface GroupKey {
  readonly by: 'file' | 'package' | 'origin';
  readonly text: string;
  readonly origin: number;
}

const ROOT_KEY: GroupKey = { by: 'origin', text: '', origin: -1 };

/** Own code is one package, Node.js another; what has no file is told apart by whose code it is. */
function keyOf(url: string, origin: number, kind: GroupKind): GroupKey {
  if (kind === 'file' && url !== '') return { by: 'file', text: url, origin };
  const name = kind === 'package' ? findPackage(url) : undefined;
  return name === undefined ? { by: 'origin', text: '', origin } : { by: 'package', text: name, origin };
}

function idOf({ by, text, origin }: GroupKey): string {
  return by === 'origin' ? `${origin}` : `${by}:${text}`;
}

class Groups {
  readonly keys: GroupKey[] = [];
  readonly functions: IndexIntoFunctionTable[][] = [];
  readonly #rows = new Map<string, IndexIntoTableRows>();

  find(key: GroupKey): IndexIntoTableRows | undefined {
    return this.#rows.get(idOf(key));
  }

  add(func: IndexIntoFunctionTable, key: GroupKey): IndexIntoTableRows {
    const id = idOf(key);
    let row = this.#rows.get(id);
    if (row === undefined) {
      row = this.keys.push(key) - 1;
      this.functions.push([]);
      this.#rows.set(id, row);
    }
    this.functions[row]?.push(func);
    return row;
  }
}

function isHit(totals: FunctionTotals, row: IndexIntoTableRows): boolean {
  return totals.totalCount[row] !== 0 || totals.total[row] !== 0;
}

function labelOfKey({ by, text, origin }: GroupKey, names: OriginNames): string {
  switch (by) {
    case 'file':
      return printable(shortPathOf(text));
    case 'package':
      return printable(text);
    case 'origin':
      return names[originNameOf(origin)];
  }
}

function selectorOfKey({ by, text, origin }: GroupKey): FrameSelector {
  switch (by) {
    case 'file':
      return { by, url: text };
    case 'package':
      return { by, name: text };
    case 'origin':
      return { by, origin: ORIGIN[originNameOf(origin)] };
  }
}
