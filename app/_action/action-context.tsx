'use client';

import { createContext, type ReactNode, Suspense, useContext, useMemo, useState } from 'react';
import { lazyPart } from '../_ui/lazy-part.ts';
import type { ActionWish } from './offers.ts';

const ActionDialog = lazyPart(() => import('./action-dialog.tsx'));

const OpenActionContext = createContext<(wish: ActionWish) => void>(() => {});

/** Holds the one action dialog; it is loaded when it is first opened. Each opening is a dialog of its own, with its own key. */
export function ActionDialogHost({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<{ wish: ActionWish; nth: number } | null>(null);
  const open = useMemo(
    () => (wish: ActionWish) => setOpened((before) => ({ wish, nth: (before?.nth ?? 0) + 1 })),
    [],
  );
  return (
    <OpenActionContext value={open}>
      {children}
      <Suspense>
        {opened && <ActionDialog key={opened.nth} wish={opened.wish} onClose={() => setOpened(null)} />}
      </Suspense>
    </OpenActionContext>
  );
}

export function useOpenAction(): (wish: ActionWish) => void {
  return useContext(OpenActionContext);
}
