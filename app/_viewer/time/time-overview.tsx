'use client';

import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { ActivityOverTime, TimeRange } from '#profile/index.ts';
import { CrossIcon } from '../../_ui/icons.tsx';
import { useSize } from '../flame/use-size.ts';
import { useThemeColours } from '../use-theme-colours.ts';
import type { ChartClient } from './chart-client.ts';
import { afterEdgeKey, type Edge, toChoice } from './choose-time.ts';
import { followChoice } from './follow-choice.ts';
import { paintOverview, readOverviewColours } from './overview-painter.ts';
import { STRIP_SHADES } from './strip-kinds.ts';
import type { TimeState } from './time-state.ts';
import { useDraft } from './use-draft.ts';
import { useTimeWords } from './use-time-words.ts';

/** As many parts as a wide screen has pixels for. */
const PARTS = 1200;
/** Whatever is chosen is put together anew; not for each step of a key that is held down. */
const SETTLED_MS = 160;

interface TimeOverviewProps {
  readonly client: ChartClient | undefined;
  readonly totalMicros: number;
  readonly time: TimeState;
  /** What each function counts as in the strip: see `stripKindsOf`. */
  readonly kinds: Uint8Array;
  /** The time-ordered view is beside it: what it has in sight is marked, and it goes where a time is chosen. */
  readonly isOverChart: boolean;
  changeTime(part: Partial<TimeState>): void;
}

/** The whole recording in a strip: what the thread was busy with, and the part of it that all views are about. */
export function TimeOverview({
  client,
  totalMicros,
  time,
  kinds,
  isOverChart,
  changeTime,
}: TimeOverviewProps) {
  const words = useTimeWords();
  const strip = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const hint = useId();
  usePaintedOverview(client, kinds, strip, canvas);
  const choose = (range: TimeRange | undefined) =>
    changeTime(isOverChart ? { chosen: range, seen: range } : { chosen: range });
  const [draft, setDraft] = useDraft((next: TimeRange) => choose(toChoice(next, totalMicros)));
  const whole = { fromMicros: 0, toMicros: totalMicros };
  const range = draft ?? time.chosen ?? whole;
  const shown = toChoice(range, totalMicros);
  const onPointerDown = ({ nativeEvent }: PointerEvent) => {
    if (strip.current === null) return;
    followChoice(
      nativeEvent,
      strip.current,
      { range, isChosen: shown !== undefined, totalMicros },
      (next, isOver) => setDraft(next, isOver ? 0 : undefined),
    );
  };
  const onKeyDown = (edge: Edge) => (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && shown !== undefined) return setDraft(whole, 0);
    const next = afterEdgeKey(event.key, event.shiftKey, edge, range, totalMicros);
    if (next === undefined) return;
    event.preventDefault();
    setDraft(next, SETTLED_MS);
  };
  const share = (micros: number) => `${Math.min(100, Math.max(0, (micros / totalMicros) * 100))}%`;
  const said = words.span(range.fromMicros, range.toMicros);
  return (
    <div className="flex shrink-0 items-center gap-2">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a strip */}
      <div
        ref={strip}
        role="group"
        aria-label={words.overview.label}
        aria-describedby={hint}
        title={words.overview.hint}
        onPointerDown={onPointerDown}
        className="relative h-9 min-w-0 flex-1 cursor-crosshair touch-pan-y select-none overflow-hidden rounded-sm border border-hairline bg-raised"
      >
        <p id={hint} className="sr-only">
          {words.overview.hint}
        </p>
        <div aria-hidden="true">
          <canvas ref={canvas} className="absolute inset-0 size-full" />
        </div>
        {isOverChart && time.seen && (
          <div
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 min-w-0.5 border border-text"
            style={{
              left: share(time.seen.fromMicros),
              right: `calc(100% - ${share(time.seen.toMicros)})`,
            }}
          />
        )}
        {shown && (
          <>
            <div
              className="pointer-events-none absolute inset-y-0 left-0 bg-surface/75"
              style={{ width: share(range.fromMicros) }}
            />
            <div
              className="pointer-events-none absolute inset-y-0 right-0 bg-surface/75"
              style={{ left: share(range.toMicros) }}
            />
          </>
        )}
        {(['from', 'to'] as const).map((edge) => {
          const at = edge === 'from' ? range.fromMicros : range.toMicros;
          return (
            <div
              key={edge}
              role="slider"
              tabIndex={0}
              data-edge={edge}
              aria-label={words.overview[edge]}
              aria-orientation="horizontal"
              aria-valuemin={0}
              aria-valuemax={totalMicros}
              aria-valuenow={at}
              aria-valuetext={words.point(at, range.toMicros - range.fromMicros)}
              onKeyDown={onKeyDown(edge)}
              className="absolute inset-y-0 w-2 cursor-ew-resize border-accent focus-visible:bg-accent/40 focus-visible:outline-2 focus-visible:outline-accent"
              style={
                edge === 'from'
                  ? { left: share(at), borderLeftWidth: 2 }
                  : { left: `calc(${share(at)} - 0.5rem)`, borderRightWidth: 2 }
              }
            />
          );
        })}
      </div>
      {time.chosen && (
        <button
          type="button"
          aria-label={words.overview.clear(said)}
          onClick={() => setDraft(whole, 0)}
          className="figures flex h-7 shrink-0 items-center gap-1.5 rounded-md border border-hairline-strong bg-raised px-2 text-sm hover:bg-hover"
        >
          {words.overview.chosen(said)}
          <CrossIcon />
        </button>
      )}
    </div>
  );
}

/** The strip's colours and its activity, asked for once for each choice of colours and drawn whenever one of them changes. */
function usePaintedOverview(
  client: ChartClient | undefined,
  kinds: Uint8Array,
  strip: RefObject<HTMLDivElement | null>,
  canvas: RefObject<HTMLCanvasElement | null>,
): void {
  const size = useSize(strip);
  const colours = useThemeColours(strip, readOverviewColours);
  const [activity, setActivity] = useState<ActivityOverTime>();
  useEffect(
    () => client?.askForActivity({ parts: PARTS, kinds, kindCount: STRIP_SHADES.length + 1 }, setActivity),
    [client, kinds],
  );
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !size || !colours || !activity) return;
    context.canvas.width = Math.round(size.width * size.pixelRatio);
    context.canvas.height = Math.round(size.height * size.pixelRatio);
    paintOverview(context, activity, colours);
  }, [canvas, size, colours, activity]);
}
