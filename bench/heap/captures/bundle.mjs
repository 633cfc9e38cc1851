// Usage: node bench/heap/captures/bundle.mjs FOLDER
// Writes the game night as one module of JavaScript into the folder, for Node versions that read no TypeScript.
import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [target] = process.argv.slice(2);
const folder = dirname(fileURLToPath(import.meta.url));
// The bundler of a peer, which has been installed before.
const bundler = join(folder, '../../peers/devtools/node_modules/rolldown/dist/index.mjs');
const { rolldown } = await import(pathToFileURL(bundler).href);
const build = await rolldown({
  input: join(folder, 'game-night-process.ts'),
  platform: 'node',
  logLevel: 'silent',
  external: [/^bufferutil$/, /^utf-8-validate$/],
  transform: { target: 'node20' },
});
await build.write({ dir: target, entryFileNames: 'game-night.mjs', format: 'esm' });
// It is read from beside the module.
copyFileSync(join(folder, '../../../platform/user-service/accounts.json'), join(target, 'accounts.json'));
