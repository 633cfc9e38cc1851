'use client';

import { type ReactNode, useState } from 'react';
import type { Capture } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { Link } from '../_ui/link.tsx';
import { Moment } from '../_ui/timestamp.tsx';
import { CostTable } from './cost-table.tsx';
import { looksOnce } from './kinds.ts';

/** Where, when and of what; the rest on request. */
export function CaptureFacts({ capture }: { capture: Capture }) {
  const { t, f } = useWords();
  const [isOpen, setOpen] = useState(false);
  const words = t.capture.page.fact;
  return (
    <div>
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        <dl id="facts" className="contents">
          <Fact name={words.instance}>
            <Link href={`/instances/${capture.instanceId}`} className="hover:underline">
              {capture.instanceName}
            </Link>
          </Fact>
          <Fact name={words.version}>{capture.serviceVersion}</Fact>
          <Fact name={words.thread}>{capture.thread}</Fact>
          <Fact name={words.requested}>
            <Moment at={capture.requestedAt} />
          </Fact>
          <Duration capture={capture} />
          {capture.cost.startPauseMs !== null && (
            <Fact name={words.pause}>{f.milliseconds(capture.cost.startPauseMs)}</Fact>
          )}
          {capture.artifact && <Fact name={words.size}>{f.bytes(capture.artifact.sizeBytes)}</Fact>}
          {isOpen && <MoreFacts capture={capture} />}
        </dl>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls="facts"
          onClick={() => setOpen(!isOpen)}
          className="text-muted hover:text-text hover:underline"
        >
          {isOpen ? t.capture.page.less : t.capture.page.more}
        </button>
      </div>
      {isOpen && <CostTable capture={capture} />}
    </div>
  );
}

function Duration({ capture }: { capture: Capture }) {
  const { t, f } = useWords();
  const words = t.capture.page.fact;
  if (looksOnce(capture.kind)) return null;
  const recorded = capture.artifact?.recordedSeconds;
  const asked = f.duration(capture.durationSeconds);
  return (
    <Fact name={recorded === undefined ? words.asked : words.duration}>
      {recorded === undefined || f.duration(recorded) === asked
        ? asked
        : t.capture.page.ofAsked(f.duration(recorded), asked)}
    </Fact>
  );
}

function MoreFacts({ capture }: { capture: Capture }) {
  const { t } = useWords();
  const words = t.capture.page.fact;
  return (
    <>
      <OptionFacts capture={capture} />
      <Fact name={words.by}>{capture.requestedBy}</Fact>
      <Fact name={words.expires}>
        {capture.pinned ? (
          t.capture.page.keptForever
        ) : capture.expiresAt ? (
          <Moment at={capture.expiresAt} />
        ) : (
          '–'
        )}
      </Fact>
      <Fact name={words.id}>
        <code className="font-mono text-sm">{capture.id}</code>
      </Fact>
      {capture.artifact && (
        <Fact name={words.sha}>
          <code className="font-mono text-sm [overflow-wrap:anywhere]">{capture.artifact.sha256}</code>
        </Fact>
      )}
    </>
  );
}

function OptionFacts({ capture: { options, artifact } }: { capture: Capture }) {
  const { t, f } = useWords();
  const { fact: words, ...page } = t.capture.page;
  return (
    <>
      {options.intervalMicros !== undefined && (
        <Fact name={words.interval}>{f.milliseconds(options.intervalMicros / 1000)}</Fact>
      )}
      {options.intervalBytes !== undefined && (
        <Fact name={words.interval}>{page.intervalBytes(options.intervalBytes)}</Fact>
      )}
      {options.sampleEvery !== undefined && (
        <Fact name={words.sampleEvery}>{page.sampleEvery(options.sampleEvery)}</Fact>
      )}
      {options.categories !== undefined && (
        <Fact name={words.categories}>{options.categories.join(', ')}</Fact>
      )}
      {artifact?.redacted != null && (
        <Fact name={words.redacted}>{artifact.redacted ? page.redacted : page.notRedacted}</Fact>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
