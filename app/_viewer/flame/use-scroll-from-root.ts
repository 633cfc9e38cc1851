import { type RefObject, useLayoutEffect, useRef } from 'react';
import { LINE_HEIGHT } from './painter.ts';

/** Goes where the address says at first, and to the root whenever it changes its end or the tree its depth. */
export function useScrollFromRoot(
  scroller: RefObject<HTMLDivElement | null>,
  lines: number,
  contentHeight: number,
  rootBelow: boolean,
): void {
  const wanted = useRef(lines);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height moves the root's end when it is below
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const hidden = wanted.current * LINE_HEIGHT;
    wanted.current = 0;
    element.scrollTop = rootBelow ? element.scrollHeight - element.clientHeight - hidden : hidden;
  }, [scroller, contentHeight, rootBelow]);
}
