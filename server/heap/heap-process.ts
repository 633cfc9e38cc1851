import { flushCompileCache } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { FromChild, ToChild } from './child-messages.ts';
import { SnapshotHost } from './process/snapshot-host.ts';

/**
 * The process of one snapshot: a child of the server that opens it and answers what is asked. It ends when the server is gone,
 * also while it computes (`server-gone-thread.ts`).
 */
const host = new SnapshotHost((message: FromChild) => process.send?.(message));
process.on('message', (message) => void host.heed(message as ToChild));
process.on('disconnect', () => process.exit(0));
new Worker(new URL('server-gone-thread.ts', import.meta.url)).unref();
// It ends by being killed, and would keep nothing then.
setTimeout(flushCompileCache, 1000).unref();
