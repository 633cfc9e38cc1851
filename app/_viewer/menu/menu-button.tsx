'use client';

import { Fragment, type ReactNode, useCallback, useRef, useState } from 'react';
import { buttonClass } from '../../_ui/button.tsx';
import { classNames } from '../../_ui/class-names.ts';

interface MenuButtonProps {
  readonly label: string;
  readonly title?: string;
  readonly className?: string;
  readonly popup: 'menu' | 'dialog';
  /** What opens; it is given where to stand. */
  open(findAnchor: () => DOMRect | undefined, close: () => void): ReactNode;
  readonly children?: ReactNode;
}

/** A button that opens something beside it. */
export function MenuButton({ label, title, className, popup, open, children }: MenuButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  /** Which opening it is; undefined: closed. */
  const [opening, setOpening] = useState<number>();
  const openings = useRef(0);
  const isOpen = opening !== undefined;
  /** The press that closes it by being elsewhere is followed by the click on the button, which must not open it again. */
  const wasOpen = useRef(false);
  const findAnchor = useCallback(() => button.current?.getBoundingClientRect(), []);
  // What has closed is told a moment later, when the button may have been pressed again.
  const close = useCallback((closed: number) => setOpening((now) => (now === closed ? undefined : now)), []);
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={children === undefined ? undefined : label}
        aria-haspopup={popup}
        aria-expanded={isOpen}
        title={title}
        onPointerDown={() => {
          wasOpen.current = isOpen;
        }}
        onClick={() => {
          setOpening(wasOpen.current ? undefined : ++openings.current);
          wasOpen.current = false;
        }}
        className={classNames(buttonClass(), className)}
      >
        {children ?? label}
      </button>
      {isOpen && <Fragment key={opening}>{open(findAnchor, () => close(opening))}</Fragment>}
    </>
  );
}
