import { readMemory } from './memory.ts';

/** Everything that can be asked of a thread: each takes and gives plain data, at once. */
export const threadTools = { readMemory };

export type ThreadTools = typeof threadTools;

/** Where the tools of a thread are found by whoever evaluates an expression in it. */
export const toolsKey = 'opscenter.agent.thread-tools';

/** Puts the tools in place in this thread. */
export function placeThreadTools(): void {
  (globalThis as Record<symbol, unknown>)[Symbol.for(toolsKey)] ??= threadTools;
}
