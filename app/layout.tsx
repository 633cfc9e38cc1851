import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { inter, jetbrainsMono } from './fonts.ts';
import './globals.css';

export const metadata: Metadata = { title: { default: 'OPS Center', template: '%s · OPS Center' } };

/** Rendered per request: the nonce of the content security policy, the theme and the language come with it. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  await headers();
  const theme = (await cookies()).get('theme')?.value;
  return (
    <html
      lang="en"
      data-theme={theme === 'dark' || theme === 'light' ? theme : 'system'}
      className={`${inter.variable} ${jetbrainsMono.variable}`}
    >
      <body>{children}</body>
    </html>
  );
}
