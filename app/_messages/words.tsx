'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { createFormats, type Formats } from '../_format/formats.ts';
import { languageFor, type Messages, messagesFor } from './catalogue.ts';

interface Words {
  t: Messages;
  f: Formats;
}

const WordsContext = createContext<Words | undefined>(undefined);

/** @param locale of the formats, as the browser asked for it; the words come in the nearest language there is */
export function WordsProvider({ locale, children }: { locale: string; children: ReactNode }) {
  const words = useMemo(() => {
    const f = createFormats(locale);
    return { t: messagesFor(languageFor(locale), f), f };
  }, [locale]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === undefined) throw new Error('outside of WordsProvider');
  return words;
}
