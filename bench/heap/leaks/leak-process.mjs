// Usage: node leak-process.mjs SERVICE FILE SHARE
// Runs a service of the corpus until that share of its leak has leaked (1: all), and writes a snapshot of its heap.
import { writeHeapSnapshot } from 'node:v8';
import { startBackground } from './background.mjs';

const [name, file, share] = process.argv.slice(2);
const { serve } = await import(`./services/${name}.mjs`);
const background = await startBackground();
await background.server.inject('/area-1/1');
globalThis.service = await serve(background, Number(share));
// What is due after the last request is done before the snapshot, as in a service at rest.
await new Promise((resolve) => setTimeout(resolve, 50));
writeHeapSnapshot(file);
process.exit(0);
