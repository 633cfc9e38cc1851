'use client';

import { useState } from 'react';
import type { Capture } from '#contract';
import type { Outlier, OutlierFunction, Outliers } from '#profile/index.ts';
import { compareHref } from '../_capture/capture-sets.ts';
import { Button, buttonClass } from '../_ui/button.tsx';
import { classNames } from '../_ui/class-names.ts';
import { Link } from '../_ui/link.tsx';
import { labelOf, placeOf } from '../_viewer/flame/function-labels.ts';
import type { MergedFrom } from '../_viewer/loading/protocol.ts';
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
  const { ranked } = merged.outliers;
  const read = merged.read.flatMap((index) => captures[index]?.id ?? []);
  const shown = isOpen ? ranked : ranked.slice(0, SHOWN);
  return (
    <div className="mt-2">
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">{words.rankCaption}</caption>
        <thead>
          <tr className="text-left text-sm text-muted">
            <th scope="col" className="w-56 pr-4 font-normal">
              {words.columns.name}
            </th>
            <th scope="col" className="w-52 pr-4 font-normal" title={words.scoreTitle}>
              {words.columns.odd}
            </th>
            <th scope="col" className="pr-4 font-normal">
              {words.columns.why}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {shown.map((outlier) => {
            const index = merged.read[outlier.profile] ?? 0;
            const capture = captures[index];
            if (capture === undefined) return null;
            const href = compareHref(
              read.filter((id) => id !== capture.id),
              [capture.id],
            );
            return (
              <Row
                key={capture.id}
                {...{ outlier, capture, href }}
                outliers={merged.outliers}
                name={names[index] ?? capture.instanceName}
              />
            );
          })}
        </tbody>
      </table>
      {ranked.length > SHOWN && (
        <Button small look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.fewer : words.all(ranked.length)}
        </Button>
      )}
    </div>
  );
}

interface RowProps {
  readonly outlier: Outlier;
  readonly outliers: Outliers;
  readonly capture: Capture;
  readonly name: string;
  /** Where it is compared with all others together. */
  readonly href: string;
}

const CELL = 'h-8 border-t border-hairline pr-4';

function Row({ outlier, outliers, capture, name, href }: RowProps) {
  const { merged: words } = useCompareWords();
  const viewer = useViewerWords();
  const oddness = oddnessOf(outlier);
  const isOdd = oddness === 'clearly' || oddness === 'wholly';
  return (
    <tr>
      <th scope="row" className={classNames(CELL, 'text-left font-medium')}>
        <Link href={`/captures/${capture.id}`} className="hover:underline">
          {name}
        </Link>
      </th>
      <td className={CELL}>
        <span className={classNames(isOdd ? 'font-medium text-attention' : 'text-muted')}>
          {words.words[oddness]}
        </span>{' '}
        <span className="figures text-muted">{viewer.share(outlier.distance)}</span>
      </td>
      <td className={classNames(CELL, 'max-w-0')}>
        <div className="flex gap-x-4 overflow-hidden whitespace-nowrap">
          {oddness !== 'alike' &&
            outlier.functions
              .slice(0, WHY)
              .map((each) => <Reason key={each.func} {...{ outliers, each, href }} />)}
        </div>
      </td>
      <td className={classNames(CELL, 'pr-0 text-right')}>
        <Link href={href} className={buttonClass('plain', true)} aria-label={words.diffOf(name)}>
          {words.diff}
        </Link>
      </td>
    </tr>
  );
}

/** A function that takes another part of this one than of the others; leads to where that is seen. */
function Reason({ outliers, each, href }: { outliers: Outliers; each: OutlierFunction; href: string }) {
  const { merged: words } = useCompareWords();
  const viewer = useViewerWords();
  const label = labelOf(outliers, each.func, viewer.anonymous);
  return (
    <Link
      href={`${href}&${new URLSearchParams({ q: label })}`}
      title={`${label} ${placeOf(outliers, each.func)}`}
      className="hover:underline"
    >
      {label}{' '}
      <span className="figures text-muted">
        {words.against(viewer.share(each.share), viewer.share(each.shareOfOthers))}
      </span>
    </Link>
  );
}
