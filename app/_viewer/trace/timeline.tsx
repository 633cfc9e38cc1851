'use client';

import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useDragAndWheel } from '../flame/use-drag-and-wheel.ts';
import { useSize } from '../flame/use-size.ts';
import { useThemeColours } from '../use-theme-colours.ts';
import { findHit, type Hit } from './find-hit.ts';
import { ItemTooltip } from './item-tooltip.tsx';
import { LaneHeads } from './lane-heads.tsx';
import { AXIS_HEIGHT, lineHeight, lineTop } from './lane-layout.ts';
import { TimeAxis } from './time-axis.tsx';
import { readTimelineColours } from './timeline-colours.ts';
import { paintTimelineMarks, type TimelineMarks } from './timeline-marks.ts';
import { TimelineMirror } from './timeline-mirror.tsx';
import { TimelinePainter } from './timeline-painter.ts';
import type { TimelinePicture, TimelineViewport } from './timeline-picture.ts';
import { type Item, type TraceState, toSelection } from './trace-state.ts';
import { useItemWords } from './use-item-words.ts';
import { useRangeDrag } from './use-range-drag.ts';
import type { ChangeTrace } from './use-trace-state.ts';
import { createSpanBoxes } from './visible-spans.ts';

interface Pointed extends Hit {
  /** In the window. */
  readonly x: number;
  readonly y: number;
}

interface TimelineProps {
  readonly picture: TimelinePicture;
  readonly state: TraceState;
  readonly change: ChangeTrace;
  onKeyDown(event: KeyboardEvent): void;
  onFold(lane: number): void;
}

/** Threads below each other over a common axis: their names at the left, the picture, and the mirror for screen readers. */
export function Timeline({ picture, state, change, onKeyDown, onFold }: TimelineProps) {
  const { trace, layout, range } = picture;
  const { factsOf } = useItemWords(trace);
  const scroller = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const size = useSize(area);
  const frame = useSize(scroller);
  const [scrollTop, setScrollTop] = useState(0);
  const [isFocused, setFocused] = useState(false);
  const [pointed, setPointed] = useState<Pointed>();
  const [guideX, setGuideX] = useState<number>();
  const boxes = useRef(createSpanBoxes());
  const span = trace.endMicros - trace.startMicros;
  const height = Math.max(0, (frame?.height ?? 0) - AXIS_HEIGHT);
  const viewport = useMemo<TimelineViewport | undefined>(
    () => size && { width: size.width, height, scrollTop, pixelRatio: size.pixelRatio },
    [size, height, scrollTop],
  );
  const onRange = useCallback((next: TraceState['range']) => change({ range: next }), [change]);
  const wasDragged = useDragAndWheel(area, range, onRange);
  const onSelect = useCallback(
    (from: number, to: number) => {
      const toMicros = (share: number) => (range.from + share * (range.to - range.from)) * span;
      change({ selection: toSelection(toMicros(from), toMicros(to), span) });
    },
    [change, range, span],
  );
  useRangeDrag(area, true, onSelect);
  useScrolled(scroller, state.scrolled);
  useRevealed(scroller, picture, state.item);
  const marks = { selection: state.selection, item: state.item, hovered: pointed?.item, guideX, isFocused };
  const [base, overlay] = usePainting(scroller, picture, viewport, marks);

  const hitAt = (event: { clientX: number; clientY: number }): Hit | undefined => {
    const rect = area.current?.getBoundingClientRect();
    if (rect === undefined || viewport === undefined) return undefined;
    return findHit(
      picture,
      viewport,
      event.clientX - rect.left,
      event.clientY - rect.top - scrollTop,
      boxes.current,
    );
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (event.pointerType === 'touch') return;
    setGuideX(event.clientX - event.currentTarget.getBoundingClientRect().left);
    const hit = event.buttons === 0 ? hitAt(event) : undefined;
    setPointed(hit && { ...hit, x: event.clientX, y: event.clientY });
  };
  const onClick = (event: { clientX: number; clientY: number; shiftKey: boolean }) => {
    if (wasDragged() || event.shiftKey) return;
    // So that the keys go on from what was clicked.
    scroller.current?.querySelector<HTMLElement>('[role="tree"]')?.focus({ preventScroll: true });
    change({ item: hitAt(event)?.item });
  };
  const facts = pointed && factsOf(pointed.item);
  return (
    <div
      ref={scroller}
      className="trace-timeline relative mt-1 overflow-x-hidden overflow-y-auto overscroll-x-contain border-y border-hairline-strong has-[[role=tree]:focus-visible]:outline-2 has-[[role=tree]:focus-visible]:outline-accent"
      style={{ height: layout.height + AXIS_HEIGHT + 2 }}
      onScroll={(event) => {
        setScrollTop(event.currentTarget.scrollTop);
        change({ scrolled: Math.round(event.currentTarget.scrollTop) });
      }}
    >
      <div className="sticky top-0 z-10 flex bg-surface" style={{ height: AXIS_HEIGHT }}>
        <div className="trace-heads shrink-0 border-b border-hairline-strong" />
        {size && (
          <TimeAxis
            trace={trace}
            range={range}
            width={size.width}
            selection={state.selection}
            guideX={guideX}
            onSelect={onSelect}
          />
        )}
      </div>
      <div className="flex" style={{ height: layout.height }}>
        <div className="trace-heads relative shrink-0">
          <LaneHeads
            lanes={trace.lanes}
            layout={layout}
            scrollTop={scrollTop}
            height={height}
            onFold={onFold}
          />
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the tree laid over it is what the keyboard and screen readers use */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
        <div
          ref={area}
          className="relative min-w-0 flex-1 cursor-default touch-pan-y select-none"
          onPointerMove={onPointerMove}
          onPointerLeave={() => {
            setPointed(undefined);
            setGuideX(undefined);
          }}
          onClick={onClick}
        >
          <div className="sticky h-0" style={{ top: AXIS_HEIGHT }}>
            <div aria-hidden="true">
              <canvas ref={base} className="absolute top-0 left-0" />
              <canvas ref={overlay} className="absolute top-0 left-0" />
            </div>
            <div className="pointer-events-none absolute inset-x-0 top-0" style={{ height }}>
              <TimelineMirror trace={trace} item={state.item} onKeyDown={onKeyDown} onFocus={setFocused} />
            </div>
          </div>
        </div>
      </div>
      {pointed && facts && <ItemTooltip facts={facts} count={pointed.count} x={pointed.x} y={pointed.y} />}
    </div>
  );
}

