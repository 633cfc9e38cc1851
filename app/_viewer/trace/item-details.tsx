'use client';

import { useMemo } from 'react';
import { readArguments, type Trace } from '#profile/index.ts';
import { Button } from '../../_ui/button.tsx';
import { printable } from '../flame/function-labels.ts';
import { STATES } from './lane-layout.ts';
import type { Item } from './trace-state.ts';
import { useItemWords } from './use-item-words.ts';
import { useTraceWords } from './use-trace-words.ts';

interface ItemDetailsProps {
  readonly trace: Trace;
  readonly item: Item | undefined;
  onZoom(): void;
  onSelect(): void;
}

/** All that the trace says of what was chosen. */
export function ItemDetails({ trace, item, onZoom, onSelect }: ItemDetailsProps) {
  const { details: words, timeline } = useTraceWords();
  const { factsOf } = useItemWords(trace);
  const facts = item && factsOf(item);
  const said = useMemo(() => argumentsOf(trace, item), [trace, item]);
  if (facts === undefined) return <p className="pt-1.5 text-sm text-muted">{timeline.nothing}</p>;
  return (
    <section aria-label={words.title} className="pt-1.5 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <strong className="min-w-0 truncate font-medium">{facts.name}</strong>
        <span className="figures">{timeline.tookAt(facts)}</span>
        <span className="text-muted">{facts.thread}</span>
        {facts.category !== '' && <span className="min-w-0 truncate text-muted">{facts.category}</span>}
        <span className="ml-auto flex gap-1.5">
          <Button small onClick={onZoom}>
            {words.zoom}
          </Button>
          {!facts.isMoment && (
            <Button small onClick={onSelect}>
              {words.select}
            </Button>
          )}
        </span>
      </div>
      {facts.isUnfinished && <p className="text-muted">{words.unfinished}</p>}
      {said.length > 0 && (
        <dl className="mt-1 grid max-h-40 max-w-[100ch] grid-cols-[max-content_1fr] gap-x-3 overflow-y-auto">
          {said.map(([key, value]) => (
            <div key={key} className="col-span-2 grid grid-cols-subgrid">
              <dt className="max-w-56 truncate font-mono text-muted">{printable(key)}</dt>
              <dd className="font-mono break-all">{printable(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function argumentsOf(trace: Trace, item: Item | undefined): [string, string][] {
  const spans = item && item.line !== STATES ? trace.lanes[item.lane]?.spans : undefined;
  return spans && item ? readArguments(trace.arguments, spans.arguments[item.row] ?? -1) : [];
}
