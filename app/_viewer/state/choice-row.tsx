import { classNames } from '../../_ui/class-names.ts';
import { Toggle } from './toggle.tsx';

interface Choice<K> {
  readonly key: K;
  readonly text: string;
  readonly title?: string;
  /** Why it cannot be chosen; undefined where it can. */
  readonly missing?: string | undefined;
}

interface ChoiceRowProps<K extends string> {
  readonly label: string;
  readonly choices: readonly Choice<K>[];
  readonly chosen: K | undefined;
  /** It stands in a narrow panel. */
  readonly isDense?: boolean;
  onChange(key: K): void;
}

/** One of a few, all in sight. */
export function ChoiceRow<K extends string>({
  label,
  choices,
  chosen,
  isDense = false,
  onChange,
}: ChoiceRowProps<K>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a line in every browser
    <div role="group" aria-label={label} className="flex max-w-full overflow-x-auto">
      {choices.map(({ key, text, title = text, missing }, index) => (
        <Toggle
          key={key}
          isOn={key === chosen}
          title={missing ?? title}
          isDisabled={missing !== undefined}
          onChange={() => onChange(key)}
          className={classNames(
            isDense ? 'max-xl:px-1 max-xl:text-sm' : 'max-sm:px-1.5',
            index > 0 && '-ml-px rounded-l-none',
            index < choices.length - 1 && 'rounded-r-none',
            key === chosen && 'z-[1]',
          )}
        >
          {text}
        </Toggle>
      ))}
    </div>
  );
}
