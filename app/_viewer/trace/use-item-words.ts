import { useCallback, useMemo } from 'react';
import { type LANE_STATE, type LaneState, SPAN_FLAG, type Trace } from '#profile/index.ts';
import { printable } from '../flame/function-labels.ts';
import { timesOf } from './items.ts';
import { STATES } from './lane-layout.ts';
import type { Item } from './trace-state.ts';
import { useTraceWords } from './use-trace-words.ts';

const STATE_NAMES = ['executing', 'waiting', 'gc', 'blocked'] as const satisfies Record<
  LaneState,
  keyof typeof LANE_STATE
>;

/** What is said of one state or span. */
export interface ItemFacts {
  readonly name: string;
  /** The empty string for states. */
  readonly category: string;
  readonly thread: string;
  readonly took: string;
  /** Since the trace began. */
  readonly began: string;
  readonly isUnfinished: boolean;
  readonly isMoment: boolean;
}

/** How one speaks of what is in a trace. */
export function useItemWords(trace: Trace) {
  const words = useTraceWords();
  const factsOf = useCallback(
    (item: Item): ItemFacts | undefined => {
      const times = timesOf(trace.lanes, item);
      const lane = trace.lanes[item.lane];
      if (times === undefined || lane === undefined) return undefined;
      const { spans } = lane;
      const isState = item.line === STATES;
      const flags = isState ? 0 : (spans.flags[item.row] as number);
      const text = (column: Uint32Array) => printable(trace.strings[column[item.row] as number] ?? '');
      const state = STATE_NAMES[lane.state[item.row] as LaneState] ?? 'executing';
      return {
        name: isState ? words.states[state] : text(spans.name) || words.unnamed,
        category: isState ? '' : text(spans.category),
        thread: printable(lane.name),
        took: words.micros(times.endMicros - times.startMicros),
        began: words.exactly(times.startMicros - trace.startMicros),
        isUnfinished: (flags & SPAN_FLAG.unfinished) !== 0,
        isMoment: (flags & SPAN_FLAG.instant) !== 0,
      };
    },
    [trace, words],
  );
  const sentenceOf = useCallback(
    (item: Item): string => {
      const facts = factsOf(item);
      return facts ? words.timeline.point(facts) : '';
    },
    [factsOf, words],
  );
  return useMemo(() => ({ factsOf, sentenceOf }), [factsOf, sentenceOf]);
}
