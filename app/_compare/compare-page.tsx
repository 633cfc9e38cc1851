'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import type { Capture } from '#contract';
import { MOST_TOGETHER, togetherOf } from '../_capture/capture-sets.ts';
import { reasonOf } from '../_capture/set-actions.tsx';
import { useWords } from '../_messages/words.tsx';
import { FileButton } from '../_open/file-button.tsx';
import { useFileDrop } from '../_open/use-file-drop.ts';
import { currentQuery, settleAddress } from '../_ui/address.ts';
import { lazyPart } from '../_ui/lazy-part.ts';
import { EmptyState, FailedState, Skeleton } from '../_ui/states.tsx';
import { ViewerBoundary } from '../_viewer/viewer-boundary.tsx';
import type { Sides } from './changes.ts';
import { ChooseCapture } from './choose-capture.tsx';
import {
  type CompareAddress,
  changeHrefs,
  parseCompareAddress,
  pickHref,
  swappedQuery,
} from './compare-address.ts';
import { PageFrame } from './page-frame.tsx';
import { placeFiles } from './place-files.ts';
import type { Side } from './sides.ts';
import { useCaptures } from './use-captures.ts';
import { useCompareWords } from './use-compare-words.ts';
import { useMounted } from './use-mounted.ts';

const Comparison = lazyPart(() => import('./comparison.tsx'));

type Files = Sides<File | undefined>;

/** Any two captures, or files of the reader's own, as one difference. What is missing is chosen here. */
export function ComparePage() {
  const words = useCompareWords();
  const query = useSearchParams().toString();
  const address = useMemo(() => parseCompareAddress(new URLSearchParams(query)), [query]);
  const [files, setFiles] = useState<Files>({ before: undefined, after: undefined });
  const [trouble, setTrouble] = useState<string>();
  const take = useCallback(
    (dropped: readonly File[]) => {
      if (dropped.length === 0) return setTrouble(words.choose.notAFile);
      setTrouble(dropped.length > 2 ? words.choose.tooManyFiles(dropped.length) : undefined);
      const hasCaptures = {
        before: address.before.length > 0 || address.of !== undefined,
        after: address.after.length > 0,
      };
      setFiles((before) => placeFiles(before, hasCaptures, dropped));
    },
    [words, address],
  );
  const isOver = useFileDrop(take);
  return (
    <>
      {trouble !== undefined && (
        <p role="alert" className="mx-4 mt-3 border-l-2 border-bad bg-bad-surface px-3 py-2">
          {trouble}
        </p>
      )}
      <Content {...{ address, files, setFiles }} onFile={(file) => take([file])} />
      {isOver && (
        <div className="pointer-events-none fixed inset-2 z-40 flex items-center justify-center rounded-md border-2 border-dashed border-accent bg-surface/80 text-xl">
          {words.choose.letGo}
        </div>
      )}
    </>
  );
}

interface ContentProps {
  readonly address: CompareAddress;
  readonly files: Files;
  setFiles(files: Files): void;
  onFile(file: File): void;
}

function Content({ address: named, files, setFiles, onFile }: ContentProps) {
  const { t } = useWords();
  const words = useCompareWords();
  // Beside a file, the one that was to be compared stands on the side that the file left to it.
  const address = files.after && named.of !== undefined ? { ...named, before: [named.of] } : named;
  const { before, after, of } = address;
  const ids = useMemo(() => {
    const wanted = [...(files.before ? [] : before), ...(files.after ? [] : after)];
    return wanted.length === 0 && of !== undefined ? [of] : [...new Set(wanted)];
  }, [before, after, of, files]);
  const tooMany = ids.length > MOST_TOGETHER;
  const asked = useCaptures(tooMany ? NONE : ids);
  if (tooMany) return <Cannot>{words.cannot.tooMany(ids.length, MOST_TOGETHER)}</Cannot>;
  if (asked.state === 'missing') return <Cannot>{words.cannot.missing(asked.id)}</Cannot>;
  if (asked.state === 'failed')
    return (
      <PageFrame here="compare" sentence={t.shell.errors.title}>
        <FailedState error={asked.error} retry={asked.retry} />
      </PageFrame>
    );
  if (asked.state === 'loading')
    return (
      <PageFrame here="compare" sentence={words.sentence.loading}>
        <Skeleton className="h-96 w-full" />
      </PageFrame>
    );
  const { captures } = asked;
  const sideOf = (name: keyof Files): Side | undefined => {
    const file = files[name];
    if (file !== undefined) return { kind: 'file', file };
    const own = address[name].flatMap((id) => captures.find((capture) => capture.id === id) ?? []);
    return own.length === 0 ? undefined : { kind: 'captures', captures: own };
  };
  const sides = { before: sideOf('before'), after: sideOf('after') };
  if (sides.before !== undefined && sides.after !== undefined)
    return (
      <BothSides
        sides={{ before: sides.before, after: sides.after }}
        {...{ address, files, setFiles, captures }}
      />
    );
  return <Choosing {...{ address, files, sides, captures, onFile }} />;
}

