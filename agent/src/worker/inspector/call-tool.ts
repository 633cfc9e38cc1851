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
 * way already. Nor are they loaded in the middle of Node's own code.
 */
function isLoading(words: string): boolean {
  return (words.includes('not yet fully loaded') && words.includes('thread-tools')) || words.includes(inNode);
}

/** What is said when that lasts. Stands in text that is evaluated, between quotes. */
const inNode =
  'The thread was in code of Node at every look, where the tools of the agent cannot be loaded; try again.';

const loadingStepMs = 20;
const loadingLimitMs = 2_000;

/**
 * Evaluated in the thread as text. Where the tools are not there yet, they are loaded, but never where Node itself was
 * interrupted: to load takes URLs and files, which Node reads through buffers that all of a thread share, so that
 * whoever was reading one would go on with ours.
 */
const findTools = `(key, path) => {
  const place = Symbol.for(key);
  if (globalThis[place] === undefined) {
    const { prepareStackTrace, stackTraceLimit } = Error;
    const interrupted = {};
    try {
      Error.stackTraceLimit = 6;
      Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getFileName() ?? '');
      Error.captureStackTrace(interrupted);
      const files = Array.isArray(interrupted.stack) ? interrupted.stack : [];
      // What is evaluated here has no file.
      if (files.find((file) => file !== '')?.startsWith('node:')) throw new Error('${inNode}');
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
      if (prepareStackTrace === undefined) delete Error.prepareStackTrace;
      else Error.prepareStackTrace = prepareStackTrace;
    }
    globalThis[place] = process.getBuiltinModule('node:module').createRequire(path)(path).threadTools;
  }
  return globalThis[place];
}`;

/** From the package it is JavaScript; from the sources TypeScript. */
function toolsPath(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fileURLToPath(new URL(`../../in-thread/thread-tools.${extension}`, import.meta.url));
}
