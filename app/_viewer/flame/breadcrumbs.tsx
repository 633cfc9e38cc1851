'use client';

import type { IndexIntoCallTree } from '#profile/index.ts';
import type { Subject } from '../state/subject.ts';
import { useMeasure } from '../state/use-measure.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { CallNumbers } from './call-numbers.tsx';
import { callersOf } from './navigation.ts';

/** Callers shown by name; the ones further up are counted. */
const SHOWN = 4;

interface BreadcrumbsProps {
  readonly subject: Subject;
  readonly zoomedTo: IndexIntoCallTree;
  /** What all of the picture is called; by default its root. */
  readonly wholeName?: string | undefined;
  onZoom(row: IndexIntoCallTree): void;
}

/** The way back out of a zoom, one caller at a time. */
export function Breadcrumbs({ subject, zoomedTo, wholeName, onZoom }: BreadcrumbsProps) {
  const viewer = useViewerWords();
  const path = callersOf(subject.view.tree, zoomedTo);
  const hidden = Math.max(0, path.length - SHOWN);
  return (
    <nav aria-label={viewer.zoomedTo} className="flex min-w-0 items-center gap-1 overflow-hidden text-sm">
      <Crumb
        name={wholeName ?? subject.label(subject.view.tree.func[0] as number)}
        isCurrent={zoomedTo === 0}
        onClick={() => onZoom(0)}
      />
      {zoomedTo === 0 &&
        wholeName === undefined &&
        (subject.difference ? (
          // Shares of everything are 100 % on both sides.
          subject.difference.scale === 'amounts' && <CallNumbers subject={subject} row={0} />
        ) : (
          <Whole subject={subject} />
        ))}
      {hidden > 0 && (
        <span className="shrink-0 text-muted" title={viewer.hiddenCallers(hidden)}>
          / …
        </span>
      )}
      {path.slice(hidden).map((row) => (
        <span key={row} className="flex min-w-0 items-center gap-1">
          <span aria-hidden="true" className="text-muted">
            /
          </span>
          <Crumb
            name={subject.label(subject.view.tree.func[row] as number)}
            isCurrent={row === zoomedTo}
            onClick={() => onZoom(row)}
          />
        </span>
      ))}
    </nav>
  );
}

/** What 100 % is, and what is not part of it. */
function Whole({ subject }: { subject: Subject }) {
  const viewer = useViewerWords();
  const { tree, longestMs } = subject.view;
  const measure = useMeasure(subject);
  const { value } = tree.idle;
  const whole = measure.words.whole(measure.value(tree.total[0] as number));
  const counted = measure.counted?.count(tree.totalCount[0] as number);
  return (
    <span className="truncate text-muted">
      {counted === undefined ? whole : viewer.measures.in(whole, counted)}
      {longestMs !== undefined &&
        measure.words.longest &&
        ` · ${measure.words.longest(viewer.value(longestMs, 'milliseconds'))}`}
      {value > 0 && ` · ${viewer.facts.idleLeftOut(measure.value(value))}`}
    </span>
  );
}

function Crumb({ name, isCurrent, onClick }: { name: string; isCurrent: boolean; onClick(): void }) {
  if (isCurrent) {
    return (
      <span aria-current="true" className="truncate px-1">
        {name}
      </span>
    );
  }
  return (
    <button
      type="button"
      onClick={onClick}
      className="truncate rounded-sm px-1 text-muted hover:bg-hover hover:text-text"
    >
      {name}
    </button>
  );
}
