import { useEffect, useState } from 'react';

/** False at first: while a page is made ready that is navigated to, the address is still that of the page before. */
export function useMounted(): boolean {
  const [isMounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return isMounted;
}
