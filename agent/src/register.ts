import { isMainThread } from 'node:worker_threads';
import { startAgent } from './index.ts';

/**
 * Starts the agent without a line of code: `node --import @opscenter/agent/register service.js`, set up by the
 * OPSCENTER_* variables. Preloaded modules load in every worker thread too; the agent belongs to the process.
 */
if (isMainThread) startAgent();
