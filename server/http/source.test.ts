import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodedMap, presortedDecodedMap } from '@jridgewell/trace-mapping';
import { describe, expect, test } from 'vitest';
import type { SourceRoot } from '../captures/sources/source-roots.ts';
import { temporaryDirectory } from '../testing/temp-directory.ts';
import { Originals, Problem, SourceText } from './contract/index.ts';
import { type Answer, TestConsole } from './testing/test-console.ts';

const MAP = encodedMap(
  presortedDecodedMap({
    version: 3,
    names: ['totalOf'],
    sources: ['../src/cart.ts', '../src/tax.ts'],
    sourcesContent: ['export function totalOf() {}\n', null],
    mappings: [
      [
        [0, 0, 0, 0],
        [9, 0, 0, 16, 0],
        [10, 0, 0, 23],
        [20, 1, 2, 0],
      ],
      [[0, 1, 4, 0]],
    ],
  }),
);

/** A CPU profile in which a function stands in each of these files. */
function profileOf(urls: readonly string[]): Uint8Array {
  const frame = (functionName: string, url: string) => ({
    id: 0,
    callFrame: { functionName, scriptId: '1', url, lineNumber: 0, columnNumber: 10 },
  });
  const nodes = [frame('(root)', ''), ...urls.map((url) => frame('t', url))].map((node, at) => ({
    ...node,
    id: at + 1,
    ...(at === 0 ? { children: urls.map((_, child) => child + 2) } : {}),
  }));
  const samples = urls.map((_, at) => at + 2);
  return new TextEncoder().encode(
    JSON.stringify({ nodes, startTime: 0, endTime: 9, samples, timeDeltas: samples.map(() => 1) }),
  );
}

const NAMED = [
  '/app/dist/cart.js',
  'file:///app/dist/plain.js',
  '/app/dist/gone.js',
  '/app/dist/leak.js',
  '/app/dist/broken.js',
  '/app/dist/settings.json',
  '/app/../etc/passwd.js',
  '/etc/passwd.js',
  'node:fs',
];

