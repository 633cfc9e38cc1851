// Usage: node scripts/build-web-assembly.mjs
// Makes of the WebAssembly texts of the heap reader the modules that it loads, which are committed.
import { writeFileSync } from 'node:fs';
import { buildModule, WEB_ASSEMBLY } from './shared/web-assembly.mjs';

for (const { text, module } of WEB_ASSEMBLY) writeFileSync(module, await buildModule(text));
