'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useWords } from '../../_messages/words.tsx';
import { Button } from '../../_ui/button.tsx';
import { RowSpacer } from '../../_ui/row-spacer.tsx';
import { printable } from '../flame/function-labels.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { LINE_HEIGHT, SourceLine } from './source-line.tsx';
import { printableLine, type SourceLines } from './source-lines.ts';
import { useSourceWords } from './use-source-words.ts';

interface SourceListingProps {
  /** What the file is called. */
  readonly label: string;
  readonly text: readonly string[];
  /** Undefined until it is known what lines took. */
  readonly lines: SourceLines | undefined;
  /** Where the function begins; 0 when not known. */
  readonly begins: number;
  /** The topmost line that an address says; the hottest is brought into view otherwise. */
  readonly scrolledTo: number | undefined;
  onScroll(line: number): void;
}

/** A file, rendered only where it is seen. The browser scrolls it, by keys as well. */
export function SourceListing(props: SourceListingProps) {
  const { label, text, lines, begins, scrolledTo, onScroll } = props;
  const words = useSourceWords();
  const writeValue = useValueWriter(lines);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: text.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
    scrollPaddingStart: LINE_HEIGHT,
  });
  const { scrollToIndex } = rows;
  const hottest = lines?.hottest;
  const first = useRef(scrolledTo);
  useEffect(() => {
    if (first.current !== undefined) scrollToIndex(first.current - 1, { align: 'start' });
    else if (hottest !== undefined) scrollToIndex(hottest - 1, { align: 'center' });
    else if (begins > 0) scrollToIndex(begins - 1, { align: 'center' });
  }, [scrollToIndex, hottest, begins]);
  // Where the file before was scrolled to says nothing of this one, which may need no scrolling.
  useEffect(() => {
    if (first.current === undefined) onScroll(1);
  }, [onScroll]);
  const widest = useMemo(
    () => text.reduce((most, line) => Math.max(most, printableLine(line).length), 0),
    [text],
  );
  const items = rows.getVirtualItems();
  const style: CSSProperties = { minWidth: `calc(13rem + ${widest + 2}ch)` };
  return (
    <>
      <Summary lines={lines} writeValue={writeValue}>
        {hottest !== undefined && (
          <Button
            small
            title={words.hits.hottestTitle}
            onClick={() => scrollToIndex(hottest - 1, { align: 'center' })}
          >
            {words.hits.hottestButton(hottest)}
          </Button>
        )}
      </Summary>
      {/* biome-ignore lint/a11y/useSemanticElements: a section of the section that it stands in */}
      <div
        ref={scroller}
        role="region"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        tabIndex={0}
        onScroll={({ currentTarget }) => onScroll(Math.round(currentTarget.scrollTop / LINE_HEIGHT) + 1)}
        className="min-h-0 flex-1 overflow-auto rounded-sm border border-hairline focus-visible:outline-2 focus-visible:outline-accent"
      >
        <table
          aria-label={label}
          aria-rowcount={text.length + 1}
          className="w-full table-fixed border-separate border-spacing-0 font-mono text-sm [font-variant-ligatures:none]"
          style={style}
        >
          <thead>
            <tr aria-rowindex={1} className="font-sans text-muted">
              <HeadCell className="w-14 text-right">{words.hits.lineColumn}</HeadCell>
              <HeadCell className="w-34 text-right">{words.hits.selfColumn}</HeadCell>
              <HeadCell className="text-left">{words.hits.textColumn}</HeadCell>
            </tr>
          </thead>
          <tbody>
            <RowSpacer height={items[0]?.start ?? 0} />
            {items.map(({ index }) => (
              <SourceLine
                key={index}
                line={index + 1}
                text={text[index] ?? ''}
                lines={lines}
                begins={begins}
                writeValue={writeValue}
              />
            ))}
            <RowSpacer height={rows.getTotalSize() - (items.at(-1)?.end ?? 0)} />
          </tbody>
        </table>
      </div>
    </>
  );
}

function HeadCell({ className, children }: { className: string; children: string }) {
  return (
    <th
      scope="col"
      className={`sticky top-0 z-10 h-5 border-hairline-strong border-b bg-surface px-2 py-0 font-normal ${className}`}
    >
      {children}
    </th>
  );
}

export type WriteValue = (value: number) => string;

/** In samples, or in the unit of what is shown where the file counts that by line. */
function useValueWriter(lines: SourceLines | undefined): WriteValue {
  const { f } = useWords();
  const viewer = useViewerWords();
  const unit = lines?.hits.counted.unit ?? 'count';
  return useMemo(
    () => (value) => (unit === 'count' ? f.number(value) : viewer.value(value, printable(unit))),
    [f, viewer, unit],
  );
}

interface SummaryProps {
  readonly lines: SourceLines | undefined;
  readonly writeValue: WriteValue;
  readonly children: ReactNode;
}

/** What the figures are of, and what they leave out. */
function Summary({ lines, writeValue, children }: SummaryProps) {
  const { hits: words } = useSourceWords();
  if (lines === undefined) return null;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      {children}
      {lines.most === 0 && lines.unplaced === 0 && <p>{words.none}</p>}
      {lines.by === 'functions' && lines.most > 0 && <p>{words.byFunction}</p>}
      {lines.most > 0 && lines.hits.isOfWholeRecording && <p>{words.wholeRecording}</p>}
      {lines.unplaced > 0 && <p>{words.unplaced(writeValue(lines.unplaced))}</p>}
    </div>
  );
}
