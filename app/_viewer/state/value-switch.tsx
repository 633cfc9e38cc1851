import type { ValueType } from '#profile/index.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { ChoiceRow } from './choice-row.tsx';

interface ValueSwitchProps {
  readonly valueTypes: readonly ValueType[];
  readonly chosen: ValueType | undefined;
  onChange(type: string): void;
}

/** Which of the things that a profile measures is shown; nothing where there is one alone. */
export function ValueSwitch({ valueTypes, chosen, onChange }: ValueSwitchProps) {
  const viewer = useViewerWords();
  const shown = shownTypes(valueTypes);
  if (shown.length < 2) return null;
  return (
    <ChoiceRow
      label={viewer.valueTypes}
      choices={shown.map(({ type }) => ({ key: type, text: viewer.measures.measure(type).name }))}
      chosen={chosen?.type}
      onChange={onChange}
    />
  );
}

/** A number of samples says how well something is known, and nothing of its size; it stands beside what it belongs to. */
function shownTypes(types: readonly ValueType[]): readonly ValueType[] {
  const measured = types.filter(({ type }) => type !== 'samples');
  return measured.length === 0 ? types : measured;
}
