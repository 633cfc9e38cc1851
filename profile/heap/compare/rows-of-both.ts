import type { HolderGroup } from '../query/retainer-tree/merge-holders.ts';

/** A row of merged retainers of either snapshot, or of both; what `either` says of class and field is true of both. */
export interface RowOfBoth {
  readonly before: HolderGroup | undefined;
  readonly after: HolderGroup | undefined;
  readonly either: HolderGroup;
}

/**
 * Lays rows of merged retainers over each other. They are the same by class and field, which mean the same in every process, so
 * that no id is needed; counts and bytes are exact in each.
 */
export function rowsOfBoth(before: readonly HolderGroup[], after: readonly HolderGroup[]): RowOfBoth[] {
  const earlier = new Map(before.map((group) => [group.key, group]));
  const rows: RowOfBoth[] = after.map((group) => ({
    before: earlier.get(group.key),
    after: group,
    either: group,
  }));
  const later = new Set(after.map(({ key }) => key));
  for (const group of before) {
    if (!later.has(group.key)) rows.push({ before: group, after: undefined, either: group });
  }
  return rows;
}