/** A service whose files are below `/app`, captured; its files lie where a real operator would have put them. */
async function captured(options: { sources?: readonly SourceRoot[]; token?: string } = {}) {
  const outside = temporaryDirectory();
  const directory = join(outside, 'app');
  mkdirSync(join(directory, 'dist'), { recursive: true });
  mkdirSync(join(directory, 'src'));
  const files: Record<string, string> = {
    'dist/cart.js': 'function t(){return 1+1}\nt();\n//# sourceMappingURL=cart.js.map\n',
    'dist/cart.js.map': JSON.stringify(MAP),
    'dist/plain.js': 'function t() {}\n',
    'dist/broken.js': 'function t() {}\n//# sourceMappingURL=data:application/json,{\n',
    'dist/settings.json': '{"password":"hunter2"}',
    'dist/unnamed.js': 'hunter2',
    'src/tax.ts': 'export const tax = 0.19;\n',
    '../secret.js': 'hunter2',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  symlinkSync(join(outside, 'secret.js'), join(directory, 'dist', 'leak.js'));
  const opened = await TestConsole.open({
    sources: options.sources ?? [{ prefix: '/app', directory }],
    ...(options.token === undefined ? {} : { token: options.token }),
  });
  const headers: Record<string, string> =
    options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  const { instance } = await opened.connectAgent({ artifact: () => profileOf(NAMED) }, headers);
  const { id } = await opened.capture(instance, headers);
  return {
    opened,
    id,
    source: (query: Record<string, string>, sent: Record<string, string> = headers) =>
      opened.send(`/api/v1/captures/${id}/source?${new URLSearchParams(query)}`, { headers: sent }),
    originals: (files: unknown, sent: Record<string, string> = headers) =>
      opened.change('POST', `/api/v1/captures/${id}/source/originals`, { files }, sent),
  };
}

const told = (answer: Answer) => {
  const { status, code, detail } = Problem.parse(answer.json());
  return { status, code, detail };
};

describe('the source of a capture', () => {
  test('is the text of the file that the profile names', async () => {
    const { source } = await captured();
    const answer = await source({ url: 'file:///app/dist/plain.js' });
    expect(SourceText.parse(answer.json())).toMatchObject({ text: 'function t() {}\n', original: null });
    expect(answer.headers['content-type']).toContain('application/json');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('is what the file was made of, as the map holds it or else as it lies there', async () => {
    const { source } = await captured();
    const cart = await source({ url: '/app/dist/cart.js', original: '/app/src/cart.ts' });
    expect(SourceText.parse(cart.json()).text).toBe('export function totalOf() {}\n');
    const tax = await source({ url: '/app/dist/cart.js', original: '/app/src/tax.ts' });
    expect(SourceText.parse(tax.json())).toMatchObject({
      text: 'export const tax = 0.19;\n',
      original: '/app/src/tax.ts',
    });
  });

  test('is refused in words when there is none, and nothing of it gets out', async () => {
    const { source } = await captured();
    const refused: [Record<string, string>, number, string][] = [
      [{ url: '/app/dist/gone.js' }, 404, 'source-not-found'],
      [{ url: '/app/dist/leak.js' }, 404, 'source-outside-roots'],
      [{ url: '/app/../etc/passwd.js' }, 404, 'source-outside-roots'],
      [{ url: '/etc/passwd.js' }, 404, 'source-outside-roots'],
      [{ url: 'node:fs' }, 404, 'source-outside-roots'],
      [{ url: '/app/dist/settings.json' }, 422, 'source-unreadable'],
      [{ url: '/app/dist/unnamed.js' }, 404, 'source-not-in-profile'],
      [{ url: '/app/dist/cart.js', original: '/etc/passwd' }, 404, 'source-not-found'],
      [{ url: '/app/dist/cart.js', original: '../../secret.js' }, 404, 'source-not-found'],
      [{ url: '/app/dist/broken.js', original: '/app/src/cart.ts' }, 422, 'source-map-unreadable'],
      [{ url: '' }, 400, 'request-invalid'],
      [{}, 400, 'request-invalid'],
    ];
    for (const [query, status, code] of refused) {
      const answer = await source(query);
      expect.soft(told(answer), JSON.stringify(query)).toMatchObject({ status, code });
      expect.soft(answer.text).not.toContain('hunter2');
    }
  });

  test('is not read at all where nobody said which directories may be', async () => {
    const { source, originals } = await captured({ sources: [] });
    for (const answer of [
      await source({ url: 'file:///app/dist/plain.js' }),
      await originals([{ url: '/app/dist/cart.js', functions: [] }]),
    ]) {
      expect(told(answer)).toMatchObject({ status: 409, code: 'sources-not-configured' });
      expect(told(answer).detail).toContain('OPSCENTER_SOURCES');
    }
  });

  test('is given to those alone who may use the console', async () => {
    const { source, originals } = await captured({ token: 'a-token-for-the-console' });
    expect((await source({ url: 'file:///app/dist/plain.js' })).status).toBe(200);
    expect((await source({ url: 'file:///app/dist/plain.js' }, {})).status).toBe(401);
    expect((await originals([{ url: '/app/dist/cart.js' }], {})).status).toBe(401);
  });

  test('of a capture that is not there is a 404', async () => {
    const { opened } = await captured();
    const answer = await opened.send('/api/v1/captures/cap_00000000000000000000/source?url=a');
    expect(told(answer)).toMatchObject({ status: 404, code: 'capture-not-found' });
  });
});

describe('the originals of generated functions and lines', () => {
  test('come with file, place and the name that the build took away', async () => {
    const { originals } = await captured();
    const answer = await originals([
      {
        url: '/app/dist/cart.js',
        functions: [
          [1, 11, 't'],
          [99, 1, 'x'],
        ],
        lines: [2, 7],
      },
      { url: 'file:///app/dist/plain.js', functions: [[1, 11, 't']] },
    ]);
    expect(Originals.parse(answer.json())).toEqual({
      files: [
        {
          url: '/app/dist/cart.js',
          map: 'adjacent',
          trouble: null,
          sources: ['/app/src/cart.ts', '/app/src/tax.ts'],
          functions: [[0, 1, 24, 'totalOf'], null],
          lines: [[1, 5], null],
        },
        { url: 'file:///app/dist/plain.js', map: null, trouble: null, sources: [], functions: [], lines: [] },
      ],
    });
  });

  test('of one file that cannot be read keep no other from being told', async () => {
    const { originals } = await captured();
    const asked = ['/app/dist/broken.js', '/app/dist/leak.js', '/app/dist/gone.js', '/app/dist/cart.js'];
    const answer = await originals(asked.map((url) => ({ url, functions: [[1, 11, 't']] })));
    const { files } = Originals.parse(answer.json());
    expect(files.map(({ trouble, map }) => trouble?.reason ?? map)).toEqual([
      'map-unreadable',
      'outside',
      'missing',
      'adjacent',
    ]);
  });

  test('are told of files alone that the profile names', async () => {
    const { originals } = await captured();
    const answer = await originals([{ url: '/app/dist/cart.js' }, { url: '/app/dist/unnamed.js' }]);
    expect(told(answer)).toMatchObject({ status: 404, code: 'source-not-in-profile' });
  });

  test('are not looked for when what is asked for makes no sense', async () => {
    const { originals } = await captured();
    for (const files of [
      undefined,
      [],
      Array.from({ length: 101 }, () => ({ url: '/a.js' })),
      [{ url: '/a.js', functions: [[1.5, -1, 'x']] }],
      [{ url: '/a.js', functions: [[1, 1, 'x'.repeat(301)]] }],
    ]) {
      expect.soft(told(await originals(files))).toMatchObject({ status: 400, code: 'request-invalid' });
    }
  });

  test('are not looked for on behalf of another site', async () => {
    const { opened, id } = await captured();
    const answer = await opened.send(`/api/v1/captures/${id}/source/originals`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: '{"files":[{"url":"/app/dist/cart.js"}]}',
    });
    expect(answer.status).toBe(403);
  });
});
