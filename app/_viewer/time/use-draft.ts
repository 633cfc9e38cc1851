import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * A value while it is being chosen. It is settled after so many milliseconds without another one, at once after 0, and not
 * at all without a time: the pointer is still down.
 */
export function useDraft<T>(
  settle: (value: T) => void,
): [T | undefined, (value: T, settlesAfterMs: number | undefined) => void] {
  const [draft, setDraft] = useState<T>();
  const latest = useRef(settle);
  latest.current = settle;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = useCallback((value: T, settlesAfterMs: number | undefined) => {
    clearTimeout(timer.current);
    setDraft(() => value);
    if (settlesAfterMs === undefined) return;
    const finish = () => {
      latest.current(value);
      setDraft(undefined);
    };
    if (settlesAfterMs === 0) finish();
    else timer.current = setTimeout(finish, settlesAfterMs);
  }, []);
  return [draft, change];
}
