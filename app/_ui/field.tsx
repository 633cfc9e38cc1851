'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

const FIELD =
  'h-7 rounded-md border border-hairline-strong bg-raised px-2 text-text outline-offset-0 placeholder:text-muted disabled:opacity-50 aria-invalid:border-bad';

/** A label above what it names. */
export function Labelled({
  label,
  children,
  className,
}: {
  label: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label className={classNames('flex flex-col gap-1', className)}>
      <span className="text-sm text-muted">{label}</span>
      {children}
    </label>
  );
}

export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={classNames(FIELD, 'pr-1', className)} {...rest} />;
}

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={classNames(FIELD, className)} {...rest} />;
}

/** A box to tick, with what it means beside it. */
export function CheckField({
  label,
  checked,
  onChange,
  hint,
  isGrave = false,
}: {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  hint?: string;
  /** What it means is a warning. */
  isGrave?: boolean;
}) {
  const hintId = useId();
  return (
    <div>
      <label className="flex items-start gap-2">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-(--text)"
          checked={checked}
          aria-describedby={hint === undefined ? undefined : hintId}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span>{label}</span>
      </label>
      {hint !== undefined && (
        <p
          id={hintId}
          className={classNames('mt-0.5 pl-6 text-sm', isGrave ? 'text-attention' : 'text-muted')}
        >
          {hint}
        </p>
      )}
    </div>
  );
}
