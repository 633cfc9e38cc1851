// Usage: node bench/peers/devtools/bundle.mjs
// Installs Chrome DevTools' code when it is not there as the lock file says, and bundles the part that reads heap snapshots.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const made = join(folder, 'node_modules', '.opscenter-devtools');
const record = join(made, 'made-of');
const entry = 'heap-snapshot.mjs';
const key = createHash('sha256')
  .update(readFileSync(join(folder, 'package-lock.json')))
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest('hex');

if (!existsSync(record) || readFileSync(record, 'utf8') !== key) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
  });
  await bundle();
  writeFileSync(record, key);
}
process.stdout.write(`${join(made, entry)}\n`);

async function bundle() {
  // From its own package, which is not there before it was installed.
  const bundler = pathToFileURL(join(folder, 'node_modules', 'rolldown', 'dist', 'index.mjs'));
  const { rolldown } = await import(bundler.href);
  const front = join(folder, 'node_modules', 'chrome-devtools-frontend', 'front_end');
  const worker = join(front, 'entrypoints', 'heap_snapshot_worker');
  mkdirSync(made, { recursive: true });
  const source = join(made, 'entry.ts');
  writeFileSync(
    source,
    [
      `export { HeapSnapshotLoader } from ${JSON.stringify(join(worker, 'HeapSnapshotLoader.ts'))};`,
      `export { SecondaryInitManager } from ${JSON.stringify(join(worker, 'HeapSnapshot.ts'))};`,
      `export { NodeFilter } from ${JSON.stringify(join(front, 'models/heap_snapshot/HeapSnapshotModel.ts'))};`,
    ].join('\n'),
  );
  const build = await rolldown({
    input: source,
    platform: 'node',
    logLevel: 'silent',
    treeshake: { moduleSideEffects: false },
    plugins: [devToolsSources()],
  });
  await build.write({ dir: made, entryFileNames: entry, format: 'esm' });
}

/** Its modules name each other as the JavaScript that they are compiled to; its words for progress are generated elsewhere. */
function devToolsSources() {
  const words = '\0words';
  return {
    name: 'devtools-sources',
    resolveId(id, importer) {
      if (id.endsWith('/i18n/i18n.js')) return words;
      if (!id.startsWith('.') || !id.endsWith('.js')) return undefined;
      return this.resolve(id.replace(/\.js$/, '.ts'), importer, { skipSelf: true });
    },
    load(id) {
      if (id !== words) return undefined;
      const names = ['ByteUtilities', 'TimeUtilities', 'DevToolsLocale', 'NumberFormatter'];
      const empty = names.map((name) => `export const ${name} = {};`).join('\n');
      return `export const i18n = new Proxy({}, { get: () => (text) => text });\n${empty}`;
    },
  };
}
