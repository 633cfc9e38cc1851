import type { ThreadTools } from './thread-tools.ts';

/** Where the tools of a thread are found by whoever evaluates an expression in it. */
export const toolsKey = 'opscenter.agent.thread-tools';

const places = globalThis as unknown as Record<symbol, ThreadTools | undefined>;

/** The tools of this thread if they are there: another copy of this package may have been first. */
export function findThreadTools(): ThreadTools | undefined {
  return places[Symbol.for(toolsKey)];
}

/** Puts the tools in place in this thread, and gives those that are there. */
export function placeThreadTools(tools: ThreadTools): ThreadTools {
  places[Symbol.for(toolsKey)] ??= tools;
  return findThreadTools() ?? tools;
}
