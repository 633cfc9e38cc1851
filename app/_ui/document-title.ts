'use client';

import { useEffect } from 'react';
import { useWords } from '../_messages/words.tsx';

/** For pages whose name is known only once their data is there; until then the route's own title stands. */
export function useDocumentTitle(name: string | undefined): void {
  const { t } = useWords();
  useEffect(() => {
    if (name !== undefined) document.title = `${name} · ${t.shell.product}`;
  }, [name, t]);
}
