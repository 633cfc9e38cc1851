import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { languageFor, localeFrom } from './_messages/catalogue.ts';
import { Shell } from './_shell/shell.tsx';
import { parseTheme } from './_shell/theme.ts';
import { inter, jetbrainsMono } from './fonts.ts';
import './globals.css';

export const metadata: Metadata = { title: { default: 'OPS Center', template: '%s · OPS Center' } };
export const viewport: Viewport = { colorScheme: 'light dark' };

/** Rendered per request: the nonce of the content security policy, the theme and the language come with it. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = localeFrom((await headers()).get('accept-language'));
  const theme = parseTheme((await cookies()).get('theme')?.value);
  return (
    <html
      lang={languageFor(locale)}
      data-theme={theme}
      className={`${inter.variable} ${jetbrainsMono.variable}`}
    >
      <body>
        <Shell locale={locale} theme={theme}>
          {children}
        </Shell>
      </body>
    </html>
  );
}
