import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ThreadTools } from '../../in-thread/thread-tools.ts';
import { toolsKey } from '../../in-thread/tools-place.ts';
import type { ThreadSession } from './thread-session.ts';

type Reply = {
  result?: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
};

/**
 * Has a tool of the agent used inside a thread of the service, in the middle of whatever it executes, and gives its
 * result. Takes no turn of the thread's event loop; waits while the thread is in a native call.
 *
 * @param given plain data, as the result is: both cross as JSON
 * @throws {SessionClosed}
 * @throws {Error} with what the tool threw
 */
export async function callTool<Name extends keyof ThreadTools>(
  session: ThreadSession,
  name: Name,
  ...given: Parameters<ThreadTools[Name]>
): Promise<ReturnType<ThreadTools[Name]>> {
  const expression = `(${findTools})(${JSON.stringify(toolsKey)}, ${JSON.stringify(toolsPath())}).${name}(...${JSON.stringify(given)})`;
  for (let waitedMs = 0; ; waitedMs += loadingStepMs) {
    const reply = (await session.post('Runtime.evaluate', {
      expression,
      returnByValue: true,
      silent: true,
    })) as Reply;
    const { exceptionDetails: failure } = reply;
    if (!failure) return reply.result?.value as ReturnType<ThreadTools[Name]>;
    const words = failure.exception?.description ?? failure.text;
    if (!isLoading(words) || waitedMs >= loadingLimitMs) throw new Error(words);
    await sleep(loadingStepMs);
  }
}

/**
 * The host reads the tools bit by bit when the service has started, and Node does not load a module at once that is on its
 * way already.
 */
function isLoading(words: string): boolean {
  return words.includes('not yet fully loaded') && words.includes('thread-tools');
}

const loadingStepMs = 20;
const loadingLimitMs = 2_000;

/** Evaluated in the thread as text. Where the tools are not there yet, they are loaded. */
const findTools = `(key, path) =>
  (globalThis[Symbol.for(key)] ??= process.getBuiltinModule('node:module').createRequire(path)(path).threadTools)`;

/** From the package it is JavaScript; from the sources TypeScript. */
function toolsPath(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fileURLToPath(new URL(`../../in-thread/thread-tools.${extension}`, import.meta.url));
}
