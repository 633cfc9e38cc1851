'use client';

import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Transform } from '#profile/index.ts';
import { isMenuKey } from '../flame/flame-graph.tsx';
import { LINE_HEIGHT } from '../flame/painter.ts';
import { type Palette, readPalette } from '../flame/palette.ts';
import { useDragAndWheel } from '../flame/use-drag-and-wheel.ts';
import { useScrollFromRoot } from '../flame/use-scroll-from-root.ts';
import { type Size, useSize } from '../flame/use-size.ts';
import { type Anchor, anchorAt } from '../menu/place-floating.ts';
import type { Subject } from '../state/subject.ts';
import { useThemeColours } from '../use-theme-colours.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import type { ChartClient } from './chart-client.ts';
import { contentHeight, topOfDepth } from './chart-lines.ts';
import { pageFonts } from './page-fonts.ts';
import type { CallAddress, CallSpan, Drawing, PointedCall } from './protocol.ts';
import { seenTime, toTimeRange, toViewRange } from './seen-time.ts';
import type { TimeState } from './time-state.ts';

export interface PointedInTime extends PointedCall {
  /** In the window. */
  readonly x: number;
  readonly y: number;
}

/** However little room there is, so much of the chart is seen; in CSS pixels. */
const LEAST_HEIGHT = 6 * LINE_HEIGHT;

interface TimeCanvasProps {
  readonly client: ChartClient;
  readonly totalMicros: number;
  /** Of the stacks as they were recorded. */
  readonly maxDepth: number;
  readonly shades: Uint8Array;
  readonly matched: Uint8Array | undefined;
  readonly transforms: readonly Transform[];
  readonly originals: Subject['originals'];
  readonly time: TimeState;
  readonly rootBelow: boolean;
  /** The keyboard is here. */
  readonly isFocused: boolean;
  onPoint(at: PointedInTime | undefined): void;
  onPick(call: CallSpan): void;
  onZoom(call: CallSpan): void;
  /** What is known of what is selected. */
  readonly selectedCall: CallSpan | undefined;
  /** What can be done with a call is asked for; the anchor is where to show it. */
  onMenu(call: CallSpan, anchor: Anchor): void;
  changeTime(part: Partial<TimeState>): void;
  /** The mirror for screen readers, laid over the chart. */
  readonly children: ReactNode;
}

