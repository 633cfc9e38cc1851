import type { ReactNode } from 'react';

/** What stands below a list: how much it is, and how one moves in it. */
export function ListFoot({
  count,
  hint,
  children,
}: {
  count?: string | undefined;
  hint?: string;
  children?: ReactNode;
}) {
  return (
    <p className="flex h-6 shrink-0 items-center gap-3 text-sm text-muted">
      {count !== undefined && <span className="whitespace-nowrap">{count}</span>}
      {children}
      {hint !== undefined && <span className="min-w-0 truncate max-lg:hidden">{hint}</span>}
    </p>
  );
}

/** A button among words. */
export function FootButton({ onClick, children }: { onClick(): void; children: string }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="min-w-0 truncate rounded-sm text-text underline decoration-hairline-strong underline-offset-3 hover:decoration-text"
    >
      {children}
    </button>
  );
}
