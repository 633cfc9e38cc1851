'use client';

import { type ReactNode, useId } from 'react';
import { FilterField } from '../../_ui/filter-field.tsx';
import { isOfQuestion } from '../source/heap-query-options.ts';
import { useFailureSentence } from '../use-failure-sentence.ts';

interface FilterLineProps {
  readonly label: string;
  readonly value: string;
  readonly hint?: ReactNode;
  /** What came of the question that it narrows. */
  readonly error: unknown;
  onChange(value: string): void;
}

/** A field in the filter language; what is wrong with it is said below it. */
export function FilterLine({ label, value, hint, error, onChange }: FilterLineProps) {
  const id = useId();
  const sentence = useFailureSentence(error);
  const isWrong = isOfQuestion(error);
  return (
    <div className="flex min-w-0 shrink-0 flex-col gap-1">
      <FilterField
        label={label}
        value={value}
        onChange={onChange}
        className="w-full max-w-[36rem]"
        {...(isWrong ? { errorId: id } : {})}
      />
      {isWrong ? (
        <p id={id} role="alert" className="text-sm text-bad">
          {sentence}
        </p>
      ) : (
        hint !== undefined && <p className="text-sm text-muted max-sm:hidden">{hint}</p>
      )}
    </div>
  );
}