/** The chart: drawn in the worker as it is seen, scrolled by the browser. */
export function TimeCanvas(props: TimeCanvasProps) {
  const { client, totalMicros, time, rootBelow, onPoint, onPick, onMenu, changeTime } = props;
  // Other stacks may be less deep; the first drawing of them tells.
  const [maxDepth, setMaxDepth] = useState(props.maxDepth);
  const scroller = useRef<HTMLDivElement>(null);
  const holder = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const [scrollTop, setScrollTop] = useState(0);
  const [pointer, setPointer] = useState<{ readonly x: number; readonly y: number }>();
  const height = contentHeight(maxDepth);
  useScrollFromRoot(scroller, time.scrolledLines, height, rootBelow);
  useRevealed(scroller, maxDepth, rootBelow, time.selected);
  useHandedCanvas(client, holder, size);
  useLayoutEffect(() => client.transform(props.transforms), [client, props.transforms]);
  const range = useMemo(() => toViewRange(time.seen, totalMicros), [time.seen, totalMicros]);
  const wasDragged = useDragAndWheel(scroller, range, (next) =>
    changeTime({ seen: toTimeRange(next, totalMicros) }),
  );
  const drawing = useDrawing(props, size, scrollTop, pointer);
  const { shades, matched, transforms } = props;
  const palette = useLook(scroller, props);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the worker was told shows in the next drawing
  useLayoutEffect(() => {
    if (drawing !== undefined) client.draw(drawing);
  }, [client, drawing, palette, shades, matched, transforms]);

  const pointed = useRef<PointedCall>(undefined);
  useEffect(() => {
    client.onDrawn(({ pointed: found, maxDepth: deepest }, { point }) => {
      pointed.current = found;
      setMaxDepth(deepest);
      const area = scroller.current?.getBoundingClientRect();
      const isThere = found !== undefined && point !== undefined && area !== undefined;
      onPoint(isThere ? { ...found, x: area.left + point.x, y: area.top + point.y } : undefined);
    });
    return () => client.onDrawn(undefined);
  }, [client, onPoint]);
  const onMouseMove = (event: MouseEvent) => {
    const area = scroller.current?.getBoundingClientRect();
    if (area === undefined || event.buttons !== 0) return setPointer(undefined);
    setPointer({ x: event.clientX - area.left, y: event.clientY - area.top });
  };
  // So that the keys go on from what was clicked.
  const focusTree = () =>
    scroller.current?.querySelector<HTMLElement>('[role="tree"]')?.focus({ preventScroll: true });
  const onContextMenu = (event: MouseEvent) => {
    const call = pointed.current?.call;
    if (call === undefined) return;
    event.preventDefault();
    focusTree();
    onMenu(call, anchorAt(event.clientX, event.clientY));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const call = props.selectedCall;
    if (!isMenuKey(event) || call === undefined || scroller.current === null) return;
    event.preventDefault();
    const area = scroller.current.getBoundingClientRect();
    const shown = (call.startMicros / totalMicros - range.from) / (range.to - range.from);
    const left = area.left + Math.min(1, Math.max(0, shown)) * area.width;
    const top = area.top + topOfDepth({ maxDepth, rootBelow }, call.depth) - scroller.current.scrollTop;
    onMenu(call, { left, top, right: left, bottom: top + LINE_HEIGHT });
  };
  const onDoubleClick = () => {
    if (pointed.current && !wasDragged()) props.onZoom(pointed.current.call);
  };
  const onClick = () => {
    if (wasDragged()) return;
    focusTree();
    if (pointed.current) onPick(pointed.current.call);
  };
  return (
    <div
      data-picture=""
      className="relative shrink has-[[role=tree]:focus-visible]:outline-2 has-[[role=tree]:focus-visible]:outline-accent"
      style={{ height: height + 1, minHeight: Math.min(height + 1, LEAST_HEIGHT) }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the tree laid over it is what the keyboard and screen readers use */}
      <div
        ref={scroller}
        className="absolute inset-0 cursor-default touch-pan-y select-none overflow-x-hidden overflow-y-auto overscroll-x-contain"
        onScroll={(event) => {
          setScrollTop(event.currentTarget.scrollTop);
          changeTime({ scrolledLines: linesFromRoot(event.currentTarget, rootBelow) });
        }}
        onMouseMove={onMouseMove}
        onMouseLeave={() => setPointer(undefined)}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
        onContextMenu={onContextMenu}
        onKeyDown={onKeyDown}
      >
        <div style={{ height }}>
          <div className="sticky top-0 h-0">
            <div ref={holder} aria-hidden="true" />
            <div className="pointer-events-none absolute inset-x-0 top-0" style={{ height: size?.height }}>
              {props.children}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

/** Everything that the next frame depends on; undefined until it is known how large it is. */
function useDrawing(
  { time, totalMicros, rootBelow, isFocused }: TimeCanvasProps,
  size: Size | undefined,
  scrollTop: number,
  point: Drawing['point'],
): Drawing | undefined {
  const { seen, selected, chosen } = time;
  return useMemo(
    () =>
      size && {
        ...size,
        seen: seenTime(seen, totalMicros),
        scrollTop,
        rootBelow,
        point,
        selected,
        isFocused,
        chosen,
      },
    [size, seen, totalMicros, scrollTop, rootBelow, point, selected, isFocused, chosen],
  );
}

/** A canvas can be handed to a worker once, so each client gets one of its own. */
function useHandedCanvas(
  client: ChartClient,
  holder: RefObject<HTMLDivElement | null>,
  size: Size | undefined,
): void {
  const canvas = useRef<HTMLCanvasElement>(undefined);
  useLayoutEffect(() => {
    const made = document.createElement('canvas');
    made.className = 'absolute top-0 left-0';
    holder.current?.append(made);
    canvas.current = made;
    const { fontFamily } = getComputedStyle(document.body);
    client.hand(made.transferControlToOffscreen(), fontFamily, pageFonts(fontFamily));
    return () => made.remove();
  }, [client, holder]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another client has another canvas
  useLayoutEffect(() => {
    if (canvas.current === undefined || size === undefined) return;
    canvas.current.style.width = `${size.width}px`;
    canvas.current.style.height = `${size.height}px`;
  }, [client, size]);
}

function useLook(
  element: RefObject<HTMLElement | null>,
  {
    client,
    shades,
    matched,
    originals,
  }: Pick<TimeCanvasProps, 'client' | 'shades' | 'matched' | 'originals'>,
): Palette | undefined {
  const palette = useThemeColours(element, readPalette);
  const { anonymous } = useViewerWords();
  useLayoutEffect(() => {
    if (palette !== undefined) client.look({ palette, shades, matched, anonymous, originals });
  }, [client, palette, shades, matched, anonymous, originals]);
  return palette;
}

/** How far the root's end of the chart is scrolled out of sight: 0 shows the root, wherever it is drawn. */
function linesFromRoot(element: HTMLElement, rootBelow: boolean): number {
  const hidden = element.scrollHeight - element.clientHeight - element.scrollTop;
  return Math.round((Math.max(0, rootBelow ? hidden : element.scrollTop) / LINE_HEIGHT) * 100) / 100;
}

/** Scrolls just so far that the line of what was chosen can be seen. */
function useRevealed(
  scroller: RefObject<HTMLDivElement | null>,
  maxDepth: number,
  rootBelow: boolean,
  selected: CallAddress | undefined,
): void {
  const isFirst = useRef(true);
  useEffect(() => {
    const element = scroller.current;
    // The first choice comes with the address, which also says how far to scroll.
    if (element === null || isFirst.current) {
      isFirst.current = false;
      return;
    }
    if (selected === undefined) return;
    const top = topOfDepth({ maxDepth, rootBelow }, selected.depth);
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + LINE_HEIGHT > element.scrollTop + element.clientHeight)
      element.scrollTop = top + LINE_HEIGHT - element.clientHeight;
  }, [scroller, maxDepth, rootBelow, selected]);
}
