'use client';

import { useMemo, useState } from 'react';
import type { Capture } from '#contract';
import { artifactSourceOf } from '../_capture/artifact-source.ts';
import { useWords } from '../_messages/words.tsx';
import { CopyLinkButton } from '../_ui/copy-button.tsx';
import { useDocumentTitle } from '../_ui/document-title.ts';
import { PageHeader } from '../_ui/page-header.tsx';
import { Moment } from '../_ui/timestamp.tsx';
import { labelOf } from '../_viewer/flame/function-labels.ts';
import { failureSentence } from '../_viewer/loading/failure-sentence.ts';
import type { MergedFrom, OpenedProfile, SeveralSource } from '../_viewer/loading/protocol.ts';
import { ProfileViewer } from '../_viewer/profile-viewer.tsx';
import { useViewerWords } from '../_viewer/use-viewer-words.ts';
import { canTellOddOne, findOddOne } from './oddness.ts';
import { OutlierTable } from './outlier-table.tsx';
import { partNames } from './part-names.ts';
import { secondsOf } from './sides.ts';
import { useCompareWords } from './use-compare-words.ts';

/** The key of the label by which samples tell which capture they are from. */
const LABEL = 'instance';

interface MergedProps {
  /** Others need another key: what they lead to is read once. */
  readonly captures: readonly Capture[];
  readonly here: string;
}

/** Several captures in the ordinary viewer, with the ranking of the odd one above. To be loaded lazily. */
export default function Merged({ captures, here }: MergedProps) {
  const { t, f } = useWords();
  const words = useCompareWords();
  const [opened, setOpened] = useState<OpenedProfile>();
  const names = useMemo(
    () => partNames(captures, (requestedAt) => f.moment(Date.parse(requestedAt), Date.now())),
    [captures, f],
  );
  const [source] = useState(() => sourceOf(captures, names));
  const merged = opened?.merged;
  const [first] = captures;
  const services = [...new Set(captures.map(({ service }) => service))];
  const term = first === undefined ? '' : t.capture.kinds[first.kind].term;
  const instances = new Set(captures.map(({ instanceId }) => instanceId)).size;
  const title =
    services.length === 1 && services[0] !== undefined
      ? words.merged.title(term, captures.length, instances, services[0])
      : words.merged.titleOfServices(term, captures.length);
  useDocumentTitle(title);
  return (
    <>
      <PageHeader
        crumbs={[
          { name: t.shell.captures, href: '/captures' },
          ...(services.length === 1 ? [{ name: services[0] ?? '', href: `/services/${services[0]}` }] : []),
        ]}
        here={here}
        sentence={<span aria-live="polite">{useSentence(title, merged, names)}</span>}
        actions={<CopyLinkButton />}
      >
        {first && (
          <p className="mt-1 text-muted">
            {title} · <Moment at={first.requestedAt} /> ·{' '}
            {words.merged.recorded(f.duration(secondsOf(captures) / captures.length))}
          </p>
        )}
        {merged && <Failures merged={merged} names={names} />}
        {merged && merged.ranking.length > 1 && <OutlierTable {...{ merged, captures, names }} />}
      </PageHeader>
      <div className="border-t border-hairline">
        <ProfileViewer source={source} onOpened={setOpened} />
      </div>
    </>
  );
}

function sourceOf(captures: readonly Capture[], names: readonly string[]): SeveralSource {
  const parts = captures.map((capture, index) => ({
    name: names[index] ?? capture.id,
    source: artifactSourceOf(capture),
  }));
  const builds = new Set(captures.map(({ service, serviceVersion }) => `${service} ${serviceVersion}`));
  const [first] = captures;
  return {
    from: 'several',
    parts,
    label: LABEL,
    kind: first?.kind ?? '',
    sourceUrl: builds.size === 1 ? parts[0]?.source.sourceUrl : undefined,
    capturedAt: first?.requestedAt ?? '',
    fileName: `${first?.service ?? ''}-merged-${first?.id ?? ''}`,
  };
}

/** Which is the odd one and by what, as soon as it is known. */
function useSentence(title: string, merged: MergedFrom | undefined, names: readonly string[]): string {
  const { merged: words } = useCompareWords();
  const viewer = useViewerWords();
  if (merged === undefined) return title;
  const { ranking, read } = merged;
  if (!canTellOddOne(ranking)) return words.tooFewForOdd;
  const odd = findOddOne(ranking);
  const [why] = odd?.outlier.functions ?? [];
  if (odd === undefined || why === undefined) return words.noOdd(ranking.length);
  return words.odd(
    names[read[odd.index] ?? 0] ?? '',
    words.takes(
      labelOf(odd.of, why.func, viewer.anonymous),
      viewer.share(why.share),
      viewer.share(why.shareOfOthers),
    ),
  );
}

function Failures({ merged, names }: { merged: MergedFrom; names: readonly string[] }) {
  const { facts } = useCompareWords();
  const viewer = useViewerWords();
  if (merged.failures.length === 0) return null;
  return (
    <ul role="status" className="mt-1 text-attention">
      {merged.failures.map(({ index, failure }) => (
        <li key={index}>{facts.withoutPart(names[index] ?? '', failureSentence(failure, viewer.failed))}</li>
      ))}
    </ul>
  );
}
