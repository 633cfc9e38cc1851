'use client';

import type { ReactNode } from 'react';
import type { Action } from '#contract';
import { useNow } from '../_data/clock.ts';
import { useWords } from '../_messages/words.tsx';
import { Link } from '../_ui/link.tsx';
import { Moment } from '../_ui/timestamp.tsx';
import { parameterPairs } from './parameter-text.ts';
import { isRunning } from './progress.ts';

/** Who, why, on what, with what and when. */
export function ActionFacts({ action }: { action: Action }) {
  const { t } = useWords();
  const words = t.action.page.fact;
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1">
      <Fact name={words.reason}>
        <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">{action.reason}</span>
      </Fact>
      {parameterPairs(action.params, t.action.dialog).map(({ name, text }) => (
        <Fact key={name} name={name}>
          <span className="[overflow-wrap:anywhere]">{text}</span>
        </Fact>
      ))}
      <Fact name={words.where}>
        <span className="flex flex-wrap gap-x-2">
          {action.parts.map((part) => (
            <Link
              key={part.instanceId}
              href={`/instances/${part.instanceId}`}
              className="whitespace-nowrap hover:underline"
            >
              {part.instanceName}
            </Link>
          ))}
        </span>
      </Fact>
      <Fact name={words.by}>{action.requestedBy}</Fact>
      <Fact name={words.requested}>
        <Moment at={action.requestedAt} />
      </Fact>
      {isRunning(action) && action.status.state !== 'asking' && action.status.state !== 'cancelling' && (
        <Fact name={words.deadline}>
          <Until at={action.deadlineAt} />
        </Fact>
      )}
      <Fact name={words.id}>
        <code className="font-mono text-sm">{action.id}</code>
      </Fact>
    </dl>
  );
}

function Until({ at }: { at: string }) {
  const { t, f } = useWords();
  const leftMs = Date.parse(at) - useNow();
  return (
    <span className="figures">
      {leftMs <= 0 ? t.action.page.deadlineNow : f.duration(Math.ceil(leftMs / 1000))}
    </span>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 gap-1.5">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
