'use client';

import { inOneLine } from '../in-one-line.ts';
import { useHeapWords } from '../use-heap-words.ts';

/** The field and the class by which something is held. */
export function HeldBy({ edgeName, className }: { edgeName: string; className: string }) {
  const { holders } = useHeapWords();
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      <span className="truncate text-accent">{inOneLine(edgeName)}</span>
      <span className="text-muted">{holders.in}</span>
      <span className="truncate">{inOneLine(className)}</span>
    </span>
  );
}
