// The second of the two threads in which Chrome DevTools opens a heap snapshot: retainers, dominators and retained sizes.
import { parentPort, workerData } from 'node:worker_threads';

const { SecondaryInitManager } = await import(workerData);
parentPort.once('message', (port) => new SecondaryInitManager(port));
