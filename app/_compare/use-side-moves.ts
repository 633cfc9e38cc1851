import { rangeOf } from '../_viewer/flame/view-range.ts';
import type { Matches } from '../_viewer/search/function-search.ts';
import type { Subject } from '../_viewer/state/subject.ts';
import { type Moves, useMoves } from '../_viewer/state/use-moves.ts';
import type { PictureState } from '../_viewer/state/viewer-state.ts';

/** Moves on one side of two: where it has nothing of the call that is zoomed to, its nearest caller is shown that it has. */
export function useSideMoves(
  subject: Subject,
  state: PictureState,
  change: (change: Partial<PictureState>) => void,
  matches: Matches | undefined,
): Moves {
  const moves = useMoves(subject, state, change, matches);
  const { tree, layout } = subject.view;
  let zoomedTo = moves.zoomedTo;
  while (zoomedTo > 0 && !((tree.total[zoomedTo] as number) > 0)) zoomedTo = tree.parent[zoomedTo] as number;
  return zoomedTo === moves.zoomedTo ? moves : { ...moves, zoomedTo, range: rangeOf(tree, layout, zoomedTo) };
}
