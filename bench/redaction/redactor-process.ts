import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { answerParent } from '../harness/child.ts';
import type { Redacted } from './redactor-thread.ts';

const thread = new Worker(new URL('redactor-thread.ts', import.meta.url), {
  resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 4 },
});

answerParent({
  redact: async (path: string): Promise<Redacted> => {
    thread.postMessage(path);
    const [redacted] = (await once(thread, 'message')) as [Redacted];
    return redacted;
  },
});
