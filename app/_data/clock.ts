import { useSyncExternalStore } from 'react';

/**
 * The server's time, as far as we know it: instants in the API are by the server's clock, and a laptop's clock may
 * be minutes off.
 */
let offsetMs = 0;

export function noteServerTime(serverNowMs: number): void {
  offsetMs = serverNowMs - Date.now();
}

export function serverNow(): number {
  return Date.now() + offsetMs;
}

/** One timer for everyone who shows a running time, and none while nobody does. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let currentSecondMs = 0;

function tick(): void {
  currentSecondMs = serverNow();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    currentSecondMs = serverNow();
    timer = setInterval(tick, 1000);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

function getSnapshot(): number {
  if (currentSecondMs === 0) currentSecondMs = serverNow();
  return currentSecondMs;
}

const getServerSnapshot = () => 0;

/** The server's time in epoch milliseconds, anew every second; 0 while the page is rendered ahead. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot);
}
