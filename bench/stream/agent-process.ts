import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { answerParent } from '../harness/child.ts';

/** A service with nothing in it but the agent, which has a thread of its own with the limits that the agent sets. */
const thread = new Worker(new URL('agent-thread.ts', import.meta.url), {
  workerData: process.argv.slice(2),
  resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 4 },
});
const [address] = await once(thread, 'message');

answerParent({ address: () => address });
