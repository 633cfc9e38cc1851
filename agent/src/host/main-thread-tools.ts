import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ThreadTools } from '../in-thread/thread-tools.ts';
import { findThreadTools, placeThreadTools } from '../in-thread/tools-place.ts';

/**
 * The tools of the main thread are some forty small files, which a service need not wait for at its start: they are read
 * bit by bit when the agent's own thread is up. A capture that comes first loads them itself, as in any other thread.
 */
export async function preloadThreadTools(): Promise<void> {
  if (findThreadTools()) return;
  const { threadTools } = await import('../in-thread/thread-tools.ts');
  placeThreadTools(threadTools);
}

/** The same at once, for a service that registers a lock. */
export function loadThreadTools(): ThreadTools {
  const there = findThreadTools();
  if (there) return there;
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const path = fileURLToPath(new URL(`../in-thread/thread-tools.${extension}`, import.meta.url));
  const loaded = createRequire(path)(path) as { threadTools: ThreadTools };
  return placeThreadTools(loaded.threadTools);
}
