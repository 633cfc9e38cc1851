'use client';

import type { CallFacts } from './protocol.ts';
import { useTimeWords } from './use-time-words.ts';

/** When a call began, how long it took and how much of that itself, always in this order. */
export function CallTimes({ call }: { call: CallFacts }) {
  const words = useTimeWords();
  const took = call.endMicros - call.startMicros;
  return (
    <span className="figures whitespace-nowrap text-sm">
      <span className="text-muted">{words.start}</span> {words.point(call.startMicros, Math.max(took, 100))}
      <span className="ml-3 text-muted">{words.took}</span> {words.time(took)}
      <span className="ml-3 text-muted">{words.self}</span> {words.time(call.selfMicros)}
    </span>
  );
}
