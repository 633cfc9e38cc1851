import type { HeapClasses } from '../names/heap-classes.ts';

/** The classes of both snapshots under one numbering: those of the later one keep theirs, others follow. */
export interface CommonClasses {
  readonly names: readonly string[];
  /** By the numbers that the earlier snapshot has. */
  readonly ofEarlier: Uint32Array;
}

/** Matched by name: a number means nothing in another snapshot. */
export function toCommonClasses(later: HeapClasses, earlier: HeapClasses): CommonClasses {
  const names = [...later.names];
  const numbers = new Map(names.map((name, number) => [name, number]));
  const ofEarlier = Uint32Array.from(earlier.names, (name) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, names.length);
    return names.push(name) - 1;
  });
  return { names, ofEarlier };
}
