import type { HeapObjectId } from '#profile/heap/model/heap-graph.ts';
import type { HeapCompareSort, HeapOrder } from '#profile/heap/query/heap-query.ts';
import type { HeapState, HeapTree, HeapView, HoldersOf } from './heap-state.ts';
import { MOST_IGNORED, MOST_OPEN_ROWS } from './heap-state.ts';
import { type RowPath, toggledPaths } from './row-path.ts';

/** Where a list begins that shows something else than before. */
const AT_THE_TOP = { cursor: undefined, scrolledRows: 0 } as const;

type Change = Partial<HeapState>;

export function toView(view: HeapView): Change {
  return { view, ...AT_THE_TOP };
}

/** Another order or filter of what is listed. */
export function listedAnew(change: Change): Change {
  return { ...change, ...AT_THE_TOP };
}

/** What was open below another object says nothing of this one. */
export function selectObject(state: HeapState, selected: HeapObjectId | undefined): Change {
  if (state.selected === selected) return {};
  return { selected, open: { ...state.open, fields: [], retainers: [] } };
}

export function openRow(state: HeapState, tree: HeapTree, path: RowPath, isOpen: boolean): Change {
  const open = toggledPaths(state.open[tree], path, isOpen).slice(-MOST_OPEN_ROWS);
  return { open: { ...state.open, [tree]: open } };
}

export function showHolders(state: HeapState, holdersOf: HoldersOf): Change {
  return { ...toView('holders'), holdersOf, open: { ...state.open, holders: [] } };
}

/** The class with its objects, and no other. */
export function showClass(state: HeapState, className: string): Change {
  return {
    ...toView('classes'),
    classFilter: `class:"${className.replace(/["\\]/g, '\\$&')}"`,
    cursor: [className],
    open: { ...state.open, classes: [[className]] },
  };
}

export function ignoreRetainer({ ignored }: HeapState, id: HeapObjectId): Change {
  return { ignored: [...ignored.filter((other) => other !== id), id].slice(-MOST_IGNORED) };
}

export function noticeRetainer({ ignored }: HeapState, id: HeapObjectId): Change {
  return { ignored: ignored.filter((other) => other !== id) };
}

/** The object where it stands in the tree of dominators, with all above it open. */
export function showInDominators(
  state: HeapState,
  id: HeapObjectId,
  dominators: readonly HeapObjectId[],
): Change {
  // Nearest first, and the root last, which the tree begins below.
  const above = dominators.slice(0, -1).reverse().map(String);
  const opened = above.map((_, index) => above.slice(0, index + 1));
  const open = [...state.open.dominators, ...opened].slice(-MOST_OPEN_ROWS);
  return {
    view: 'dominators',
    open: { ...state.open, dominators: open },
    cursor: [...above, String(id)],
    scrolledRows: 0,
  };
}

/** By what changes can be ordered, with ids that hold and without; each of the two has columns of its own. */
const SORTS_WITHOUT_IDS: readonly HeapCompareSort[] = ['moreRetained', 'moreShallow', 'moreCount', 'name'];

/** What was chosen, where there is such a column; else what grew most stands first. */
export function changeOrderIn({ changeOrder }: HeapState, idsHold: boolean): HeapOrder<HeapCompareSort> {
  const needsNoIds = SORTS_WITHOUT_IDS.includes(changeOrder.by);
  if (changeOrder.by === 'name' || needsNoIds !== idsHold) return changeOrder;
  return { by: idsHold ? 'grownBytes' : 'moreRetained', descending: true };
}

/** Changes of another class are listed from their beginning. */
export function showChanges(changedClass: string, state: HeapState): Change {
  return { changedClass, open: { ...state.open, changes: [] } };
}
