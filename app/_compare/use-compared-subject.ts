import { useMemo } from 'react';
import { shadesOfDifference } from '../_viewer/flame/difference-shades.ts';
import type { MergedView, OpenedProfile } from '../_viewer/loading/protocol.ts';
import type { CallDifference, Subject } from '../_viewer/state/subject.ts';
import { useSubject } from '../_viewer/state/use-subject.ts';
import type { Sides } from './changes.ts';
import type { ComparedView } from './loading/compare-protocol.ts';

export interface ComparedSubject {
  /** The tree of both. */
  readonly both: Subject;
  /** The same rows, as wide as each side alone has them. */
  readonly sides: Sides<Subject>;
  /** By row: what became more, and what less. */
  readonly rowShades: Uint8Array;
}

/** What is compared, as the parts of the viewer are given it. */
export function useComparedSubject(profile: OpenedProfile, view: ComparedView): ComparedSubject {
  const merged = useMemo(() => toMergedView(view), [view]);
  const plain = useSubject(profile, merged);
  return useMemo(() => {
    const difference = toDifference(view);
    const both = { ...plain, difference };
    const side = (name: 'before' | 'after'): Subject => {
      const tree = { ...view.tree, ...view.tree[name] };
      return { ...both, view: { ...merged, tree, layout: view.sideLayouts[name] } };
    };
    return {
      both,
      sides: { before: side('before'), after: side('after') },
      rowShades: toShades(view, difference),
    };
  }, [plain, merged, view]);
}

function toMergedView({ valueType, tree, layout, totals }: ComparedView): MergedView {
  const leftOut = tree.leftOut.value;
  return {
    valueType,
    tree,
    layout,
    totals,
    leftOut,
    whole: (tree.total[0] as number) + leftOut,
    longestMs: undefined,
    callers: undefined,
    middle: undefined,
  };
}

function toDifference({ scale, tree }: ComparedView): CallDifference {
  const { before, after } = tree;
  const unit = (whole: number | undefined) => (scale === 'amounts' ? 1 : whole ? 1 / whole : 0);
  const scaled = (values: Float64Array, whole: number | undefined) =>
    scale === 'amounts' ? values : values.map((value) => value * unit(whole));
  return {
    scale,
    total: { before: scaled(before.total, before.total[0]), after: scaled(after.total, after.total[0]) },
    self: { before: scaled(before.self, before.total[0]), after: scaled(after.self, after.total[0]) },
  };
}

/** Measured by the whole: of amounts by that of the side that has more. */
function toShades({ scale, tree }: ComparedView, { total }: CallDifference): Uint8Array {
  const whole = scale === 'shares' ? 1 : Math.max(tree.before.total[0] ?? 0, tree.after.total[0] ?? 0) || 1;
  return shadesOfDifference(total.after.map((value, row) => (value - (total.before[row] as number)) / whole));
}
