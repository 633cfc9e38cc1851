import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger';

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-text text-surface border-text hover:opacity-85 font-medium',
  plain: 'border-hairline-strong bg-raised text-text hover:bg-hover',
  quiet: 'border-transparent text-muted hover:bg-hover hover:text-text',
  danger: 'border-bad text-bad bg-raised hover:bg-bad-surface font-medium',
};

export function buttonClass(look: ButtonLook = 'plain', small = false): string {
  return classNames(
    'inline-flex items-center justify-center gap-1.5 whitespace-nowrap rounded-md border transition-colors select-none',
    'disabled:opacity-45 disabled:pointer-events-none aria-disabled:opacity-45',
    small ? 'h-6 px-2 text-sm' : 'h-7 px-2.5',
    LOOKS[look],
  );
}

export function Button({
  look = 'plain',
  small = false,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { look?: ButtonLook; small?: boolean }) {
  return <button type={type} className={classNames(buttonClass(look, small), className)} {...rest} />;
}

/** A square button that shows an icon and says its label. */
export function IconButton({
  label,
  className,
  children,
  ...rest
}: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classNames(
        'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-text',
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  );
}
