import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSource, parseSourceRoot, type SourceRoot, toServicePath } from './source-roots.ts';

const roots = ['/srv/app=/here/app', '/srv/app/vendor=/here/vendor', 'C:\\svc=/here/win'].map(
  (text): SourceRoot => {
    const root = parseSourceRoot(text);
    if (root === undefined) throw new Error(`${text} is no root`);
    return root;
  },
);

function placeOf(url: string): string | undefined {
  const path = toServicePath(url);
  const address = path === undefined ? undefined : findSource(roots, path);
  return address && [address.root.directory, ...address.parts].join('/');
}

describe('a file that a service names', () => {
  test.each([
    ['/srv/app/src/main.ts', '/here/app/src/main.ts'],
    ['file:///srv/app/src/main.ts', '/here/app/src/main.ts'],
    ['file:///srv/app/with%20space/a%23b.ts', '/here/app/with space/a#b.ts'],
    ['file:///srv/app/main.mjs?t=123', '/here/app/main.mjs'],
    ['/srv/app//main.js', '/here/app/main.js'],
    ['C:\\svc\\lib\\main.js', '/here/win/lib/main.js'],
    ['file:///C:/svc/lib/main.js', '/here/win/lib/main.js'],
  ])('is looked for where its root lies (%s)', (url, place) => {
    expect(placeOf(url)).toBe(place);
  });

  test('belongs to the root that says most of it', () => {
    expect(placeOf('/srv/app/vendor/a.js')).toBe('/here/vendor/a.js');
  });

  test.each([
    '/srv/application/main.ts',
    '/srv/app',
    '/srv/app/',
    '/etc/passwd',
    '/srv/app/../../etc/passwd.js',
    '/srv/app/./main.ts',
    'file:///srv/app/../../etc/passwd.js',
    'file:///srv/app/%2e%2e/%2E%2e/etc/passwd.js',
    'file:///srv/app/..%2f..%2fetc/passwd.js',
    'file:///srv/app/%2e%2e%5cetc.js',
    'file:///srv/app/.%2e/etc.js',
    'file://evil.example/srv/app/main.ts',
    'file:///srv/app/main%00.ts',
    'file:///srv/app/%zz.ts',
    'file:srv/app/../../x.js',
    '/srv/app/a\0.ts',
    '/srv/app/a\n.ts',
    '/srv/app/..\\..\\x.ts',
    'srv/app/main.ts',
    '../srv/app/main.ts',
    'node:fs',
    'node:internal/timers',
    'http://localhost/srv/app/main.ts',
    'webpack://app/srv/app/main.ts',
    'data:text/javascript,1',
    'evalmachine.<anonymous>',
    '',
    `/srv/app/${'a'.repeat(5000)}.ts`,
  ])('is in no root when its name is %j', (url) => {
    expect(placeOf(url)).toBeUndefined();
  });

  test('never leads upwards, however it is written', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '%2e%2e',
        '.%2E',
        '%2f',
        '%5c',
        '\\',
        '..%2f',
        '%252e%252e',
        'a',
        'b.ts',
        '',
      ),
      fc.string({ maxLength: 5 }),
    );
    const anyUrl = fc
      .tuple(fc.constantFrom('/srv/app/', 'file:///srv/app/', 'C:\\svc\\'), fc.array(part, { maxLength: 6 }))
      .map(([start, parts]) => start + parts.join('/'));
    fc.assert(
      fc.property(anyUrl, (url) => {
        const path = toServicePath(url);
        const address = path === undefined ? undefined : findSource(roots, path);
        for (const name of address?.parts ?? []) expect(['', '.', '..']).not.toContain(name);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a root', () => {
  test.each([
    ['/srv/app=/here', { prefix: '/srv/app', directory: '/here' }],
    ['/srv/app/ = /here/../there', { prefix: '/srv/app', directory: '/there' }],
    ['file:///srv/app=/here', { prefix: '/srv/app', directory: '/here' }],
    ['/=/here', { prefix: '', directory: '/here' }],
  ])('is read from %s', (text, root) => {
    expect(parseSourceRoot(text)).toEqual(root);
  });

  test.each([
    '',
    '/srv/app',
    '=/here',
    '/srv/app=',
    '/srv/app=here',
    'app=/here',
    '/a/../b=/here',
    'node:fs=/here',
  ])('is not %j', (text) => {
    expect(parseSourceRoot(text)).toBeUndefined();
  });
});
