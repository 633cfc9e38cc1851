'use client';

import { useRef } from 'react';
import { Button, type ButtonLook } from '../_ui/button.tsx';

interface FileButtonProps {
  readonly look?: ButtonLook;
  readonly label: string;
  readonly children: string;
  onChoose(file: File): void;
}

/** A button that asks for a file. */
export function FileButton({ look, label, children, onChoose }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        aria-label={label}
        className="hidden"
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file can be chosen again: it may have been written anew.
          event.target.value = '';
          if (file !== undefined) onChoose(file);
        }}
      />
      <Button {...(look === undefined ? {} : { look })} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  );
}
