'use client';

import { Fragment, type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { classNames } from '../../_ui/class-names.ts';
import type { Anchor } from './place-floating.ts';
import { FLOATING, useFloating } from './use-floating.ts';

export interface MenuItem {
  readonly key: string;
  readonly text: string;
  /** What it is about, behind the text. */
  readonly detail?: string | undefined;
  onChoose(): void;
}

interface MenuProps {
  readonly label: string;
  /** What can be done, in groups that a line sets apart. */
  readonly groups: readonly (readonly MenuItem[])[];
  findAnchor(): Anchor | undefined;
  onClose(): void;
}

/** What can be done with something, at hand until one of it is chosen. Arrow keys and first letters go to an item. */
export function Menu({ label, groups, findAnchor, onClose }: MenuProps) {
  const element = useRef<HTMLDivElement>(null);
  useFloating(element, findAnchor, onClose);
  useLayoutEffect(() => itemsOf(element.current)[0]?.focus({ preventScroll: true }), []);
  const choose = (item: MenuItem) => {
    // First, so that the focus is back where it was when the choice moves it on.
    element.current?.hidePopover();
    // The browser tells it only later, after a press that asks for the menu again.
    onClose();
    item.onChoose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const items = itemsOf(element.current);
    const next = nextItem(event, items);
    if (event.key === 'Tab') element.current?.hidePopover();
    else if (next !== undefined) next.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={element}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
      className={classNames(FLOATING, 'min-w-56 py-1')}
    >
      {groups
        .filter((items) => items.length > 0)
        .map((items, index) => (
          <Fragment key={items[0]?.key}>
            {index > 0 && <hr className="my-1 border-hairline" />}
            {items.map((item) => (
              <button
                key={item.key}
                type="button"
                role="menuitem"
                tabIndex={-1}
                onClick={() => choose(item)}
                onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
                className="flex min-h-7 w-full items-center gap-2 px-3 text-left outline-none pointer-coarse:min-h-9 focus:bg-hover"
              >
                <span className="whitespace-nowrap">{item.text}</span>
                {item.detail !== undefined && (
                  <span className="ml-auto max-w-60 truncate pl-4 text-sm text-muted" dir="ltr">
                    {item.detail}
                  </span>
                )}
              </button>
            ))}
          </Fragment>
        ))}
    </div>
  );
}

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
}

function nextItem(event: KeyboardEvent, items: readonly HTMLElement[]): HTMLElement | undefined {
  const at = items.indexOf(document.activeElement as HTMLElement);
  switch (event.key) {
    case 'ArrowDown':
      return items[(at + 1) % items.length];
    case 'ArrowUp':
      return items.at(Math.max(at, 0) - 1);
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default:
      return event.key.length === 1 && event.key !== ' ' ? byLetter(event.key, items, at) : undefined;
  }
}

function byLetter(letter: string, items: readonly HTMLElement[], at: number): HTMLElement | undefined {
  const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  const wanted = letter.toLocaleLowerCase();
  return after.find((item) => item.textContent?.toLocaleLowerCase().startsWith(wanted));
}
