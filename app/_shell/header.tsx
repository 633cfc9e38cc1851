'use client';

import { usePathname } from 'next/navigation';
import { useSyncExternalStore } from 'react';
import { useWords } from '../_messages/words.tsx';
import { IconButton } from '../_ui/button.tsx';
import { classNames } from '../_ui/class-names.ts';
import { CopyLinkButton } from '../_ui/copy-button.tsx';
import { MoonIcon, QuestionIcon, SearchIcon, SunIcon, SystemThemeIcon } from '../_ui/icons.tsx';
import { Link } from '../_ui/link.tsx';
import { LiveDot } from './live-dot.tsx';
import { nextTheme } from './theme.ts';
import { useTheme } from './theme-context.tsx';

export function Header({ onSearch, onKeys }: { onSearch: () => void; onKeys: () => void }) {
  const { t } = useWords();
  return (
    <header className="sticky top-0 z-30 flex min-h-11 items-center gap-1 border-b border-hairline bg-surface px-4 max-md:flex-wrap sm:gap-3">
      <Link
        href="/"
        className="mr-1 flex items-center gap-2 font-semibold tracking-tight"
        aria-label={t.shell.product}
      >
        <Mark />
        <span className="hidden sm:inline">{t.shell.product}</span>
      </Link>
      <Navigation />
      <div className="flex-1" />
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts="Control+K Meta+K"
        className="inline-flex h-7 items-center gap-2 rounded-md px-1.5 text-muted transition-colors hover:bg-hover hover:text-text md:w-40 md:border lg:w-64 md:border-hairline md:bg-raised md:px-2"
      >
        <SearchIcon />
        <span className="sr-only md:not-sr-only md:flex-1 md:text-left">{t.shell.search}</span>
        <kbd className="hidden font-sans text-xs md:inline">{usePaletteKey()}</kbd>
      </button>
      <div className="px-1">
        <LiveDot />
      </div>
      <div className="flex items-center">
        <span className="hidden sm:contents">
          <CopyLinkButton />
        </span>
        <ThemeButton />
        <span className="hidden sm:contents">
          <IconButton label={t.shell.keys.open} onClick={onKeys} aria-keyshortcuts="?">
            <QuestionIcon />
          </IconButton>
        </span>
      </div>
    </header>
  );
}

/** As it is written on the reader's keyboard. */
function usePaletteKey(): string {
  return useSyncExternalStore(
    () => () => {},
    () => (/mac|iphone|ipad/i.test(navigator.platform) ? '⌘ K' : 'Ctrl K'),
    () => 'Ctrl K',
  );
}

function Navigation() {
  const { t } = useWords();
  const pathname = usePathname();
  const places = [
    { href: '/', name: t.shell.overview, here: pathname === '/' },
    { href: '/pools', name: t.shell.pools, here: pathname.startsWith('/pools') },
    { href: '/captures', name: t.shell.captures, here: pathname.startsWith('/captures') },
    { href: '/actions', name: t.shell.actions, here: pathname.startsWith('/actions') },
    { href: '/audit', name: t.shell.audit, here: pathname.startsWith('/audit') },
    { href: '/open', name: t.shell.openFile, here: pathname === '/open' },
  ];
  return (
    <nav
      aria-label={t.shell.navigation}
      className="flex h-11 items-stretch gap-1 max-md:order-last max-md:-mx-2 max-md:h-9 max-md:w-full max-md:overflow-x-auto"
    >
      {places.map((place) => (
        <Link
          key={place.href}
          href={place.href}
          aria-current={place.here ? 'page' : undefined}
          className={classNames(
            'flex shrink-0 items-center whitespace-nowrap border-b-2 px-2 pt-0.5 transition-colors',
            place.here ? 'border-text text-text' : 'border-transparent text-muted hover:text-text',
          )}
        >
          {place.name}
        </Link>
      ))}
    </nav>
  );
}

function ThemeButton() {
  const { t } = useWords();
  const { theme, setTheme } = useTheme();
  const next = nextTheme(theme);
  const icons = { system: <SystemThemeIcon />, light: <SunIcon />, dark: <MoonIcon /> };
  return (
    <IconButton
      label={t.shell.theme.change(t.shell.theme[theme], t.shell.theme[next])}
      onClick={() => setTheme(next)}
    >
      {icons[theme]}
    </IconButton>
  );
}

/** Three frames of a flame graph. */
function Mark() {
  return (
    <svg aria-hidden="true" width="18" height="18" viewBox="0 0 18 18">
      <rect x="1" y="12" width="16" height="4" rx="1" fill="currentColor" />
      <rect x="4" y="7" width="10" height="4" rx="1" fill="currentColor" opacity="0.65" />
      <rect x="6" y="2" width="4" height="4" rx="1" fill="currentColor" opacity="0.4" />
    </svg>
  );
}
