'use client';

import type { IndexIntoCallTree } from '#profile/index.ts';
import { type CallDifference, type Subject, shareOf } from '../state/subject.ts';
import { useDifferenceText } from '../state/use-difference-text.ts';
import { useMeasure } from '../state/use-measure.ts';
import { useViewerWords } from '../use-viewer-words.ts';

/** Sums of many floating-point numbers are never quite equal. */
const NEARLY_ALL = 1 + 1e-9;

/** Self, total and count of one call, always in this order. */
export function CallNumbers({ subject, row }: { subject: Subject; row: IndexIntoCallTree }) {
  const viewer = useViewerWords();
  const { tree, whole } = subject.view;
  // A caller's own part says nothing where callers stand below what they called.
  const isCalls = tree.goesOn === undefined;
  // Where something is left out, or one function is looked at, all of what is shown is not all there is.
  const isPart = whole > (tree.total[0] as number) * NEARLY_ALL;
  const measure = useMeasure(subject);
  if (subject.difference) return <DifferingNumbers {...{ subject, row }} difference={subject.difference} />;
  const part = (value: number) => (
    <>
      {measure.value(value)} <span className="text-muted">({viewer.share(shareOf(subject, value))})</span>
    </>
  );
  return (
    <span className="whitespace-nowrap text-sm">
      <span className="text-muted">{viewer.facts.total}</span> {part(tree.total[row] as number)}
      {isPart && (
        <span className="text-muted max-sm:hidden">
          {' '}
          {viewer.facts.ofEverything(viewer.share((tree.total[row] as number) / whole))}
        </span>
      )}
      {isCalls && (
        <>
          <span className="ml-3 text-muted">{viewer.facts.self}</span> {part(tree.self[row] as number)}
        </>
      )}
      {measure.counted && (
        <span className="ml-3 text-muted">{measure.counted.count(tree.totalCount[row] as number)}</span>
      )}
    </span>
  );
}

/** Before, after and the difference, of all that was called and of the function itself. */
function DifferingNumbers({
  subject,
  row,
  difference,
}: {
  subject: Subject;
  row: IndexIntoCallTree;
  difference: CallDifference;
}) {
  const viewer = useViewerWords();
  const text = useDifferenceText(subject, difference.scale);
  const part = ({ before, after }: CallDifference['total']) => (
    <>
      {text.value(before[row] as number)} → {text.value(after[row] as number)}{' '}
      <span className="text-muted">({text.change((after[row] as number) - (before[row] as number))})</span>
    </>
  );
  return (
    <span className="whitespace-nowrap text-sm">
      <span className="text-muted">{viewer.facts.total}</span> {part(difference.total)}
      {row > 0 && (
        <>
          <span className="ml-3 text-muted">{viewer.facts.self}</span> {part(difference.self)}
        </>
      )}
    </span>
  );
}
