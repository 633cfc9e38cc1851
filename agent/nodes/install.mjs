// Usage: node agent/nodes/install.mjs
// Installs the Node versions that the agent's tests run on, when they are not there as the lock file says.
// Plain JavaScript without dependencies: it runs on whatever Node the machine has.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const record = join(folder, 'node_modules', '.opscenter-installed');
const names = Object.keys(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies);
const key = `${createHash('sha256')
  .update(readFileSync(join(folder, 'package-lock.json')))
  .digest('hex')} ${process.platform} ${process.arch}`;

if (!isInstalled()) install();

function isInstalled() {
  const isRecorded = existsSync(record) && readFileSync(record, 'utf8') === key;
  return isRecorded && names.every((name) => existsSync(binaryOf(name)));
}

function install() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: 'inherit' });
  for (const name of names) {
    // Fails here, with its own message, rather than in the middle of a test.
    execFileSync(binaryOf(name), ['--version'], { stdio: 'ignore' });
  }
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, key);
}

function binaryOf(name) {
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}
