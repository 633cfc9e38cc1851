'use client';

import { usePathname } from 'next/navigation';
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { ActionDialogHost } from '../_action/action-context.tsx';
import { CaptureDialogHost } from '../_capture/capture-context.tsx';
import { DataProvider } from '../_data/provider.tsx';
import { useWords, WordsProvider } from '../_messages/words.tsx';
import { currentAddress } from '../_ui/address.ts';
import { Announcer } from '../_ui/announcer.tsx';
import { useCopy } from '../_ui/copy-button.tsx';
import { lazyPart } from '../_ui/lazy-part.ts';
import { Header } from './header.tsx';
import { useKeys } from './keys.ts';
import { StaleBanner } from './live-dot.tsx';
import { useScrollRest } from './scroll-rest.ts';
import type { Theme } from './theme.ts';
import { ThemeProvider } from './theme-context.tsx';

const Palette = lazyPart(() => import('./palette.tsx'));
const KeysDialog = lazyPart(() => import('./keys-dialog.tsx'));

export function Shell({ locale, theme, children }: { locale: string; theme: Theme; children: ReactNode }) {
  return (
    <WordsProvider locale={locale}>
      <ThemeProvider initial={theme}>
        <Announcer>
          <Frame>{children}</Frame>
        </Announcer>
      </ThemeProvider>
    </WordsProvider>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  // Signing in comes before everything else: there is no data to be had yet.
  if (pathname === '/sign-in') return children;
  return (
    <DataProvider>
      <CaptureDialogHost>
        <ActionDialogHost>
          <Console>{children}</Console>
        </ActionDialogHost>
      </CaptureDialogHost>
    </DataProvider>
  );
}

function Console({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const copy = useCopy();
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);
  useKeys({
    openPalette: () => setOpen((current) => (current === 'palette' ? null : 'palette')),
    openKeys: () => setOpen('keys'),
    copyLink: () => void copy(currentAddress(), t.shell.linkCopied),
  });
  useFocusOnNavigation();
  useScrollRest();
  return (
    <>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1.5"
      >
        {t.shell.skipToContent}
      </a>
      <Header onSearch={() => setOpen('palette')} onKeys={() => setOpen('keys')} />
      <StaleBanner />
      <main id="content" tabIndex={-1} className="outline-none">
        {children}
      </main>
      <Suspense>
        {open === 'palette' && <Palette onClose={() => setOpen(null)} onKeys={() => setOpen('keys')} />}
        {open === 'keys' && <KeysDialog onClose={() => setOpen(null)} />}
      </Suspense>
    </>
  );
}

/** After going to another page the focus is on its first line: that is what is read aloud. */
function useFocusOnNavigation(): void {
  const pathname = usePathname();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [pathname]);
}
