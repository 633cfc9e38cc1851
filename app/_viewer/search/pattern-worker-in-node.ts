import { parentPort } from 'node:worker_threads';
import { createAnswerer, type PatternRequest } from './pattern-thread.ts';

/** For tests: `pattern-worker.ts` where there is no browser. */
const answer = createAnswerer((report) => parentPort?.postMessage(report));

parentPort?.on('message', (request: PatternRequest) => answer(request));
