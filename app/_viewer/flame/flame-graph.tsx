'use client';

import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { IndexIntoCallTree } from '#profile/index.ts';
import { type Anchor, anchorAt } from '../menu/place-floating.ts';
import { useThemeColours } from '../use-theme-colours.ts';
import { type Hit, hitTest } from './hit-test.ts';
import { paintMarks, spanOf } from './marks.ts';
import { LINE_HEIGHT, lineTop, Painter, type Picture, type Viewport } from './painter.ts';
import { readPalette } from './palette.ts';
import { useDragAndWheel } from './use-drag-and-wheel.ts';
import { useScrollFromRoot } from './use-scroll-from-root.ts';
import { useSize } from './use-size.ts';
import type { ViewRange } from './view-range.ts';
import { createBoxes } from './visible-boxes.ts';

export interface PointedAt extends Hit {
  /** In the window. */
  readonly x: number;
  readonly y: number;
}

/** However little room there is, so much of the picture is seen; in CSS pixels. */
const LEAST_HEIGHT = 6 * LINE_HEIGHT;

interface FlameGraphProps {
  readonly picture: Picture;
  readonly selected: IndexIntoCallTree;
  /** The keyboard is here. */
  readonly isFocused: boolean;
  readonly scrolledLines: number;
  readonly pointedAt: PointedAt | undefined;
  onPoint(at: PointedAt | undefined): void;
  onPick(row: IndexIntoCallTree): void;
  onRange(range: ViewRange): void;
  onScroll(lines: number): void;
  /** What can be done with a call is asked for; the anchor is where to show it. */
  onMenu(row: IndexIntoCallTree, anchor: Anchor): void;
  /** Whether something can be done with a call: not with what stands above all of them. */
  canAct(row: IndexIntoCallTree): boolean;
  /** The mirror for screen readers, laid over the picture. */
  readonly children: ReactNode;
}

/** The picture: as high as it is given room, drawn only where it is seen, scrolled by the browser. */
export function FlameGraph(props: FlameGraphProps) {
  const { picture, selected, pointedAt, onPoint, onPick, onScroll, onMenu, canAct } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const boxes = useRef(createBoxes());
  const [scrollTop, setScrollTop] = useState(0);
  const base = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const contentHeight = (picture.tree.maxDepth + 1) * LINE_HEIGHT;
  useScrollFromRoot(scroller, props.scrolledLines, contentHeight, picture.rootBelow);
  useRevealed(scroller, picture, selected);
  usePainting(base, overlay, scroller, { ...props, size, scrollTop, boxes });
  const wasDragged = useDragAndWheel(scroller, picture.range, props.onRange);

  const hitAt = (event: MouseEvent): Hit | undefined => {
    const element = scroller.current;
    if (element === null || size === undefined) return undefined;
    const area = element.getBoundingClientRect();
    const y = event.clientY - area.top + element.scrollTop;
    return hitTest(picture, event.clientX - area.left, y, size.width, size.pixelRatio, boxes.current);
  };
  const onMouseMove = (event: MouseEvent) => {
    const hit = event.buttons === 0 ? hitAt(event) : undefined;
    if (hit) onPoint({ ...hit, x: event.clientX, y: event.clientY });
    else if (pointedAt) onPoint(undefined);
  };
  // So that the keys go on from what was clicked.
  const focusTree = () =>
    scroller.current?.querySelector<HTMLElement>('[role="tree"]')?.focus({ preventScroll: true });
  const onClick = (event: MouseEvent) => {
    const hit = wasDragged() ? undefined : hitAt(event);
    if (hit === undefined) return;
    focusTree();
    onPick(hit.row);
  };
  const onContextMenu = (event: MouseEvent) => {
    const hit = hitAt(event);
    if (hit === undefined || !canAct(hit.row)) return;
    event.preventDefault();
    focusTree();
    onPoint(undefined);
    onMenu(hit.row, anchorAt(event.clientX, event.clientY));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isMenuKey(event) || !canAct(selected) || scroller.current === null || size === undefined) return;
    event.preventDefault();
    onMenu(selected, anchorOfRow(scroller.current, picture, selected, size.width));
  };
  return (
    <div
      data-picture=""
      className="relative shrink has-[[role=tree]:focus-visible]:outline-2 has-[[role=tree]:focus-visible]:outline-accent"
      style={{ height: contentHeight + 1, minHeight: Math.min(contentHeight + 1, LEAST_HEIGHT) }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the tree laid over it is what the keyboard and screen readers use */}
      <div
        ref={scroller}
        className="absolute inset-0 cursor-default touch-pan-y select-none overflow-x-hidden overflow-y-auto overscroll-x-contain"
        onScroll={(event) => {
          setScrollTop(event.currentTarget.scrollTop);
          onScroll(linesFromRoot(event.currentTarget, picture.rootBelow));
        }}
        onMouseMove={onMouseMove}
        onMouseLeave={() => onPoint(undefined)}
        onClick={onClick}
        onContextMenu={onContextMenu}
        onKeyDown={onKeyDown}
      >
        <div style={{ height: contentHeight }}>
          <div className="sticky top-0 h-0">
            <div aria-hidden="true">
              <canvas ref={base} className="absolute top-0 left-0" />
              <canvas ref={overlay} className="absolute top-0 left-0" />
            </div>
            <div className="pointer-events-none absolute inset-x-0 top-0" style={{ height: size?.height }}>
              {props.children}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

/** The keys that ask for a menu everywhere. */
export function isMenuKey({ key, shiftKey }: KeyboardEvent): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shiftKey);
}

