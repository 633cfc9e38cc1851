'use client';

import type { ReactNode } from 'react';
import { useWords } from '../_messages/words.tsx';
import { PageHeader } from '../_ui/page-header.tsx';
import { useCompareWords } from './use-compare-words.ts';

interface PageFrameProps {
  readonly here: 'compare' | 'merge';
  readonly sentence: string;
  readonly children: ReactNode;
}

/** A page about captures that has no comparison to show yet, or cannot have one. */
export function PageFrame({ here, sentence, children }: PageFrameProps) {
  const { t } = useWords();
  const words = useCompareWords();
  return (
    <>
      <PageHeader
        crumbs={[{ name: t.shell.captures, href: '/captures' }]}
        here={words[here]}
        sentence={sentence}
      />
      <div className="px-4 pb-10">{children}</div>
    </>
  );
}
