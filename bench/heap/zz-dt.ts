import { installDevTools } from '../peers/install-peer.ts';
import { openInDevTools } from '../peers/devtools-heap.ts';
import { startStopwatch } from './stopwatch.ts';
const b = installDevTools(); await import(b);
const stop = startStopwatch();
const { snapshot } = await openInDevTools(b, process.argv[2]!);
console.log('devtools', stop(), snapshot.nodeCount);
process.exit(0);
