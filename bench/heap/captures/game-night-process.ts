// Usage: node game-night-process.ts SNAPSHOT
// The example platform in one process, with players that play for a while, then written down.
import { setTimeout as sleep } from 'node:timers/promises';
import { writeHeapSnapshot } from 'node:v8';
import { GameNight } from '../../../platform/testing/game-night.ts';

const PLAY_MS = 5_000;

const [path = ''] = process.argv.slice(2);
const night = await GameNight.begin();
await sleep(PLAY_MS);
writeHeapSnapshot(path);
await night[Symbol.asyncDispose]();
process.exit(0);
