// Usage: node leak-process.mjs SERVICE FILE [EARLIER]
// Runs a service of the corpus until it has leaked, and writes a snapshot of its heap; with EARLIER another one before, when
// it had leaked a third.
import { writeHeapSnapshot } from 'node:v8';
import { startBackground } from './background.mjs';

const [name, file, earlier] = process.argv.slice(2);
const { serve } = await import(`./services/${name}.mjs`);
const background = await startBackground();
await background.server.inject('/area-1/1');

let kept;
if (earlier !== undefined) {
  kept = await serve(background, 1 / 3);
  writeHeapSnapshot(earlier);
}
kept = [kept, await serve(background, earlier === undefined ? 1 : 2 / 3)];
// What is due after the last request is done before the snapshot, as in a service at rest.
await new Promise((resolve) => setTimeout(resolve, 50));
writeHeapSnapshot(file);
process.exit(kept === null ? 1 : 0);
