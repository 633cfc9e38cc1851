import type { ValueType } from '#profile/index.ts';
import { Select } from '../../_ui/field.tsx';
import { printable } from '../flame/function-labels.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { ChoiceRow } from './choice-row.tsx';

interface ValueSwitchProps {
  readonly valueTypes: readonly ValueType[];
  readonly chosen: ValueType | undefined;
  onChange(type: string): void;
}

/** More than this do not stand beside each other. */
const IN_A_ROW = 4;

/** Which of the things that a profile measures is shown; nothing where there is one alone. */
export function ValueSwitch({ valueTypes, chosen, onChange }: ValueSwitchProps) {
  const viewer = useViewerWords();
  const choices = shownTypes(valueTypes).map(({ type }) => ({
    key: type,
    text: viewer.measures.measure(printable(type)).name,
  }));
  if (choices.length < 2) return null;
  if (choices.length <= IN_A_ROW)
    return (
      <ChoiceRow label={viewer.valueTypes} choices={choices} chosen={chosen?.type} onChange={onChange} />
    );
  return (
    <Select
      aria-label={viewer.valueTypes}
      value={chosen?.type}
      onChange={(event) => onChange(event.target.value)}
    >
      {choices.map(({ key, text }) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </Select>
  );
}

/** A number of samples says how well something is known, and nothing of its size; it stands beside what it belongs to. */
function shownTypes(types: readonly ValueType[]): readonly ValueType[] {
  const measured = types.filter(({ type }) => type !== 'samples');
  return measured.length === 0 ? types : measured;
}
