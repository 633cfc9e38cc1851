'use client';

import { useId } from 'react';
import type { CaptureBudget } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { Labelled, TextInput } from '../_ui/field.tsx';
import { LIMITS, parseLimit, type TypedBudget } from './choices.ts';
import { useDialogWords } from './use-dialog-words.ts';

const NAMES = Object.keys(LIMITS) as (keyof CaptureBudget)[];

/** What ends the capture by itself. Empty fields leave it to the agent, whose own figures stand in them. */
export function BudgetFields({
  value,
  usual,
  onChange,
}: {
  value: TypedBudget;
  /** The agents' own. */
  usual: CaptureBudget;
  onChange(value: TypedBudget): void;
}) {
  const words = useDialogWords();
  return (
    <details className="group" open={NAMES.some((name) => value[name] !== '') || undefined}>
      <summary className="w-fit text-muted hover:text-text">{words.more}</summary>
      <div className="mt-2 grid grid-cols-2 gap-3 sm:grid-cols-4">
        {NAMES.map((name) => (
          <BudgetField
            key={name}
            name={name}
            typed={value[name]}
            usual={usual[name]}
            onChange={(typed) => onChange({ ...value, [name]: typed })}
          />
        ))}
      </div>
      <p className="mt-1 text-sm text-muted">{words.budgetDetail}</p>
    </details>
  );
}

function BudgetField({
  name,
  typed,
  usual,
  onChange,
}: {
  name: keyof CaptureBudget;
  typed: string;
  usual: number | undefined;
  onChange(typed: string): void;
}) {
  const { f } = useWords();
  const words = useDialogWords();
  const hintId = useId();
  const { unit, least, most } = LIMITS[name];
  const isInvalid = typed.trim() !== '' && parseLimit(name, typed) === undefined;
  return (
    <div>
      <Labelled label={words.budget[name]}>
        <TextInput
          inputMode="decimal"
          className="figures w-full text-right"
          value={typed}
          placeholder={usual === undefined ? '' : f.number(usual / unit, 2)}
          aria-invalid={isInvalid}
          aria-describedby={isInvalid ? hintId : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      </Labelled>
      {isInvalid && (
        <p id={hintId} role="alert" className="mt-1 text-sm text-bad">
          {words.budgetInvalid(f.number(least, 2), f.number(most))}
        </p>
      )}
    </div>
  );
}
