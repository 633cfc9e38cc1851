'use client';

import { useLayoutEffect, useRef } from 'react';
import type { ItemFacts } from './use-item-words.ts';
import { useTraceWords } from './use-trace-words.ts';

/** Keeps it off the pointer and the window's edge; in CSS pixels. */
const GAP = 14;

/** What is under the pointer. For eyes alone: the details and the tree say the same. */
export function ItemTooltip({
  facts,
  count,
  x,
  y,
}: {
  facts: ItemFacts;
  count: number;
  x: number;
  y: number;
}) {
  const { timeline: words } = useTraceWords();
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const { width, height } = element.getBoundingClientRect();
    const left = Math.min(x + GAP, window.innerWidth - width - GAP);
    const below = y + GAP;
    const top = below + height > window.innerHeight - GAP ? y - GAP - height : below;
    element.style.transform = `translate(${Math.max(GAP, left)}px, ${Math.max(GAP, top)}px)`;
  }, [x, y]);
  return (
    <div
      ref={ref}
      aria-hidden="true"
      className="pointer-events-none fixed top-0 left-0 z-40 max-w-[28rem] rounded-md border border-hairline-strong bg-raised px-2.5 py-1.5 shadow-float"
    >
      <p className="break-all font-medium">{facts.name}</p>
      <p className="figures text-sm">{words.tookAt(facts)}</p>
      {facts.category !== '' && <p className="break-all text-sm text-muted">{facts.category}</p>}
      {count > 1 && <p className="text-sm text-muted">{words.narrow(count - 1)}</p>}
    </div>
  );
}
