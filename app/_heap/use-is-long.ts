import { useEffect, useState } from 'react';

/** What comes sooner needs no words. */
const LONG_MS = 1000;

/** Whether something lasts for longer than a moment. @param since in ms of the clock that only goes forward; undefined while it does not */
export function useIsLong(since: number | undefined): boolean {
  const [long, setLong] = useState<number>();
  useEffect(() => {
    if (since === undefined) return;
    const timer = setTimeout(() => setLong(since), since + LONG_MS - performance.now());
    return () => clearTimeout(timer);
  }, [since]);
  return since !== undefined && long === since;
}
