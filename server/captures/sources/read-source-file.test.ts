import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../../testing/temp-directory.ts';
import { readSourceFile } from './read-source-file.ts';
import { SourceRefused } from './source-refused.ts';

let outside: string;
let root: string;

beforeEach(() => {
  outside = temporaryDirectory();
  root = join(outside, 'root');
  mkdirSync(join(root, 'src'), { recursive: true });
  writeFileSync(join(root, 'src', 'main.ts'), 'const greeting = "grüß";\n');
  writeFileSync(join(outside, 'secret.ts'), 'secret');
  writeFileSync(join(outside, 'agent-token'), 'secret');
});

const read = (path: string, kind: 'source' | 'map' = 'source', maxBytes = 1024 * 1024) =>
  readSourceFile([{ prefix: '/app', directory: root }], `/app/${path}`, kind, maxBytes);

function refusalOf(path: string, kind?: 'source' | 'map', maxBytes?: number): string {
  try {
    return `read: ${read(path, kind, maxBytes).text}`;
  } catch (error) {
    if (error instanceof SourceRefused) return `${error.reason}: ${error.why}`;
    throw error;
  }
}

describe('a source file', () => {
  test('below a root is read as text', () => {
    expect(read('src/main.ts').text).toBe('const greeting = "grüß";\n');
  });

  test('may be reached by a link that stays below the root', () => {
    symlinkSync('src', join(root, 'linked'));
    symlinkSync(join(root, 'src', 'main.ts'), join(root, 'main-link.ts'));
    expect(read('linked/main.ts').text).toContain('greeting');
    expect(read('main-link.ts').text).toContain('greeting');
  });

  test('may lie below a root that is itself a link', () => {
    symlinkSync(root, join(outside, 'root-link'));
    const roots = [{ prefix: '/app', directory: join(outside, 'root-link') }];
    expect(readSourceFile(roots, 'file:///app/src/main.ts', 'source', 1024).text).toContain('greeting');
  });

  test('is not read through a link that leads out', () => {
    symlinkSync(join(outside, 'secret.ts'), join(root, 'innocent.ts'));
    symlinkSync(outside, join(root, 'up'));
    symlinkSync('../..', join(root, 'src', 'relative'));
    for (const path of ['innocent.ts', 'up/secret.ts', 'src/relative/secret.ts'])
      expect(refusalOf(path)).toBe('outside: a link leads out of the directory that may be read');
  });

  test('is not what a link calls source', () => {
    writeFileSync(join(root, 'id_rsa'), 'secret');
    symlinkSync('id_rsa', join(root, 'key.ts'));
    expect(refusalOf('key.ts')).toBe('unreadable: its name is not one of a source file');
  });

  test('is not a neighbour whose name begins like the root', () => {
    mkdirSync(`${root}-other`);
    writeFileSync(join(`${root}-other`, 'main.ts'), 'secret');
    symlinkSync(`${root}-other`, join(root, 'other'));
    expect(refusalOf('other/main.ts')).toMatch(/^outside/);
  });

  test.each([
    '.env',
    'config.json',
    'key.pem',
    'server.crt',
    'data.sqlite',
    'id_rsa',
    'notes.md',
    'main.ts.bak',
    'page.html',
    'ts',
  ])('is not %s', (name) => {
    writeFileSync(join(root, name), 'secret');
    expect(refusalOf(name)).toBe('unreadable: its name is not one of a source file');
  });

  test('that is a source map is read only as one, and nothing else is', () => {
    writeFileSync(join(root, 'main.js.map'), '{}');
    expect(refusalOf('main.js.map')).toMatch(/^unreadable/);
    expect(refusalOf('main.js.map', 'map')).toBe('read: {}');
    expect(refusalOf('src/main.ts', 'map')).toBe('unreadable: its name is not one of a source map');
  });

  test('is a regular file, and nothing that waits or never ends', () => {
    execFileSync('mkfifo', [join(root, 'pipe.ts')]);
    mkdirSync(join(root, 'folder.ts'));
    expect(refusalOf('pipe.ts')).toBe('unreadable: it is not a regular file');
    expect(refusalOf('folder.ts')).toMatch(/^unreadable/);
  });

  test('is no device, even one below a root', () => {
    const roots = [{ prefix: '', directory: '/' }];
    for (const device of ['/dev/zero', '/dev/stdin', '/proc/self/environ', '/proc/self/mem'])
      expect(() => readSourceFile(roots, device, 'source', 1024)).toThrow(SourceRefused);
    symlinkSync('/dev/zero', join(root, 'zero.ts'));
    expect(refusalOf('zero.ts')).toMatch(/^outside/);
  });

  test('is limited in size', () => {
    writeFileSync(join(root, 'large.ts'), 'x'.repeat(2 * 1024 * 1024 + 1));
    expect(refusalOf('large.ts', 'source', 2 * 1024 * 1024)).toBe('unreadable: it is larger than 2 MiB');
    writeFileSync(join(root, 'fits.ts'), 'x'.repeat(2 * 1024 * 1024));
    expect(refusalOf('fits.ts', 'source', 2 * 1024 * 1024)).toMatch(/^read: x/);
  });

  test('is text', () => {
    writeFileSync(join(root, 'binary.js'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]));
    expect(refusalOf('binary.js')).toBe('unreadable: it is not text');
  });

  test('that is not there is said to be missing, whether or not its folder is', () => {
    for (const path of ['gone.ts', 'nowhere/gone.ts', 'src/main.ts/gone.ts'])
      expect(refusalOf(path)).toMatch(/^missing/);
    const roots = [{ prefix: '/app', directory: join(outside, 'no-such-directory') }];
    expect(() => readSourceFile(roots, '/app/a.ts', 'source', 10)).toThrow(SourceRefused);
  });

  test('in a circle of links ends', () => {
    symlinkSync('b.ts', join(root, 'a.ts'));
    symlinkSync('a.ts', join(root, 'b.ts'));
    expect(refusalOf('a.ts')).toMatch(/^unreadable: it cannot be read/);
  });

  test('with a second name below the root is that file', () => {
    linkSync(join(root, 'src', 'main.ts'), join(root, 'again.ts'));
    expect(refusalOf('again.ts')).toContain('greeting');
  });
});
