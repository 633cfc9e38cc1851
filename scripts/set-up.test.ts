import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

const SCRIPTS = fileURLToPath(new URL('.', import.meta.url));

/** Stands in for npm, which would need the network: writes down that it was called, and installs what is looked for. */
const NPM = `
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
setTimeout(() => {
  if (process.env.NPM_FAILS) { console.error('no such package'); process.exit(1); }
  mkdirSync('node_modules/node/bin', { recursive: true });
  if (!process.env.NPM_SKIPS_SCRIPTS) writeFileSync('node_modules/node/bin/node', '');
}, 300);
`;

function openRepository() {
  const root = mkdtempSync(join(tmpdir(), 'opscenter-set-up-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(SCRIPTS, join(root, 'scripts'), { recursive: true });
  writeFileSync(join(root, 'npm.js'), NPM);
  const lock = (packages: object) =>
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
  lock({ 'node_modules/a': { version: '1.0.0', integrity: 'x' } });
  return {
    root,
    lock,
    get calls() {
      const file = join(root, 'npm-calls');
      return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
    },
    async setUp(environment: Record<string, string> = {}) {
      const child = spawn(process.execPath, ['scripts/set-up.mjs', 'start'], {
        cwd: root,
        env: { ...process.env, npm_execpath: join(root, 'npm.js'), npm_lifecycle_event: '', ...environment },
      });
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
      });
      child.stderr.on('data', (chunk) => {
        output += chunk;
      });
      const [code] = await once(child, 'close');
      return { code, output };
    },
  };
}

describe('the set-up', () => {
  test('installs when nothing is installed, and not again', async () => {
    const repository = openRepository();
    expect(await repository.setUp()).toEqual({ code: 0, output: 'Installing dependencies …\n' });
    expect(await repository.setUp()).toEqual({ code: 0, output: '' });
    expect(repository.calls).toBe(1);
    expect(readFileSync(join(repository.root, 'npm-calls'), 'utf8')).toMatch(/^ci /);
  });

  test('installs again when the lock has changed or the pinned Node is gone', async () => {
    const repository = openRepository();
    await repository.setUp();
    repository.lock({ 'node_modules/a': { version: '2.0.0', integrity: 'y' } });
    await repository.setUp();
    expect(repository.calls).toBe(2);
    rmSync(join(repository.root, 'node_modules', 'node'), { recursive: true });
    await repository.setUp();
    expect(repository.calls).toBe(3);
  });

  test('does not install again what was installed by hand', async () => {
    const repository = openRepository();
    await repository.setUp();
    const packages = { 'node_modules/a': { version: '2.0.0', integrity: 'y' } };
    repository.lock({ ...packages, 'node_modules/only-elsewhere': { version: '1.0.0', optional: true } });
    writeFileSync(join(repository.root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
    expect(await repository.setUp()).toEqual({ code: 0, output: '' });
    expect(repository.calls).toBe(1);
  });

  test('installs once when two begin at the same time', async () => {
    const repository = openRepository();
    const both = await Promise.all([repository.setUp(), repository.setUp()]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(repository.calls).toBe(1);
  });

  test('takes over a lock whose owner is dead', async () => {
    const repository = openRepository();
    mkdirSync(join(repository.root, '.cache'));
    writeFileSync(join(repository.root, '.cache', 'set-up.lock'), '4194304');
    expect((await repository.setUp()).code).toBe(0);
  });

  test('says what went wrong, and no stack', async () => {
    const repository = openRepository();
    const failed = await repository.setUp({ NPM_FAILS: '1' });
    expect(failed.code).toBe(1);
    expect(failed.output).toContain(
      'The dependencies could not be installed (npm ci ended with 1):\nno such package',
    );
    const skipped = await repository.setUp({ NPM_SKIPS_SCRIPTS: '1' });
    expect(skipped.code).toBe(1);
    expect(skipped.output).toContain('ignore-scripts');
    expect(failed.output + skipped.output).not.toMatch(/\n\s+at /);
  });
});