const NONE: never[] = [];

interface BothSidesProps extends Omit<ContentProps, 'onFile'> {
  readonly sides: Sides<Side>;
  readonly captures: readonly Capture[];
}

function BothSides({ sides, captures, address, files, setFiles }: BothSidesProps) {
  const { t } = useWords();
  const router = useRouter();
  const together = togetherOf(captures);
  const hasFile = files.before !== undefined || files.after !== undefined;
  // With a file on one side, what the other side measures is told when both were read.
  if (together.state !== 'able' && !hasFile) {
    const isSame = together.state === 'too-few';
    return (
      <Cannot>{isSame ? t.capture.together.reasons.tooFew : reasonOf(together, captures.length, t)}</Cannot>
    );
  }
  const swap = () => {
    setFiles({ before: files.after, after: files.before });
    settleAddress();
    router.replace(`/compare?${swappedQuery(currentQuery())}`);
  };
  return (
    <Viewer>
      <Comparison
        key={`${keyOf(sides.before)} ${keyOf(sides.after)}`}
        sides={sides}
        changeHrefs={changeHrefs(address)}
        onSwap={swap}
        onChangeFile={(side) => setFiles({ ...files, [side]: undefined })}
      />
    </Viewer>
  );
}

/** Another file of the same name is another one. */
function keyOf(side: Side): string {
  if (side.kind === 'captures') return side.captures.map(({ id }) => id).join(',');
  const { name, size, lastModified } = side.file;
  return `${name} ${size} ${lastModified}`;
}

/** Mounted once the address is that of this page: what is shown first is read from it. */
function Viewer({ children }: { children: ReactNode }) {
  const isHere = useMounted();
  const { t } = useWords();
  const words = useCompareWords();
  return (
    <ViewerBoundary failure={t.capture.page.viewerFailed}>
      <Suspense
        fallback={
          <PageFrame here="compare" sentence={words.sentence.loading}>
            <Skeleton className="h-96 w-full" />
          </PageFrame>
        }
      >
        {isHere && children}
      </Suspense>
    </ViewerBoundary>
  );
}

interface ChoosingProps {
  readonly address: CompareAddress;
  readonly files: Files;
  readonly sides: Sides<Side | undefined>;
  readonly captures: readonly Capture[];
  onFile(file: File): void;
}

/** One side is still missing, or both. */
function Choosing({ address, files, sides, captures, onFile }: ChoosingProps) {
  const { choose: words } = useCompareWords();
  const [known] = captures;
  const file = files.before ?? files.after;
  const hrefOf = useCallback((picked: Capture) => pickHref(address, known, picked), [address, known]);
  return (
    <PageFrame here="compare" sentence={useQuestion(sides, known)}>
      {file === undefined ? (
        <ChooseCapture known={known} hrefOf={hrefOf} />
      ) : (
        <EmptyState>{words.fileChosen(file.name)}</EmptyState>
      )}
      <div className="mt-4 flex flex-wrap items-center gap-3 text-muted">
        <span>{words.files}</span>
        <FileButton label={words.file} onChoose={onFile}>
          {words.chooseFile}
        </FileButton>
      </div>
    </PageFrame>
  );
}

function useQuestion(sides: Sides<Side | undefined>, known: Capture | undefined): string {
  const { t } = useWords();
  const { choose: words } = useCompareWords();
  if (sides.after !== undefined) return words.titleBefore;
  if (sides.before !== undefined) return words.titleAfter;
  if (known === undefined) return words.title;
  const { term } = t.capture.kinds[known.kind];
  return words.titleOf(t.capture.titleOf(term, known.instanceName));
}

function Cannot({ children }: { children: string }) {
  const words = useCompareWords();
  return (
    <PageFrame here="compare" sentence={words.cannot.title}>
      <EmptyState>{children}</EmptyState>
      <ChooseCapture known={undefined} hrefOf={(picked) => `/compare?of=${picked.id}`} />
    </PageFrame>
  );
}
