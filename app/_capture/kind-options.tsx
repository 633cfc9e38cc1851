'use client';

import type { CaptureKind } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { CheckField, Labelled, Select } from '../_ui/field.tsx';
import { INTERVALS_BYTES, INTERVALS_MICROS, SAMPLE_EVERY } from './choices.ts';
import { optionOf } from './kinds.ts';
import { ALWAYS_TRACED, TRACE_CATEGORIES } from './trace-categories.ts';
import { useDialogWords } from './use-dialog-words.ts';
import type { Wish } from './wish.ts';

interface OptionProps {
  wish: Wish;
  change(part: Partial<Wish>): void;
}

/** What can be chosen of the kind: how finely it samples, what it leaves out. */
export function KindOptions({ kind, ...props }: OptionProps & { kind: CaptureKind }) {
  switch (optionOf(kind)) {
    case 'intervalMicros':
      return <IntervalMicros {...props} />;
    case 'intervalBytes':
      return <IntervalBytes {...props} />;
    case 'keepStrings':
      return <KeepStrings {...props} />;
    case 'sampleEvery':
      return <SampleEvery {...props} />;
    case 'categories':
      return <Categories {...props} />;
    default:
      return null;
  }
}

function IntervalMicros({ wish, change }: OptionProps) {
  const { f } = useWords();
  const words = useDialogWords();
  return (
    <Labelled label={words.interval}>
      <Select
        value={wish.intervalMicros}
        onChange={(event) => change({ intervalMicros: Number(event.target.value) })}
      >
        {withValue(INTERVALS_MICROS, wish.intervalMicros).map((micros) => (
          <option key={micros} value={micros}>
            {f.milliseconds(micros / 1000)}
          </option>
        ))}
      </Select>
    </Labelled>
  );
}

function IntervalBytes({ wish, change }: OptionProps) {
  const words = useDialogWords();
  return (
    <Labelled label={words.intervalBytes}>
      <Select
        value={wish.intervalBytes}
        onChange={(event) => change({ intervalBytes: Number(event.target.value) })}
      >
        {withValue(INTERVALS_BYTES, wish.intervalBytes).map((bytes) => (
          <option key={bytes} value={bytes}>
            {words.intervalBytesValue(bytes)}
          </option>
        ))}
      </Select>
    </Labelled>
  );
}

function SampleEvery({ wish, change }: OptionProps) {
  const words = useDialogWords();
  return (
    <Labelled label={words.sampleEvery}>
      <Select
        value={wish.sampleEvery ?? ''}
        onChange={(event) =>
          change({ sampleEvery: event.target.value === '' ? null : Number(event.target.value) })
        }
      >
        <option value="">{words.sampleEveryUsual}</option>
        {withValue(SAMPLE_EVERY, wish.sampleEvery ?? undefined).map((every) => (
          <option key={every} value={every}>
            {words.sampleEveryValue(every)}
          </option>
        ))}
      </Select>
    </Labelled>
  );
}

function KeepStrings({ wish, change }: OptionProps) {
  const words = useDialogWords();
  return (
    <CheckField
      label={words.keepStrings}
      checked={wish.keepStrings}
      onChange={(keepStrings) => change({ keepStrings })}
      hint={wish.keepStrings ? words.keepStringsOn : words.keepStringsOff}
      isGrave={wish.keepStrings}
    />
  );
}

function Categories({ wish, change }: OptionProps) {
  const words = useDialogWords();
  const usual = TRACE_CATEGORIES.filter(({ isUsual }) => isUsual).map(({ name }) => name);
  const chosen: readonly string[] = wish.categories ?? usual;
  const set = (name: string, isOn: boolean) => {
    const next = TRACE_CATEGORIES.map((category) => category.name).filter((other) =>
      other === name ? isOn : chosen.includes(other),
    );
    const isUsual = next.length === usual.length && next.every((other) => usual.includes(other));
    // None at all would mean the usual ones to the agent.
    change({ categories: isUsual ? null : next.length > 0 ? next : [ALWAYS_TRACED] });
  };
  return (
    <fieldset className="basis-full">
      <legend className="mb-1 text-sm text-muted">{words.categories}</legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-x-4 gap-y-1">
        {TRACE_CATEGORIES.map(({ name }) => (
          <CheckField
            key={name}
            label={words.categoryNames[name]}
            checked={chosen.includes(name)}
            onChange={(isOn) => set(name, isOn)}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** What was chosen for an earlier capture may be none of the usual choices. */
function withValue(choices: readonly number[], value: number | undefined): number[] {
  const all = value === undefined || choices.includes(value) ? [...choices] : [...choices, value];
  return all.sort((a, b) => a - b);
}
