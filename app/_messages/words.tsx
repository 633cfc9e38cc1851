'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { createFormats, type Formats } from '../_format/formats.ts';
import { type Language, languageFor, type Messages, messagesFor } from './catalogue.ts';

interface Words {
  t: Messages;
  f: Formats;
}

/** The words of a room that are not in the catalogue, in every language that the catalogue has. */
export type RoomCatalogues<RoomWords> = Readonly<Record<Language, (f: Formats) => RoomWords>>;

interface AllWords extends Words {
  language: Language;
  /** Words of rooms that were asked for, by their catalogues. */
  rooms: Map<object, unknown>;
}

const WordsContext = createContext<AllWords | undefined>(undefined);

/** @param locale of the formats, as the browser asked for it; the words come in the nearest language there is */
export function WordsProvider({ locale, children }: { locale: string; children: ReactNode }) {
  const words = useMemo(() => {
    const f = createFormats(locale);
    const language = languageFor(locale);
    return { t: messagesFor(language, f), f, language, rooms: new Map() };
  }, [locale]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

export function useWords(): Words {
  return useAllWords();
}

/** Words that come with the room that says them, so that no other page has to load them. */
export function useRoomWords<RoomWords>(catalogues: RoomCatalogues<RoomWords>): RoomWords {
  const { rooms, language, f } = useAllWords();
  const known = rooms.get(catalogues) as RoomWords | undefined;
  if (known !== undefined) return known;
  const words = catalogues[language](f);
  rooms.set(catalogues, words);
  return words;
}

function useAllWords(): AllWords {
  const words = useContext(WordsContext);
  if (words === undefined) throw new Error('outside of WordsProvider');
  return words;
}
