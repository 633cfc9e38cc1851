// Usage: node agent/libraries/install.mjs
// Installs the libraries that the agent's tests run against, when they are not there as the lock file says.
// Plain JavaScript without dependencies: it runs on whatever Node the machine has.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const record = join(folder, 'node_modules', '.opscenter-installed');
const key = createHash('sha256')
  .update(readFileSync(join(folder, 'package-lock.json')))
  .digest('hex');

if (!existsSync(record) || readFileSync(record, 'utf8') !== key) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
  });
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, key);
}
