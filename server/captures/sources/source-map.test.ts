import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodedMap, presortedDecodedMap, type SourceMapSegment } from '@jridgewell/trace-mapping';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../../testing/temp-directory.ts';
import { OriginalPlaces } from './original-places.ts';
import { readSourceFile } from './read-source-file.ts';
import { findSourceMap, type SourceMap } from './source-map.ts';
import { SourceRefused } from './source-refused.ts';

const GENERATED = `function a(b){return b*2}
const c=d=>a(d),e={f(g){return c(g)}};
e.f(1);
`;

/** Segments as [column, source, line, column, name], all counted from 0. */
const MAPPINGS: SourceMapSegment[][] = [
  [
    [0, 0, 4, 0],
    [9, 0, 4, 9, 0],
    [10, 0, 4, 16],
    [14, 0, 5, 2],
    [21, 0, 5, 9],
  ],
  [
    [0, 0, 8, 0],
    [6, 0, 8, 6, 1],
    [8, 0, 8, 15, 2],
    [11, 0, 8, 24, 0],
    [16, 1, 0, 0],
    [19, 1, 1, 2, 3],
    [20, 1, 1, 6],
  ],
  [[0, 1, 20, 0]],
];
const NAMES = ['double', 'apply', 'value', 'method'];

function mapJson(change: object = {}): string {
  const map = encodedMap(
    presortedDecodedMap({
      version: 3,
      names: NAMES,
      sources: ['../src/a.ts', '../src/b.ts'],
      mappings: MAPPINGS,
    }),
  );
  return JSON.stringify({ ...map, ...change });
}

let outside: string;
let root: string;
const roots = () => [{ prefix: '/app', directory: root }];

beforeEach(() => {
  outside = temporaryDirectory();
  root = join(outside, 'root');
  mkdirSync(join(root, 'dist'), { recursive: true });
});

/** The map of a generated file with this end, and with this beside it. */
function find(
  comment: string,
  beside: Record<string, string> = {},
  url = '/app/dist/main.js',
): SourceMap | undefined {
  writeFileSync(join(root, 'dist', 'main.js'), GENERATED + comment);
  for (const [name, text] of Object.entries(beside)) writeFileSync(join(root, 'dist', name), text);
  return findSourceMap(roots(), url, readSourceFile(roots(), '/app/dist/main.js', 'source', 1 << 20));
}

function refusalOf(comment: string, beside?: Record<string, string>): string {
  try {
    return `found: ${find(comment, beside)?.kind}`;
  } catch (error) {
    if (error instanceof SourceRefused) return `${error.reason}: ${error.why}`;
    throw error;
  }
}

const inline = (json: string) =>
  `//# sourceMappingURL=data:application/json;base64,${Buffer.from(json).toString('base64')}`;

