'use client';

import { useId } from 'react';
import type { Messages } from '../_messages/catalogue.ts';
import { useWords } from '../_messages/words.tsx';
import { Labelled, Select, TextInput } from '../_ui/field.tsx';
import type { Field, Problem } from './schema-fields.ts';

/** One parameter, with what the service says of it and what is wrong with what was typed. */
export function ParameterField({
  field,
  value,
  problem,
  onChange,
}: {
  field: Field;
  value: string;
  problem: Problem | undefined;
  onChange(text: string): void;
}) {
  const { t } = useWords();
  const id = useId();
  const control = {
    value,
    'aria-invalid': problem !== undefined,
    'aria-required': field.isRequired,
    'aria-describedby': id,
  };
  return (
    <div className="flex max-w-md flex-col gap-1">
      {field.kind === 'flag' ? (
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-(--accent)"
            checked={value === 'true'}
            aria-describedby={id}
            onChange={(event) => onChange(String(event.target.checked))}
          />
          {field.label}
        </label>
      ) : (
        <Labelled label={field.label}>
          {field.kind === 'choice' ? (
            <Select {...control} onChange={(event) => onChange(event.target.value)}>
              <option value="">{field.isRequired ? t.action.dialog.choose : '–'}</option>
              {field.choices.map((choice) => (
                <option key={String(choice)} value={String(choice)}>
                  {choice}
                </option>
              ))}
            </Select>
          ) : (
            <TextInput
              {...control}
              inputMode={field.kind === 'number' ? (field.isInteger ? 'numeric' : 'decimal') : undefined}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Labelled>
      )}
      <p id={id} className="text-sm text-muted">
        {field.hint}
        {problem && (
          <span role="alert" className="block text-bad">
            {problemText(problem, t)}
          </span>
        )}
      </p>
    </div>
  );
}

function problemText(problem: Problem, t: Messages): string {
  const words = t.action.dialog.problems;
  return 'limit' in problem ? words[problem.kind](problem.limit) : words[problem.kind];
}
