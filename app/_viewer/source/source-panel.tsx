'use client';

import { useEffect, useMemo, useRef } from 'react';
import { useWords } from '../../_messages/words.tsx';
import { IconButton } from '../../_ui/button.tsx';
import { CrossIcon } from '../../_ui/icons.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import { printable } from '../flame/function-labels.ts';
import type { ProfileSource } from '../loading/protocol.ts';
import type { AskLines } from '../loading/use-profile.ts';
import type { Subject } from '../state/subject.ts';
import { SourceListing } from './source-listing.tsx';
import { findSourcePlace, type SourcePlace } from './source-place.ts';
import { useSourceLines } from './use-source-lines.ts';
import { type SourceReading, useSourceText } from './use-source-text.ts';
import { useSourceWords } from './use-source-words.ts';

export interface SourcePanelProps {
  readonly source: ProfileSource;
  readonly subject: Subject;
  /** Undefined: no call is chosen. */
  readonly func: number | undefined;
  readonly askLines: AskLines;
  /** The topmost line seen, where the reader has scrolled to one. */
  readonly scrolledTo: number | undefined;
  onScroll(line: number): void;
  onClose(): void;
}

/** The source of the chosen call's function, with what its lines took. To be loaded lazily. */
export default function SourcePanel(props: SourcePanelProps) {
  const words = useSourceWords();
  const section = useRef<HTMLElement>(null);
  // Where the window is narrow it opens below, perhaps out of sight.
  useEffect(() => {
    // Newer browsers answer with a promise, which is nothing to clean up.
    void section.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section
      ref={section}
      aria-label={words.panel}
      className="flex min-h-0 min-w-0 flex-col gap-1 border-hairline-strong border-l pl-3 max-lg:border-t max-lg:border-l-0 max-lg:pt-2 max-lg:pl-0"
    >
      {props.func === undefined ? (
        <div className="flex items-start gap-2">
          <p className="flex-1 text-muted">{words.noCall}</p>
          <CloseButton onClose={props.onClose} />
        </div>
      ) : (
        <FunctionSource {...props} func={props.func} />
      )}
    </section>
  );
}

function FunctionSource(props: SourcePanelProps & { readonly func: number }) {
  const { source, subject, func, askLines } = props;
  const { profile, originals } = subject;
  const place = useMemo(
    () => findSourcePlace(source, profile, originals, func),
    [source, profile, originals, func],
  );
  const reading = useSourceText(place);
  const text = reading.kind === 'found' ? reading.value : undefined;
  const lineCount = text?.lines.length;
  // Where an address says one had scrolled to is meant for the function that it names.
  const restored = useRef({ func, line: props.scrolledTo });
  const lines = useSourceLines({ subject, func, place, lineCount, askLines });
  return (
    <>
      <Head subject={subject} func={func} place={place} onClose={props.onClose} />
      {place.kind === 'none' ? (
        <NoFile why={place.why} />
      ) : text === undefined ? (
        <NotRead reading={reading} />
      ) : (
        <>
          {text.modifiedAt > place.capturedAt && <Changed modifiedAt={text.modifiedAt} />}
          <SourceListing
            key={`${place.url}\0${place.original}\0${func}`}
            text={text.lines}
            label={printable(place.original ?? place.url)}
            lines={lines}
            begins={place.line}
            scrolledTo={restored.current.func === func ? restored.current.line : undefined}
            onScroll={props.onScroll}
          />
        </>
      )}
    </>
  );
}

interface HeadProps {
  readonly subject: Subject;
  readonly func: number;
  readonly place: SourcePlace;
  onClose(): void;
}

function Head({ subject, func, place, onClose }: HeadProps) {
  const words = useSourceWords();
  const file =
    place.kind === 'file' ? printable((place.original ?? place.url).replace(/^file:\/\//, '')) : '';
  return (
    <div className="flex shrink-0 items-start gap-2">
      <div className="min-w-0 flex-1">
        <h2 className="truncate font-medium">{subject.label(func)}</h2>
        {/* The end of a path says most: it is cut at its beginning. */}
        <p className="truncate text-left font-mono text-sm text-muted" dir="rtl" title={file}>
          <bdi dir="ltr">{file}</bdi>
        </p>
        {place.kind === 'file' && place.original !== undefined && (
          <p className="truncate text-sm text-muted">
            {words.madeOf(printable(place.url.replace(/^.*[\\/]/, '')))}
          </p>
        )}
      </div>
      <CloseButton onClose={onClose} />
    </div>
  );
}

function Changed({ modifiedAt }: { modifiedAt: string }) {
  const { f } = useWords();
  const words = useSourceWords();
  return (
    <p className="shrink-0 text-attention text-sm">{words.changed(f.dateTime(Date.parse(modifiedAt)))}</p>
  );
}

function CloseButton({ onClose }: { onClose(): void }) {
  const words = useSourceWords();
  return (
    <IconButton label={words.close} onClick={onClose}>
      <CrossIcon />
    </IconButton>
  );
}

function NoFile({ why }: { why: keyof ReturnType<typeof useSourceWords>['noFile'] }) {
  const { title, detail } = useSourceWords().noFile[why];
  return <EmptyState title={title}>{detail}</EmptyState>;
}

function NotRead({ reading }: { reading: SourceReading }) {
  const words = useSourceWords();
  if (reading.kind === 'reading')
    return <p className="flame-viewer-waiting py-4 text-muted">{words.reading}</p>;
  const detail =
    reading.kind === 'refused'
      ? (reading.detail ?? words.refused.unknown(reading.status))
      : words.refused.noAnswer;
  return <EmptyState title={words.refused.title}>{detail}</EmptyState>;
}