describe('the source map of a file', () => {
  test('stands in the file, encoded either way', () => {
    expect(find(inline(mapJson()))?.kind).toBe('inline');
    const percent = `//# sourceMappingURL=data:application/json;charset=utf-8,${encodeURIComponent(mapJson())}`;
    expect(find(percent)?.kind).toBe('inline');
  });

  test('stands beside the file, under the name that the file gives it', () => {
    const map = find('//# sourceMappingURL=main.js.map\n', { 'main.js.map': mapJson() });
    expect(map?.kind).toBe('adjacent');
    expect(map?.sources).toEqual(['/app/src/a.ts', '/app/src/b.ts']);
    expect(find('/*# sourceMappingURL=other.map */', { 'other.map': mapJson() })?.kind).toBe('adjacent');
  });

  test('stands beside the file even where the file does not say so', () => {
    expect(find('', { 'main.js.map': mapJson() })?.kind).toBe('adjacent');
  });

  test('is named by the last comment, before other comments', () => {
    const text =
      '// see sourceMappingURL=wrong.map in the docs\n//# sourceMappingURL=right.map\n//# debugId=1\n';
    expect(find(text, { 'right.map': mapJson() })?.kind).toBe('adjacent');
  });

  test('is not what a program says of source maps', () => {
    expect(find('const text = "//# sourceMappingURL=/etc/passwd.map";\nrun(text);\n')).toBeUndefined();
    expect(find('')).toBeUndefined();
  });

  test('names sources as URLs where the service names its files as URLs', () => {
    const map = find('', { 'main.js.map': mapJson() }, 'file:///app/dist/main.js');
    expect(map?.sources).toEqual(['file:///app/src/a.ts', 'file:///app/src/b.ts']);
  });

  test('may keep its sources in a root of their own, or under a name of a bundler', () => {
    const map = find('', {
      'main.js.map': mapJson({ sourceRoot: '/app/lib', sources: ['a.ts', 'webpack://shop/./src/b.ts'] }),
    });
    expect(map?.sources).toEqual(['/app/lib/a.ts', 'webpack://shop/src/b.ts']);
  });

  test('may come in sections', () => {
    const sections = [{ offset: { line: 0, column: 0 }, map: JSON.parse(mapJson()) as object }];
    const map = find('', { 'main.js.map': JSON.stringify({ version: 3, sections }) });
    expect(map && new OriginalPlaces(map, GENERATED).ofFunction(1, 11, 'a')).toMatchObject({ line: 5 });
  });

  test.each([
    ['is on another machine', '//# sourceMappingURL=https://evil.example/main.js.map', 'nothing is fetched'],
    ['leads upwards', '//# sourceMappingURL=../../secret.map', 'it is below none of the directories'],
    ['leads upwards in disguise', '//# sourceMappingURL=%2e%2e/%2e%2e/secret.map', 'it is below none'],
    [
      'is anywhere on the disk',
      '//# sourceMappingURL=/etc/secret.map',
      'it is below none of the directories',
    ],
    ['is a file of another kind', '//# sourceMappingURL=key.pem', 'its name is not one of a source map'],
    ['is not there', '//# sourceMappingURL=gone.map', 'it is not there'],
    ['is no JSON', inline('{"version":3'), 'it is not JSON'],
    ['is null', inline('null'), 'it is not a source map of version 3'],
    ['is a list', inline('[]'), 'it is not a source map of version 3'],
    ['is of another version', inline('{"version":2}'), 'it is not a source map of version 3'],
    ['has no sources', inline('{"version":3,"mappings":""}'), 'what it says is inconsistent'],
    ['has no mappings', inline('{"version":3,"sources":[]}'), 'what it says is inconsistent'],
    ['has broken mappings', inline(mapJson({ mappings: 7 })), 'what it says is inconsistent'],
    [
      'has broken sections',
      inline('{"version":3,"sections":[{"offset":1}]}'),
      'what it says is inconsistent',
    ],
    ['is encoded wrongly', '//# sourceMappingURL=data:application/json,%zz', 'its encoding is broken'],
  ])('that %s is refused in a sentence', (_, comment, sentence) => {
    writeFileSync(join(outside, 'secret.map'), mapJson());
    writeFileSync(join(root, 'dist', 'key.pem'), 'secret');
    expect(refusalOf(comment)).toContain(`map-unreadable: `);
    expect(refusalOf(comment)).toContain(sentence);
  });

  test('is not read through a link that leads out', () => {
    writeFileSync(join(outside, 'secret.map'), mapJson());
    symlinkSync(join(outside, 'secret.map'), join(root, 'dist', 'main.js.map'));
    expect(refusalOf('')).toBe('map-unreadable: a link leads out of the directory that may be read');
  });

  test('is limited in size', () => {
    const huge = mapJson({ sourcesContent: ['x'.repeat(33 * 1024 * 1024)] });
    expect(refusalOf('', { 'main.js.map': huge })).toBe('map-unreadable: it is larger than 32 MiB');
  });

  test('nested without end is refused, not followed', () => {
    const nested = `${'{"version":3,"sections":[{"offset":{"line":0,"column":0},"map":'.repeat(20_000)}null${'}]}'.repeat(20_000)}`;
    expect(refusalOf('', { 'main.js.map': nested })).toMatch(/^map-unreadable: /);
  });

  test('of any content is used or refused, and places make sense', () => {
    const anyValue = fc.oneof(fc.jsonValue(), fc.constantFrom(null, [], {}, [null, 7, 'a.ts']));
    const anyChange = fc.dictionary(
      fc.constantFrom('version', 'sources', 'names', 'sourcesContent', 'sourceRoot', 'mappings', 'sections'),
      fc.oneof(anyValue, fc.stringMatching(/^[A-Za-z0-9+/;,]{0,60}$/)),
    );
    fc.assert(
      fc.property(anyChange, (change) => {
        let map: SourceMap | undefined;
        try {
          map = find('', { 'main.js.map': mapJson(change) });
        } catch (error) {
          expect(error).toBeInstanceOf(SourceRefused);
        }
        if (map === undefined) return;
        const places = new OriginalPlaces(map, GENERATED);
        for (let line = 0; line < 5; line++) {
          for (const place of [places.ofFunction(line, 11, 'a'), places.ofLine(line)]) {
            if (place === undefined) continue;
            expect(place.line).toBeGreaterThan(0);
            expect(typeof map.sources[place.source]).toBe('string');
          }
          map.contentOf(line);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('where a function comes from', () => {
  const places = () => {
    const map = find('', { 'main.js.map': mapJson() });
    if (map === undefined) throw new Error('there is a map');
    return new OriginalPlaces(map, GENERATED);
  };

  test('is found by where V8 says that it begins', () => {
    expect(places().ofFunction(1, 11, 'a')).toEqual({ source: 0, line: 5, column: 17, name: 'double' });
    expect(places().ofFunction(2, 21, 'f')).toEqual({ source: 1, line: 2, column: 7, name: 'method' });
  });

  test('comes with the name of a variable that an arrow function was given to', () => {
    expect(places().ofFunction(2, 9, 'c')?.name).toBe('apply');
  });

  test('comes with no name of a parameter, nor one for a function without a name', () => {
    expect(places().ofFunction(2, 9, '')?.name).toBeUndefined();
    expect(places().ofFunction(2, 9, 'x')?.name).toBeUndefined();
  });

  test('keeps what V8 puts before a name', () => {
    expect(places().ofFunction(1, 11, 'get a')?.name).toBe('get double');
  });

  test('is known without a column only where the whole line comes from one', () => {
    expect(places().ofFunction(1, 0, 'a')).toEqual({ source: 0, line: 5, column: 0, name: undefined });
    expect(places().ofFunction(2, 0, 'c')).toBeUndefined();
  });

  test('is not known beyond the map', () => {
    expect(places().ofFunction(99, 1, 'a')).toBeUndefined();
    expect(places().ofFunction(0, 0, 'a')).toBeUndefined();
  });
});

describe('where a line comes from', () => {
  const ofLine = (mappings: SourceMapSegment[][], line: number) => {
    const json = JSON.stringify(
      encodedMap(presortedDecodedMap({ version: 3, names: [], sources: ['a.ts', 'b.ts'], mappings })),
    );
    const map = find('', { 'main.js.map': json });
    return map && new OriginalPlaces(map, GENERATED).ofLine(line);
  };

  test('is where its first token was', () => {
    expect(
      ofLine(
        [
          [
            [4, 0, 6, 2],
            [9, 0, 7, 0],
          ],
        ],
        1,
      ),
    ).toEqual({ source: 0, line: 7 });
  });

  test('is not known for a line of many lines, or of two files, as minified ones are', () => {
    expect(
      ofLine(
        [
          [
            [0, 0, 0, 0],
            [9, 0, 50, 0],
          ],
        ],
        1,
      ),
    ).toBeUndefined();
    expect(
      ofLine(
        [
          [
            [0, 0, 0, 0],
            [9, 1, 0, 0],
          ],
        ],
        1,
      ),
    ).toBeUndefined();
  });

  test('is not known for a line that the build added', () => {
    expect(ofLine([[[0]]], 1)).toBeUndefined();
    expect(ofLine([[[0, 0, 0, 0]]], 2)).toBeUndefined();
  });
});
