import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Chrome DevTools' code for heap snapshots as one module: the path of its file. */
export function installDevTools(): string {
  const printed = execFileSync(process.execPath, [pathOf('devtools/bundle.mjs')], { encoding: 'utf8' });
  return printed.trim();
}

/** memlab, without the browser that it would fetch: the path of its heap analysis. */
export function installMemlab(): string {
  const folder = pathOf('memlab');
  const entry = `${folder}/node_modules/@memlab/heap-analysis/dist/index.js`;
  if (!existsSync(entry))
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      stdio: ['ignore', 2, 2],
    });
  return entry;
}
