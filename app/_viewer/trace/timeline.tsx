'use client';

import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import type { Lane, Trace } from '#profile/index.ts';
import { Button } from '../../_ui/button.tsx';
import { printable } from '../flame/function-labels.ts';
import { useDragAndWheel } from '../flame/use-drag-and-wheel.ts';
import { useSize } from '../flame/use-size.ts';
import { type ViewRange, WHOLE, zoomed } from '../flame/view-range.ts';
import { LaneCanvas } from './lane-canvas.tsx';
import { findRowAt } from './lane-shares.ts';
import { TimeAxis } from './time-axis.tsx';
import { afterKey, type Place } from './timeline-keys.ts';
import { AXIS_HEIGHT, LANE_HEIGHT } from './timeline-size.ts';
import { useTraceWords } from './use-trace-words.ts';

interface TimelineProps {
  readonly trace: Trace;
  readonly range: ViewRange;
  onRange(range: ViewRange): void;
}

/** The lanes over a common axis, to be looked around in with pointer and keys. */
export function Timeline({ trace, range, onRange }: TimelineProps) {
  const { timeline: words } = useTraceWords();
  const area = useRef<HTMLDivElement>(null);
  const size = useSize(area);
  const help = useId();
  const [place, setPlace] = useState<Place>();
  const { lanes, startMicros, endMicros } = trace;
  useDragAndWheel(area, range, onRange);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = afterKey(event.key, { range, place }, lanes, startMicros, endMicros);
    if (next === undefined) return;
    event.preventDefault();
    onRange(next.range);
    setPlace(next.place);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const rect = event.currentTarget.getBoundingClientRect();
    const share = range.from + ((event.clientX - rect.left) / rect.width) * (range.to - range.from);
    const lane = Math.floor((event.clientY - rect.top - AXIS_HEIGHT) / LANE_HEIGHT);
    const chosen = lanes[lane];
    const row = chosen && findRowAt(chosen, startMicros + share * (endMicros - startMicros));
    setPlace(row === undefined ? undefined : { lane, row });
  };
  return (
    <div className="min-w-0 flex-1 basis-96">
      <div
        ref={area}
        role="application"
        aria-label={words.label}
        aria-describedby={help}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a picture that is walked through with keys; its figures are in the tables
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        className="relative cursor-grab overflow-hidden select-none active:cursor-grabbing"
        style={{ height: AXIS_HEIGHT + lanes.length * LANE_HEIGHT, touchAction: 'pan-y' }}
      >
        {size && (
          <>
            <TimeAxis trace={trace} range={range} width={size.width} />
            <LaneCanvas trace={trace} range={range} size={size} place={place} />
          </>
        )}
      </div>
      <p id={help} className="sr-only">
        {words.help}
      </p>
      <div className="flex flex-wrap items-center gap-2 pt-1">
        <PlaceLine trace={trace} place={place} />
        <Button small onClick={() => onRange(zoomed(range, 0.5, 0.5))}>
          {words.zoomIn}
        </Button>
        <Button small onClick={() => onRange(zoomed(range, 2, 0.5))}>
          {words.zoomOut}
        </Button>
        <Button small onClick={() => onRange(WHOLE)}>
          {words.whole}
        </Button>
      </div>
    </div>
  );
}

/** What is pointed at, in words. */
function PlaceLine({ trace, place }: { trace: Trace; place: Place | undefined }) {
  const words = useTraceWords();
  const lane = place && trace.lanes[place.lane];
  return (
    <p role="status" className="figures min-w-0 flex-1 truncate text-sm text-muted">
      {lane && place ? sentenceOf(lane, place.row, trace.startMicros, words) : words.timeline.nothing}
    </p>
  );
}

const STATE_NAMES = ['executing', 'waiting', 'gc'] as const;

function sentenceOf(
  lane: Lane,
  row: number,
  beganMicros: number,
  words: ReturnType<typeof useTraceWords>,
): string {
  const start = lane.startMicros[row] as number;
  const end = lane.endMicros[row] as number;
  const state = words.states[STATE_NAMES[lane.state[row] as number] ?? 'executing'];
  return words.timeline.point(
    printable(lane.name),
    state,
    words.micros(end - start),
    words.micros(start - beganMicros),
  );
}
