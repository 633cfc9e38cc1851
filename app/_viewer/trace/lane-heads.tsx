'use client';

import type { Lane } from '#profile/index.ts';
import { printable } from '../flame/function-labels.ts';
import { type LaneLayout, laneAt, linesOf, statesHeight } from './lane-layout.ts';
import { useTraceWords } from './use-trace-words.ts';

interface LaneHeadsProps {
  readonly lanes: readonly Lane[];
  readonly layout: LaneLayout;
  readonly scrollTop: number;
  readonly height: number;
  onFold(lane: number): void;
}

/** The names of the threads that are seen, each with the button that folds its spans away. */
export function LaneHeads({ lanes, layout, scrollTop, height, onFold }: LaneHeadsProps) {
  const { timeline: words } = useTraceWords();
  const first = laneAt(layout, scrollTop);
  const last = laneAt(layout, scrollTop + height);
  return lanes.slice(first, last + 1).map((lane, offset) => {
    const index = first + offset;
    const name = printable(lane.name);
    const isOpen = !layout.isCollapsed[index];
    const lines = linesOf(lane);
    return (
      <div
        key={`${lane.pid} ${lane.tid}`}
        className="absolute inset-x-0 flex items-start gap-1 border-b border-hairline pr-2"
        style={{
          top: layout.top[index],
          height: (layout.top[index + 1] as number) - (layout.top[index] as number),
        }}
      >
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={words.fold(name)}
          title={words.fold(name)}
          disabled={lines === 0}
          tabIndex={-1}
          onClick={() => onFold(index)}
          className="flex w-full min-w-0 items-center gap-1 rounded-sm text-left hover:bg-hover disabled:hover:bg-transparent"
          style={{ height: statesHeight(lane) }}
        >
          <span aria-hidden className="w-3 shrink-0 text-xs text-muted">
            {lines === 0 ? '' : isOpen ? '▾' : '▸'}
          </span>
          <span className="truncate text-sm">{name}</span>
        </button>
      </div>
    );
  });
}
