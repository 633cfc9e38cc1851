'use client';

import { useMemo, useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import type { Anchor } from '../menu/place-floating.ts';
import type { Subject } from '../state/subject.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import type { ChartClient } from './chart-client.ts';
import { seenTime } from './seen-time.ts';
import { TimeAxis } from './time-axis.tsx';
import { type PointedInTime, TimeCanvas } from './time-canvas.tsx';
import { TimeDetails } from './time-details.tsx';
import { TimeMirror } from './time-mirror.tsx';
import { TimeTooltip } from './time-tooltip.tsx';
import type { TimeMoves } from './use-time-moves.ts';
import { useTimeWords } from './use-time-words.ts';

interface TimeViewProps {
  readonly client: ChartClient;
  readonly subject: Subject;
  readonly totalMicros: number;
  readonly shades: Uint8Array;
  readonly matched: Uint8Array | undefined;
  readonly state: ViewerState;
  readonly moves: TimeMoves;
  /** What can be done with a function is asked for. */
  onMenu(func: number, anchor: Anchor): void;
}

/** What was on the stack when: callers above what they called, time to the right. */
export function TimeView({
  client,
  subject,
  totalMicros,
  shades,
  matched,
  state,
  moves,
  onMenu,
}: TimeViewProps) {
  const words = useTimeWords();
  const { time, rootBelow } = state;
  const [pointed, setPointed] = useState<PointedInTime>();
  const [isFocused, setFocused] = useState(false);
  const seen = useMemo(() => seenTime(time.seen, totalMicros), [time.seen, totalMicros]);
  const { selected, changeTime } = moves;
  return (
    <section className="flex min-h-0 flex-col gap-1" aria-label={words.label}>
      <div className="flex h-6 shrink-0 items-center gap-2">
        <p className="figures truncate text-sm text-muted">
          {words.seen(
            words.span(seen.fromMicros, seen.toMicros),
            words.time(seen.toMicros - seen.fromMicros),
          )}
        </p>
        <div className="ml-auto flex gap-1.5">
          {selected && (
            <Button small title={words.longestTitle} onClick={() => moves.toLongest(selected.call.func)}>
              {words.longest}
            </Button>
          )}
          {time.seen && (
            <>
              <Button small title={words.onlyTitle} onClick={() => changeTime({ chosen: time.seen })}>
                {words.only}
              </Button>
              <Button small onClick={() => changeTime({ seen: undefined })}>
                {words.showAll}{' '}
                <kbd className="rounded-sm border border-hairline px-1 font-sans text-xs">Esc</kbd>
              </Button>
            </>
          )}
        </div>
      </div>
      <TimeAxis seen={seen} />
      <TimeCanvas
        client={client}
        totalMicros={totalMicros}
        maxDepth={subject.profile.maxDepth}
        originals={subject.originals}
        {...{ shades, matched, time, rootBelow, isFocused, changeTime }}
        transforms={state.transforms}
        onPoint={setPointed}
        onPick={moves.pick}
        onZoom={moves.zoomTo}
        selectedCall={selected?.call}
        onMenu={(call, anchor) => {
          setPointed(undefined);
          moves.pick(call);
          onMenu(call.func, anchor);
        }}
      >
        <TimeMirror
          {...{ subject, totalMicros, selected }}
          onKeyDown={moves.onKeyDown}
          onFocus={setFocused}
        />
      </TimeCanvas>
      <TimeDetails
        subject={subject}
        call={pointed?.call ?? selected?.call}
        selected={selected?.call}
        onMenu={onMenu}
      />
      {pointed && <TimeTooltip subject={subject} at={pointed} />}
    </section>
  );
}