/** Goes where the address says, once. */
function useScrolled(scroller: RefObject<HTMLDivElement | null>, scrolled: number): void {
  const wanted = useRef(scrolled);
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = wanted.current;
  }, [scroller]);
}

/** Scrolls just so far that what was chosen can be seen. */
function useRevealed(
  scroller: RefObject<HTMLDivElement | null>,
  { trace, layout }: TimelinePicture,
  item: Item | undefined,
): void {
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another choice scrolls, not what is folded
  useEffect(() => {
    const element = scroller.current;
    // The first choice comes with the address, which also says how far to scroll.
    const wasFirst = isFirst.current;
    isFirst.current = false;
    const lane = item && trace.lanes[item.lane];
    if (wasFirst || element === null || item === undefined || lane === undefined) return;
    const top = lineTop(layout, trace.lanes, item);
    const bottom = top + lineHeight(lane, item.line) + AXIS_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTop = bottom - element.clientHeight;
  }, [scroller, item]);
}

/** Pointing draws the marks alone; everything else both layers, at most once per frame of the screen. */
function usePainting(
  scroller: RefObject<HTMLDivElement | null>,
  picture: TimelinePicture,
  viewport: TimelineViewport | undefined,
  { selection, item, hovered, guideX, isFocused }: TimelineMarks,
): [RefObject<HTMLCanvasElement | null>, RefObject<HTMLCanvasElement | null>] {
  const base = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const painter = useRef<TimelinePainter>(undefined);
  const colours = useThemeColours(scroller, readTimelineColours);
  useLayoutEffect(() => {
    if (viewport === undefined) return;
    for (const canvas of [base.current, overlay.current]) if (canvas) resize(canvas, viewport);
  }, [viewport]);
  useLayoutEffect(() => {
    const context = base.current?.getContext('2d');
    if (!context || !colours || !viewport) return;
    painter.current ??= new TimelinePainter(context, getComputedStyle(document.body).fontFamily);
    const frame = requestAnimationFrame(() => painter.current?.paint(picture, colours, viewport));
    return () => cancelAnimationFrame(frame);
  }, [picture, colours, viewport]);
  useLayoutEffect(() => {
    const context = overlay.current?.getContext('2d');
    if (!context || !colours || !viewport) return;
    const marks = { selection, item, hovered, guideX, isFocused };
    const frame = requestAnimationFrame(() => paintTimelineMarks(context, picture, colours, viewport, marks));
    return () => cancelAnimationFrame(frame);
  }, [picture, colours, viewport, selection, item, hovered, guideX, isFocused]);
  return [base, overlay];
}

/** Setting a size clears the canvas, so only another one is set. */
function resize(canvas: HTMLCanvasElement, { width, height, pixelRatio }: TimelineViewport): void {
  const [w, h] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
  if (canvas.width === w && canvas.height === h) return;
  canvas.width = w;
  canvas.height = h;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
}
