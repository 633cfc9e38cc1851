import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { panned, WHOLE, zoomed } from '../flame/view-range.ts';
import type { ChangeState } from '../state/use-viewer-state.ts';
import { type KeyWish, toKeyWish } from '../state/viewer-keys.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import type { ChartClient } from './chart-client.ts';
import type { CallAddress, CallSpan, CallWithCallers, Question } from './protocol.ts';
import { seenTime, timeOf, timeShowing, toTimeRange, toViewRange } from './seen-time.ts';
import type { TimeState } from './time-state.ts';

/** One press of + or - makes the view so many times narrower or wider. */
const KEY_ZOOM = 1.5;
/** Keys that are held down ask faster than a slow worker answers; more than this wait for nobody. */
const MOST_WAITING = 6;
/** By how much of what is seen. */
const PAGES: Readonly<Record<string, number>> = { PageUp: -0.8, PageDown: 0.8 };
const STEPS = { caller: 'caller', callee: 'callee', left: 'before', right: 'after' } as const;

export interface TimeMoves {
  /** What is selected; undefined while it is not known yet. */
  readonly selected: CallWithCallers | undefined;
  changeTime(part: Partial<TimeState>): void;
  pick(call: CallSpan): void;
  zoomTo(call: CallSpan): void;
  toMatch(by: 1 | -1): void;
  toLongest(func: number): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** Everything by which one moves through the chart; whatever is chosen is brought into view. */
export function useTimeMoves(
  client: ChartClient | undefined,
  totalMicros: number,
  state: ViewerState,
  change: ChangeState,
): TimeMoves {
  const { time, rootBelow, transforms } = state;
  // Several answers can come between two renderings; each goes on from the one before.
  const latest = useRef(time);
  latest.current = time;
  const waiting = useRef({ count: 0, last: Promise.resolve() });
  const [known, setKnown] = useState<CallWithCallers>();

  const changeTime = useCallback(
    (part: Partial<TimeState>) => {
      latest.current = { ...latest.current, ...part };
      change({ time: latest.current });
    },
    [change],
  );
  const select = useCallback(
    (answer: CallWithCallers) => {
      setKnown(answer);
      const { sample, depth } = answer.call;
      const seen = timeShowing(answer.call, seenTime(latest.current.seen, totalMicros), totalMicros);
      changeTime({ selected: { sample, depth }, seen });
    },
    [changeTime, totalMicros],
  );
  /** One after another: each question goes on from the answer before it. */
  const go = useCallback(
    (toQuestion: (from: CallAddress | undefined) => Question) => {
      const queue = waiting.current;
      if (client === undefined || queue.count >= MOST_WAITING) return;
      queue.count++;
      queue.last = queue.last.then(async () => {
        const answer = await client.ask(toQuestion(latest.current.selected));
        queue.count--;
        if (answer !== undefined) select(answer);
      });
    },
    [client, select],
  );
  const isKnown = isSame(known?.call, time.selected);
  const { selected } = time;
  useEffect(() => {
    if (client === undefined || selected === undefined || isKnown) return;
    let isWanted = true;
    void client.ask({ ask: 'call', at: selected }).then((answer) => {
      if (!isWanted) return;
      setKnown(answer);
      // The address can name a call from its middle, or one that is not there.
      if (!isSame(answer?.call, selected)) changeTime({ selected: answer?.call && addressOf(answer.call) });
    });
    return () => {
      isWanted = false;
    };
  }, [client, selected, isKnown, changeTime]);
  // The same place in other stacks is another call.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => setKnown(undefined), [client, transforms]);
  // Of a client that is gone no answer comes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another client starts with an empty queue
  useEffect(() => {
    waiting.current = { count: 0, last: Promise.resolve() };
  }, [client]);

  return useMemo(() => {
    const call = isKnown ? known?.call : undefined;
    const toMatch = (by: 1 | -1) => go((from) => ({ ask: 'match', from, by }));
    const zoom = (factor: number) => {
      const range = toViewRange(latest.current.seen, totalMicros);
      const middle = call && (call.startMicros + call.endMicros) / 2 / totalMicros;
      const isInSight = middle !== undefined && middle > range.from && middle < range.to;
      const at = isInSight ? (middle - range.from) / (range.to - range.from) : 0.5;
      changeTime({ seen: toTimeRange(zoomed(range, factor, at), totalMicros) });
    };
    const fulfil = (wish: KeyWish) => {
      switch (wish.kind) {
        case 'step':
          return go((from) => ({
            ask: 'step',
            from,
            step: STEPS[wish.step],
            seen: seenTime(latest.current.seen, totalMicros),
          }));
        case 'match':
          return toMatch(wish.by);
        case 'zoom-here':
          return call && changeTime({ seen: timeOf(call, totalMicros) });
        case 'show-all':
          return changeTime(
            latest.current.seen === undefined ? { selected: undefined } : { seen: undefined },
          );
        case 'root':
          return changeTime({ selected: undefined, seen: toTimeRange(WHOLE, totalMicros) });
        case 'closer':
          return zoom(1 / KEY_ZOOM);
        case 'farther':
          return zoom(KEY_ZOOM);
      }
    };
    return {
      selected: isKnown ? known : undefined,
      changeTime,
      pick: (picked) => changeTime({ selected: addressOf(picked) }),
      zoomTo: (call) => changeTime({ selected: addressOf(call), seen: timeOf(call, totalMicros) }),
      toMatch,
      toLongest: (func) => go(() => ({ ask: 'longest', func })),
      onKeyDown: (event) => {
        const by = PAGES[event.key];
        if (by !== undefined) {
          event.preventDefault();
          const range = toViewRange(latest.current.seen, totalMicros);
          changeTime({ seen: toTimeRange(panned(range, by), totalMicros) });
          return;
        }
        const wish = toKeyWish(event, rootBelow);
        if (wish === undefined) return;
        event.preventDefault();
        fulfil(wish);
      },
    };
  }, [known, isKnown, go, changeTime, totalMicros, rootBelow]);
}

function addressOf({ sample, depth }: CallAddress): CallAddress {
  return { sample, depth };
}

function isSame(one: CallAddress | undefined, other: CallAddress | undefined): boolean {
  return one?.sample === other?.sample && one?.depth === other?.depth;
}
