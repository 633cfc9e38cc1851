// Usage: node scripts/build-plain-numbers.mjs
// Makes of the WebAssembly text in profile/heap/reader/plain-numbers the module that the reader loads, which is committed.
import { writeFileSync } from 'node:fs';
import { buildPlainNumbers, PLAIN_NUMBERS_MODULE } from './shared/plain-numbers.mjs';

writeFileSync(PLAIN_NUMBERS_MODULE, await buildPlainNumbers());
