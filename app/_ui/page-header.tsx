'use client';

import type { ReactNode } from 'react';
import { useWords } from '../_messages/words.tsx';
import { ChevronIcon } from './icons.tsx';
import { Link } from './link.tsx';

export interface Crumb {
  name: string;
  href: string;
}

/** Where we are, and the page's question answered in a sentence. What can be done about it stands at its side. */
export function PageHeader({
  crumbs = [],
  here,
  sentence,
  sign,
  children,
  actions,
}: {
  crumbs?: readonly Crumb[];
  /** Name of this page, as the last crumb. */
  here?: string;
  sentence: ReactNode;
  sign?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="px-4 pt-4 pb-3">
      {here !== undefined && <Breadcrumbs crumbs={crumbs} here={here} />}
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-96">
          <h1
            tabIndex={-1}
            className="flex items-start gap-2.5 text-xl font-semibold tracking-tight text-balance outline-none"
          >
            {sign && <span className="flex h-7 items-center">{sign}</span>}
            <span className="min-w-0 [overflow-wrap:anywhere]">{sentence}</span>
          </h1>
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

function Breadcrumbs({ crumbs, here }: { crumbs: readonly Crumb[]; here: string }) {
  const { t } = useWords();
  return (
    <nav aria-label={t.shell.breadcrumbs} className="mb-1.5">
      <ol className="flex flex-wrap items-center gap-1 text-muted">
        {crumbs.map((crumb) => (
          <li key={crumb.href} className="flex items-center gap-1">
            <Link href={crumb.href} className="hover:text-text hover:underline">
              {crumb.name}
            </Link>
            <ChevronIcon />
          </li>
        ))}
        <li aria-current="page" className="text-text">
          {here}
        </li>
      </ol>
    </nav>
  );
}
