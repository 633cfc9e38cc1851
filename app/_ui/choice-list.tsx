'use client';

import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A few values side by side, of which one holds. Native radios underneath: arrow keys, labels and forms just work. */
export function Segments<T extends string>({
  name,
  legend,
  value,
  onChange,
  choices,
}: {
  name: string;
  legend: string;
  value: T | null;
  onChange(value: T): void;
  choices: readonly { value: T; label: ReactNode; title?: string | undefined }[];
}) {
  return (
    <fieldset className="flex flex-wrap items-center">
      <legend className="mb-1 text-sm text-muted">{legend}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          title={choice.title}
          className={classNames(
            'relative -ml-px flex h-7 items-center border border-hairline-strong px-2.5 transition-colors first-of-type:ml-0 first-of-type:rounded-l-md last-of-type:rounded-r-md',
            'has-focus-visible:z-10 has-focus-visible:outline-2 has-focus-visible:outline-accent',
            choice.value === value ? 'z-[1] border-text bg-text text-surface' : 'bg-raised hover:bg-hover',
          )}
        >
          <input
            type="radio"
            name={name}
            className="absolute inset-0 cursor-pointer opacity-0"
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
