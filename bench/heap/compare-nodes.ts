import type { NodeColumns } from './node-columns.ts';
import type { OpenedClass } from './opened.ts';

/** What two readers of one snapshot say otherwise, by the column: how many, and the first of them. */
export interface Differences {
  readonly what: string;
  readonly count: number;
  readonly first: readonly Difference[];
}

export interface Difference {
  /** The node's place in the file, or the name of a class. */
  readonly of: number | string;
  readonly ours: number;
  readonly theirs: number;
}

const SHOWN = 6;

/** Of every node. Sizes are whole numbers of bytes, so they are the same or not. */
export function compareNodes(ours: NodeColumns, theirs: NodeColumns): Differences[] {
  return (['shallow', 'dominator', 'retained', 'distance'] as const).map((what) => {
    const first: Difference[] = [];
    const [left, right] = [ours[what], theirs[what]];
    let count = 0;
    for (let node = 0; node < right.length; node++) {
      if (left[node] === right[node]) continue;
      count++;
      if (first.length < SHOWN) first.push({ of: node, ours: left[node] ?? 0, theirs: right[node] ?? 0 });
    }
    return { what, count, first };
  });
}

/** Classes that both have under one name; one that only one of them has counts with nothing on the other side. */
export function compareClasses(ours: readonly OpenedClass[], theirs: readonly OpenedClass[]): Differences[] {
  const [left, right] = [byName(ours), byName(theirs)];
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return (['count', 'shallowBytes', 'retainedBytes'] as const).map((what) => {
    const differences = names
      .map((name) => ({ of: name, ours: left.get(name)?.[what] ?? 0, theirs: right.get(name)?.[what] ?? 0 }))
      .filter((one) => one.ours !== one.theirs);
    return { what: `class ${what}`, count: differences.length, first: differences.slice(0, SHOWN) };
  });
}

const byName = (classes: readonly OpenedClass[]) => new Map(classes.map((one) => [one.name, one]));
