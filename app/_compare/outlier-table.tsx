'use client';

import { useState } from 'react';
import type { Capture } from '#contract';
import type { OutlierFunction, Outliers } from '#profile/index.ts';
import { compareHref } from '../_capture/capture-sets.ts';
import { Button, buttonClass } from '../_ui/button.tsx';
import { classNames } from '../_ui/class-names.ts';
import { Link } from '../_ui/link.tsx';
import { labelOf, placeOf } from '../_viewer/flame/function-labels.ts';
import type { MergedFrom } from '../_viewer/loading/protocol.ts';
import type { RankedPart } from '../_viewer/loading/rank-parts.ts';
import { useViewerWords } from '../_viewer/use-viewer-words.ts';
import { oddnessOf } from './oddness.ts';
import { useCompareWords } from './use-compare-words.ts';

interface OutlierTableProps {
  readonly merged: MergedFrom;
  readonly captures: readonly Capture[];
  readonly names: readonly string[];
}

/** Rows in sight at first; the oddest come first. */
const SHOWN = 4;
/** Functions that are named of each. */
const WHY = 3;

/** Which of the captures is unlike the others and by what, the oddest first; each leads to its difference from the others. */
export function OutlierTable({ merged, captures, names }: OutlierTableProps) {
  const { merged: words } = useCompareWords();
  const [isOpen, setOpen] = useState(false);
  const { ranking } = merged;
  const read = merged.read.flatMap((index) => captures[index]?.id ?? []);
  const shown = isOpen ? ranking : ranking.slice(0, SHOWN);
  return (
    <div className="mt-2">
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">{words.rankCaption}</caption>
        <thead>
          <tr className="text-left text-sm text-muted">
            <th scope="col" className="min-w-48 pr-4 font-normal">
              {words.columns.name}
            </th>
            <th scope="col" className="min-w-44 pr-4 font-normal" title={words.scoreTitle}>
              {words.columns.odd}
            </th>
            <th scope="col" className="w-full pr-4 font-normal">
              {words.columns.why}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {shown.map((part) => {
            const index = merged.read[part.index] ?? 0;
            const capture = captures[index];
            if (capture === undefined) return null;
            const href = compareHref(
              read.filter((id) => id !== capture.id),
              [capture.id],
            );
            return (
              <Row
                key={capture.id}
                {...{ part, capture, href }}
                name={names[index] ?? capture.instanceName}
              />
            );
          })}
        </tbody>
      </table>
      {ranking.length > SHOWN && (
        <Button small look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.fewer : words.all(ranking.length)}
        </Button>
      )}
    </div>
  );
}

interface RowProps {
  readonly part: RankedPart;
  readonly capture: Capture;
  readonly name: string;
  /** Where it is compared with all others together. */
  readonly href: string;
}

const CELL = 'h-8 border-t border-hairline pr-4';

function Row({ part, capture, name, href }: RowProps) {
  const { outlier, of } = part;
  const { merged: words } = useCompareWords();
  const viewer = useViewerWords();
  const oddness = oddnessOf(outlier);
  const isOdd = oddness === 'clearly' || oddness === 'wholly';
  return (
    <tr>
      <th scope="row" className={classNames(CELL, 'whitespace-nowrap text-left font-medium')}>
        <Link href={`/captures/${capture.id}`} className="hover:underline">
          {name}
        </Link>
      </th>
      <td className={classNames(CELL, 'whitespace-nowrap')}>
        <span className={classNames(isOdd ? 'font-medium text-attention' : 'text-muted')}>
          {words.words[oddness]}
        </span>{' '}
        <span className="figures text-muted">{viewer.share(outlier.distance)}</span>
      </td>
      <td className={classNames(CELL, 'max-w-0')}>
        <div className="flex gap-x-4 overflow-hidden whitespace-nowrap">
          {oddness !== 'alike' &&
            outlier.functions.slice(0, WHY).map((each) => <Reason key={each.func} {...{ of, each, href }} />)}
        </div>
      </td>
      <td className={classNames(CELL, 'pr-0 text-right')}>
        <Link href={href} className={buttonClass('plain', true)}>
          {words.diff}
          <span className="sr-only">: {name}</span>
        </Link>
      </td>
    </tr>
  );
}

/** A function that takes another part of this one than of the others; leads to where that is seen. */
function Reason({ of, each, href }: { of: Outliers; each: OutlierFunction; href: string }) {
  const { merged: words } = useCompareWords();
  const viewer = useViewerWords();
  const label = labelOf(of, each.func, viewer.anonymous);
  return (
    <Link
      href={`${href}&${new URLSearchParams({ q: label })}`}
      title={`${label} ${placeOf(of, each.func)}`}
      className="hover:underline"
    >
      {label}{' '}
      <span className="figures text-muted">
        {words.against(viewer.share(each.share), viewer.share(each.shareOfOthers))}
      </span>
    </Link>
  );
}
