import { type CallTree, forEachChild, type IndexIntoCallTree } from '#profile/index.ts';
import { callersOf } from '../flame/navigation.ts';

/** One call as a screen reader meets it. */
export interface TreeItem {
  readonly row: IndexIntoCallTree;
  /** From 1, as `aria-level` counts. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly isExpanded: boolean | undefined;
}

/** Siblings before and after the chosen one, and callees, that are there at once; moving brings the next. */
const NEAR = 30;
const NONE = -1;

/**
 * The part of the tree around the chosen call, in reading order: its callers, its nearest siblings, its callees. The rest is
 * one step away; a million items would help nobody.
 */
export function itemsAround(tree: CallTree, selected: IndexIntoCallTree): TreeItem[] {
  const items: TreeItem[] = [item(tree, 0, 1, 1, true)];
  const path = callersOf(tree, selected);
  for (const row of path.slice(0, -1)) {
    const { position, count } = placeAmongSiblings(tree, row);
    items.push(item(tree, row, position, count, true));
  }
  if (selected === 0) items.push(...childrenNear(tree, 0, NONE));
  else items.push(...childrenNear(tree, tree.parent[selected] as number, selected));
  return items;
}

function item(
  tree: CallTree,
  row: IndexIntoCallTree,
  position: number,
  siblings: number,
  isOpen: boolean,
): TreeItem {
  const hasCallees = (tree.end[row] as number) > row + 1;
  return {
    row,
    level: (tree.depth[row] as number) + 1,
    position,
    siblings,
    isExpanded: hasCallees ? isOpen : undefined,
  };
}

/** The children of a row near the chosen one, which is followed by its own callees. */
function childrenNear(tree: CallTree, parent: IndexIntoCallTree, selected: IndexIntoCallTree): TreeItem[] {
  const rows: number[] = [];
  forEachChild(tree, parent, (child) => rows.push(child));
  const at = Math.max(0, rows.indexOf(selected));
  const from = Math.max(0, at - NEAR);
  return rows.slice(from, at + NEAR + 1).flatMap((row, index) => {
    const isSelected = row === selected;
    const own = item(tree, row, from + index + 1, rows.length, isSelected);
    return isSelected ? [own, ...childrenNear(tree, row, NONE)] : [own];
  });
}

function placeAmongSiblings(tree: CallTree, row: IndexIntoCallTree): { position: number; count: number } {
  let position = 0;
  let count = 0;
  forEachChild(tree, tree.parent[row] as number, (child) => {
    count++;
    if (child <= row) position = count;
  });
  return { position, count };
}
