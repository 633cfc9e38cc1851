'use client';

import { useMemo } from 'react';
import { type Language, languageFor } from '../_messages/catalogue.ts';
import { audit } from '../_messages/en/audit.ts';
import { useWords } from '../_messages/words.tsx';

const CATALOGUES = { en: audit } satisfies Record<Language, typeof audit>;

/** The words of this page, which come with it: no other page has to load them. */
export function useAuditWords(): ReturnType<typeof audit> {
  const { f } = useWords();
  return useMemo(() => CATALOGUES[languageFor(f.locale)](f), [f]);
}
