import { type FocusEvent, type KeyboardEvent, useState } from 'react';
import { nextIndex } from '../_viewer/table/row-steps.ts';

const PAGE = 10;

interface OneTabStop {
  /** For what is around the buttons. */
  readonly around: {
    onKeyDown(event: KeyboardEvent<HTMLElement>): void;
    onFocus(event: FocusEvent<HTMLElement>): void;
  };
  /** Of the button in this place. */
  tabIndexOf(at: number): 0 | -1;
}

/** Makes one Tab stop of many buttons: arrow keys go from one to the next. @param count of the buttons */
export function useOneTabStop(count: number): OneTabStop {
  const [last, setLast] = useState(0);
  const at = Math.min(last, Math.max(0, count - 1));
  return {
    around: {
      onKeyDown: (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const next = nextIndex(DOWNWARDS[event.key] ?? event.key, at, count, PAGE);
        if (next === undefined) return;
        buttonsIn(event.currentTarget)[next]?.focus();
        event.preventDefault();
      },
      onFocus: (event) => {
        const pressed = buttonsIn(event.currentTarget).indexOf(event.target);
        if (pressed >= 0) setLast(pressed);
      },
    },
    tabIndexOf: (index) => (index === at ? 0 : -1),
  };
}

/** They stand beside or below each other. */
const DOWNWARDS: Readonly<Record<string, string>> = { ArrowRight: 'ArrowDown', ArrowLeft: 'ArrowUp' };

function buttonsIn(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll('button')];
}
