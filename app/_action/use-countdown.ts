'use client';

import { useRef } from 'react';
import { useNow } from '../_data/clock.ts';

/**
 * Seconds that run down between two reports of them, by the page's clock; null while none was reported. What is
 * reported is an estimate at the moment it came, and a new one replaces it.
 */
export function useCountdown(reportedSeconds: number | null): number | null {
  const now = useNow();
  const anchor = useRef<{ reported: number | null; atMs: number }>({ reported: null, atMs: 0 });
  if (anchor.current.reported !== reportedSeconds) anchor.current = { reported: reportedSeconds, atMs: now };
  if (reportedSeconds === null) return null;
  return Math.max(0, reportedSeconds - (now - anchor.current.atMs) / 1000);
}
