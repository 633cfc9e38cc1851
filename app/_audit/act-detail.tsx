'use client';

import type { AuditEntry } from '#contract';
import { Moment } from '../_ui/timestamp.tsx';
import { type Act, detailLines } from './acts.ts';
import { useAuditWords } from './use-audit-words.ts';

/** Both entries of an act as they stand on record. */
export function ActDetail({ act }: { act: Act }) {
  const audit = useAuditWords();
  return (
    <div className="grid gap-x-8 gap-y-3 sm:pl-5 md:grid-cols-2">
      <Entry title={audit.intent} entry={act.intent} missing={audit.noIntent} />
      <Entry title={audit.outcome} entry={act.outcome} missing={audit.noOutcome} />
    </div>
  );
}

function Entry({ title, entry, missing }: { title: string; entry: AuditEntry | null; missing: string }) {
  const audit = useAuditWords();
  return (
    <section className="min-w-0">
      <h2 className="text-sm text-muted">
        {title}
        {entry !== null && (
          <>
            {' · '}
            {audit.entry(entry.sequence)}
            {' · '}
            <Moment at={entry.at} />
          </>
        )}
      </h2>
      {entry === null ? (
        <p className="text-muted">{missing}</p>
      ) : (
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5">
          <Line name={audit.record.actor}>{entry.actor}</Line>
          <Line name={audit.record.action}>{entry.action}</Line>
          <Line name={audit.record.target}>{entry.target}</Line>
          {detailLines(entry.detail).map(([name, value]) => (
            <Line key={name} name={name}>
              {value}
            </Line>
          ))}
          <Line name={audit.record.hash}>
            <code className="font-mono text-sm">{entry.hash}</code>
          </Line>
        </dl>
      )}
    </section>
  );
}

function Line({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
