import { type RefObject, useLayoutEffect } from 'react';
import { type Anchor, placeBeside } from './place-floating.ts';

/**
 * Shows an element with the attribute `popover="auto"` over everything else while it is there, beside its anchor. The browser
 * closes it by Escape or a press elsewhere, and gives the focus back to where it was.
 *
 * @param findAnchor asked when it opens; the same function as long as it stands at the same place
 */
export function useFloating(
  element: RefObject<HTMLElement | null>,
  findAnchor: () => Anchor | undefined,
  onClose: () => void,
): void {
  useLayoutEffect(() => {
    const floating = element.current;
    const anchor = findAnchor();
    if (floating === null || anchor === undefined) return;
    floating.showPopover();
    const { width, height } = floating.getBoundingClientRect();
    const { x, y } = placeBeside(
      anchor,
      { width, height },
      { width: document.documentElement.clientWidth, height: window.innerHeight },
    );
    floating.style.left = `${x}px`;
    floating.style.top = `${y}px`;
  }, [element, findAnchor]);
  useLayoutEffect(() => {
    const floating = element.current;
    const onToggle = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') onClose();
    };
    floating?.addEventListener('toggle', onToggle);
    return () => floating?.removeEventListener('toggle', onToggle);
  }, [element, onClose]);
}

/** Above everything, no wider and no higher than the window. */
export const FLOATING =
  'fixed inset-auto m-0 max-h-[calc(100dvh-1rem)] max-w-[calc(100vw-1rem)] overflow-y-auto rounded-md border border-hairline-strong bg-raised text-text shadow-float';
