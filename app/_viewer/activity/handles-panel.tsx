'use client';

import type { ActiveHandles } from '#profile/index.ts';
import { useWords } from '../../_messages/words.tsx';
import { Section } from '../../_ui/section.tsx';
import { printable } from '../flame/function-labels.ts';
import { useActivityWords } from './use-activity-words.ts';

/** Sockets, servers, timers and the like that are open. */
export function HandlesPanel({ handles }: { handles: readonly ActiveHandles[] }) {
  const { handles: words } = useActivityWords();
  return (
    <Section title={words.title}>
      {handles.length === 0 && <p className="pt-2 text-muted">{words.none}</p>}
      <ul className="grid gap-x-6 lg:grid-cols-2">
        {handles.map((handle) => (
          <li key={handle.kind} className="border-b border-hairline py-1.5">
            <Handle handle={handle} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Handle({ handle: { kind, count, details } }: { handle: ActiveHandles }) {
  const { f } = useWords();
  const { handles: words } = useActivityWords();
  const name = (
    <>
      <span className="figures font-medium">{f.number(count)}</span> × {printable(kind)}
    </>
  );
  if (details.length === 0) return <p>{name}</p>;
  const rest = count - details.length;
  return (
    <details>
      <summary className="w-fit">{name}</summary>
      <ul className="pl-4 font-mono text-sm text-muted">
        {details.map((detail, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two sockets may read the same, and none of them changes
          <li key={index} className="[overflow-wrap:anywhere]">
            {printable(detail)}
          </li>
        ))}
        {rest > 0 && <li className="font-sans">{words.rest(rest)}</li>}
      </ul>
    </details>
  );
}