/** Where a row's box can be seen, in the window. */
function anchorOfRow(scroller: HTMLElement, picture: Picture, row: IndexIntoCallTree, width: number): Anchor {
  const area = scroller.getBoundingClientRect();
  const span = spanOf(picture.tree, picture.layout, row, picture, width);
  const top = area.top + lineTop(picture, picture.tree.depth[row] as number) - scroller.scrollTop;
  const left = area.left + Math.min(Math.max(0, span.left), width);
  return { left, top, right: left, bottom: top + LINE_HEIGHT };
}

/** How far the root's end of the picture is scrolled out of sight: 0 shows the root, wherever it is drawn. */
function linesFromRoot(element: HTMLElement, rootBelow: boolean): number {
  const hidden = element.scrollHeight - element.clientHeight - element.scrollTop;
  return Math.max(0, rootBelow ? hidden : element.scrollTop) / LINE_HEIGHT;
}

/** Scrolls just so far that what was chosen can be seen. */
function useRevealed(
  scroller: RefObject<HTMLDivElement | null>,
  picture: Picture,
  selected: IndexIntoCallTree,
): void {
  const { tree, rootBelow } = picture;
  const isFirst = useRef(true);
  useEffect(() => {
    const element = scroller.current;
    // The first choice comes with the address, which also says how far to scroll.
    if (element === null || isFirst.current) {
      isFirst.current = false;
      return;
    }
    const top = lineTop({ tree, rootBelow }, tree.depth[selected] ?? 0);
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + LINE_HEIGHT > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + LINE_HEIGHT - element.clientHeight;
    }
  }, [scroller, tree, rootBelow, selected]);
}

interface Painting extends FlameGraphProps {
  readonly size: { readonly width: number; readonly height: number; readonly pixelRatio: number } | undefined;
  readonly scrollTop: number;
  readonly boxes: RefObject<ReturnType<typeof createBoxes>>;
}

/** Pointing draws the marks alone; everything else both layers, at most once per frame of the screen. */
function usePainting(
  base: RefObject<HTMLCanvasElement | null>,
  overlay: RefObject<HTMLCanvasElement | null>,
  scroller: RefObject<HTMLDivElement | null>,
  { picture, selected, isFocused, pointedAt, size, scrollTop, boxes }: Painting,
): void {
  const palette = useThemeColours(scroller, readPalette);
  const painter = useRef<Painter>(undefined);
  const viewport = useCallback(
    (): Viewport | undefined => (size ? { ...size, scrollTop } : undefined),
    [size, scrollTop],
  );
  useLayoutEffect(() => {
    for (const canvas of [base.current, overlay.current]) if (canvas && size) resize(canvas, size);
  }, [base, overlay, size]);
  useLayoutEffect(() => {
    const seen = viewport();
    const context = base.current?.getContext('2d');
    if (!context || !palette || !seen) return;
    painter.current ??= new Painter(context, getComputedStyle(document.body).fontFamily);
    const frame = requestAnimationFrame(() => painter.current?.paint(picture, palette, seen));
    return () => cancelAnimationFrame(frame);
  }, [base, picture, palette, viewport]);
  const hovered = pointedAt?.row;
  useLayoutEffect(() => {
    const seen = viewport();
    const context = overlay.current?.getContext('2d');
    if (!context || !palette || !seen) return;
    const marks = { hovered, selected, isFocused };
    const frame = requestAnimationFrame(() =>
      paintMarks(context, picture, palette, seen, marks, boxes.current),
    );
    return () => cancelAnimationFrame(frame);
  }, [overlay, picture, palette, viewport, hovered, selected, isFocused, boxes]);
}

function resize(
  canvas: HTMLCanvasElement,
  { width, height, pixelRatio }: NonNullable<Painting['size']>,
): void {
  canvas.width = Math.round(width * pixelRatio);
  canvas.height = Math.round(height * pixelRatio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
}
