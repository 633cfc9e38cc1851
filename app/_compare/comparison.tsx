'use client';

import '../_viewer/viewer.css';
import { type CSSProperties, useMemo, useRef, useState } from 'react';
import { useWords } from '../_messages/words.tsx';
import { Button } from '../_ui/button.tsx';
import { CopyLinkButton } from '../_ui/copy-button.tsx';
import { useDocumentTitle } from '../_ui/document-title.ts';
import { PageHeader } from '../_ui/page-header.tsx';
import { EmptyState } from '../_ui/states.tsx';
import { failureSentence } from '../_viewer/loading/failure-sentence.ts';
import { PartsProgress } from '../_viewer/loading/parts-progress.tsx';
import { useTop } from '../_viewer/state/use-top.ts';
import { useViewerState } from '../_viewer/state/use-viewer-state.ts';
import { useViewerWords } from '../_viewer/use-viewer-words.ts';
import type { Scale, Sides } from './changes.ts';
import { ComparisonFailed } from './comparison-failed.tsx';
import { ComparisonView } from './comparison-view.tsx';
import type { Comparing } from './loading/use-comparison.ts';
import { useComparison } from './loading/use-comparison.ts';
import { SideFacts } from './side-facts.tsx';
import { type Side, sourcesOf, usualScale } from './sides.ts';
import { useChangeSentence, useWholes } from './use-change-sentence.ts';
import { useCompareOptions } from './use-compare-options.ts';
import { useCompareWords } from './use-compare-words.ts';
import { useSideNames } from './use-side-names.ts';

interface ComparisonProps {
  /** Others need another key: what they lead to is read once. */
  readonly sides: Sides<Side>;
  readonly changeHrefs: Sides<string>;
  onSwap(): void;
  onChangeFile(side: keyof Sides<unknown>): void;
}

/** Two sides, read and compared. To be loaded lazily, in the browser alone: it brings the viewer along. */
export default function Comparison({ sides, changeHrefs, onSwap, onChangeFile }: ComparisonProps) {
  const { t } = useWords();
  const words = useCompareWords();
  const [sources] = useState(() => ({ before: sourcesOf(sides.before), after: sourcesOf(sides.after) }));
  const [state, change] = useViewerState();
  const options = useCompareOptions(usualScale(sides));
  const choice = useCompareChoice(state, options.scale);
  const { comparing, retry } = useComparison(sources, choice);
  const names = useSideNames(sides);
  const sentence = useChangeSentence(comparing, words.sentence.loading);
  const wholes = useWholes(comparing);
  useDocumentTitle(`${words.compare}: ${names.before}, ${names.after}`);
  const section = useRef<HTMLElement>(null);
  const style: CSSProperties & Record<'--viewer-top', string> = { '--viewer-top': `${useTop(section)}px` };
  const hasFile = sides.before.kind === 'file' || sides.after.kind === 'file';
  return (
    <>
      <PageHeader
        crumbs={[{ name: t.shell.captures, href: '/captures' }]}
        here={words.compare}
        sentence={<span aria-live="polite">{sentence}</span>}
        actions={
          <>
            <Button title={words.facts.swapTitle} onClick={onSwap}>
              {words.facts.swap}
            </Button>
            {!hasFile && <CopyLinkButton />}
          </>
        }
      >
        <SideFacts {...{ sides, wholes, changeHrefs, onChangeFile }} />
        {hasFile && <p className="mt-1 text-sm text-muted">{words.facts.fileNote}</p>}
        <LeftOut comparing={comparing} sides={sides} />
      </PageHeader>
      <section
        ref={section}
        style={style}
        aria-label={words.view.label}
        className="flame-viewer flex flex-col border-t border-hairline px-4 py-2"
      >
        {comparing.state === 'loading' && <PartsProgress parts={partsOf(comparing, sides)} />}
        {comparing.state === 'failed' && (
          <ComparisonFailed failure={comparing.failure} names={names} retry={retry} />
        )}
        {comparing.state === 'ready' &&
          (comparing.view.tree.totalCount[0] === 0 && comparing.view.tree.total[0] === 0 ? (
            <EmptyState title={words.view.nothing}>
              <p>{words.view.nothingDetail}</p>
              {(state.labels.length > 0 || state.transforms.length > 0) && (
                <Button className="mt-3" onClick={() => change({ labels: [], transforms: [] })}>
                  {words.view.showAll}
                </Button>
              )}
            </EmptyState>
          ) : (
            <ComparisonView
              profile={comparing.profile}
              view={comparing.view}
              {...{ state, change, options, names }}
            />
          ))}
      </section>
    </>
  );
}

function useCompareChoice(state: ReturnType<typeof useViewerState>[0], scale: Scale) {
  const { includeIdle, valueType, labels, groupedBy, transforms } = state;
  return useMemo(
    () => ({ includeIdle, valueType, labels, groupedBy, transforms, scale }),
    [includeIdle, valueType, labels, groupedBy, transforms, scale],
  );
}

const SIDES = ['before', 'after'] as const;

function partsOf({ parts }: Extract<Comparing, { state: 'loading' }>, sides: Sides<Side>) {
  return SIDES.flatMap((side) =>
    parts[side].map((progress, index) => ({ ...partOf(sides[side], index), progress })),
  );
}

function partOf(side: Side, index: number): { name: string; sizeBytes: number } {
  if (side.kind === 'file') return { name: side.file.name, sizeBytes: side.file.size };
  const capture = side.captures[index];
  return { name: capture?.instanceName ?? '', sizeBytes: capture?.artifact?.sizeBytes ?? 0 };
}

/** What could not be read of a side that is several captures. */
function LeftOut({ comparing, sides }: { comparing: Comparing; sides: Sides<Side> }) {
  const { facts } = useCompareWords();
  const viewer = useViewerWords();
  if (comparing.state !== 'ready') return null;
  const sentences = SIDES.flatMap((side) =>
    comparing.failures[side].map(({ index, failure }) =>
      facts.withoutPart(partOf(sides[side], index).name, failureSentence(failure, viewer.failed)),
    ),
  );
  if (sentences.length === 0) return null;
  return (
    <ul className="mt-1 text-attention">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
