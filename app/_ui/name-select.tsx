'use client';

import { Select } from './field.tsx';

/** One of the names that there are, or all. A single name is no choice. */
export function NameSelect({
  label,
  all,
  names,
  nameOf = (name) => name,
  value,
  onChange,
}: {
  label: string;
  /** What stands for no choice. */
  all: string;
  names: readonly string[];
  /** What people call it. */
  nameOf?(name: string): string;
  value: string;
  onChange(value: string): void;
}) {
  const known = new Set(names);
  if (known.size < 2 && value === '') return null;
  // The address may name one that is gone.
  if (value !== '') known.add(value);
  return (
    <Select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{all}</option>
      {[...known].sort().map((name) => (
        <option key={name} value={name}>
          {nameOf(name)}
        </option>
      ))}
    </Select>
  );
}
