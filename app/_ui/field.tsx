'use client';

import type { ComponentProps, ReactNode } from 'react';
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
