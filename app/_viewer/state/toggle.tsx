import type { ReactNode } from 'react';
import { classNames } from '../../_ui/class-names.ts';

interface ToggleProps {
  readonly isOn: boolean;
  readonly title: string;
  /** It can be seen and read, but not used; the title says why. */
  readonly isDisabled?: boolean;
  /** For toggles that stand in a row without gaps. */
  readonly className?: string;
  readonly children: ReactNode;
  onChange(isOn: boolean): void;
}

/** A button that stays pressed. */
export function Toggle({ isOn, title, isDisabled = false, className, children, onChange }: ToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={title}
      aria-disabled={isDisabled || undefined}
      onClick={() => isDisabled || onChange(!isOn)}
      className={classNames(
        'h-7 whitespace-nowrap rounded-md border px-2.5 transition-colors',
        isOn ? 'border-text bg-text text-surface' : 'border-hairline-strong bg-raised',
        isDisabled ? 'cursor-not-allowed text-muted' : !isOn && 'hover:bg-hover',
        className,
      )}
    >
      {children}
    </button>
  );
}
