'use client';

import { useId, useState } from 'react';
import { useWords } from '../_messages/words.tsx';
import { Segments } from '../_ui/choice-list.tsx';
import { TextInput } from '../_ui/field.tsx';
import { DURATIONS, LEAST_DURATION, MOST_DURATION, parseDuration } from './choices.ts';
import { useDialogWords } from './use-dialog-words.ts';

const OTHER = 'other';

/** The usual durations at one press, any other by typing. */
export function DurationField({
  legend,
  value,
  onChange,
}: {
  legend: string;
  value: string;
  onChange(value: string): void;
}) {
  const { f } = useWords();
  const words = useDialogWords();
  const [isOther, setOther] = useState(!DURATIONS.some((seconds) => String(seconds) === value));
  const hintId = useId();
  const isInvalid = parseDuration(value) === undefined;
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Segments
        name="duration"
        legend={legend}
        value={isOther ? OTHER : value}
        onChange={(choice) => {
          setOther(choice === OTHER);
          if (choice !== OTHER) onChange(choice);
        }}
        choices={[
          ...DURATIONS.map((seconds) => ({ value: String(seconds), label: f.duration(seconds) })),
          { value: OTHER, label: words.durationCustom },
        ]}
      />
      {isOther && (
        <TextInput
          // It appears because the reader chose to type.
          autoFocus
          inputMode="decimal"
          aria-label={words.durationCustomLabel}
          aria-invalid={isInvalid}
          aria-describedby={isInvalid ? hintId : undefined}
          className="w-24 text-right"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
      {isOther && (
        <span className="leading-7 text-muted">
          {parseDuration(value) !== undefined && f.duration(parseDuration(value) ?? 0)}
        </span>
      )}
      {isInvalid && (
        <p id={hintId} role="alert" className="basis-full text-bad">
          {words.durationInvalid(f.duration(LEAST_DURATION), f.duration(MOST_DURATION))}
        </p>
      )}
    </div>
  );
}
