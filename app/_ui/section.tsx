import { type ReactNode, useId } from 'react';

/** A part of a page under a quiet heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-6 first:mt-2">
      <h2 id={id} className="border-b border-hairline-strong pb-1 text-sm text-muted">
        {title}
      </h2>
      {children}
    </section>
  );
}
