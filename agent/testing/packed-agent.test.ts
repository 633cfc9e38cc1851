import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { installPackedAgent } from './packed-package.ts';

describe('the packed agent', () => {
  it('brings its types along', { timeout: 60_000 }, async () => {
    await using installed = await installPackedAgent();
    const tsc = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url));
    const types = fileURLToPath(new URL('../../node_modules/@types', import.meta.url));
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
    const compiled = spawnSync(tsc, [...options, '--typeRoots', types, 'typed-service.ts'], {
      cwd: installed.folder,
      encoding: 'utf8',
    });
    expect(compiled.stdout).toBe('');
    expect(compiled.status).toBe(0);
  });
});
