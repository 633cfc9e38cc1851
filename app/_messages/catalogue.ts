import type { Formats } from '../_format/formats.ts';
import { english } from './en/index.ts';

/** Every language has exactly what English has. */
export type Messages = ReturnType<typeof english>;

const CATALOGUES = { en: english } satisfies Record<string, (f: Formats) => Messages>;
export type Language = keyof typeof CATALOGUES;

/** The best language that there is for what the browser asks for. */
export function languageFor(locale: string): Language {
  const language = locale.split('-')[0] ?? 'en';
  return language in CATALOGUES ? (language as Language) : 'en';
}

export function messagesFor(language: Language, formats: Formats): Messages {
  return CATALOGUES[language](formats);
}

/** The first locale of an Accept-Language header that Intl knows; British English by default for its 24-hour clock. */
export function localeFrom(acceptLanguage: string | null): string {
  for (const entry of (acceptLanguage ?? '').split(',')) {
    const tag = entry.split(';')[0]?.trim() ?? '';
    if (tag === '' || tag === '*') continue;
    try {
      const [locale] = Intl.getCanonicalLocales(tag);
      if (locale !== undefined) return locale;
    } catch {
      // Not a language tag: the header is whatever the client sent.
    }
  }
  return 'en-GB';
}
