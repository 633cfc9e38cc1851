import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/**
 * How long to wait before each further try, in ms: half a minute in all. A server that is being restarted or replaced is back by then,
 * and the loader of the pages itself gives up within a second.
 */
export const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000] as const;

/** A component whose code comes when it is first shown: asked for again while the server does not answer. */
// biome-ignore lint/suspicious/noExplicitAny: as React has it, of whatever properties.
export function lazyPart<Part extends ComponentType<any>>(
  load: () => Promise<{ default: Part }>,
): LazyExoticComponent<Part> {
  return lazy(() => loadPatiently(load));
}

/** @throws what kept it from coming the last time */
export async function loadPatiently<Code>(load: () => Promise<Code>): Promise<Code> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return await load();
}
