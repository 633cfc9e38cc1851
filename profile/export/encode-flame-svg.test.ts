import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCallTree } from '../call-tree/call-tree.ts';
import { CollapsedReader } from '../collapsed/collapsed-reader.ts';
import { chooseProfile } from '../model/profile-set.ts';
import { readWith } from '../text/read-profile.ts';
import { encodeFlameSvg, type FlameSvgOptions } from './encode-flame-svg.ts';
import { placeOf } from './named-functions.ts';

interface Box {
  title: string;
  x: number;
  y: number;
  width: number;
  fill: string;
  text: string;
}

function svgOf(collapsed: string, options: Partial<FlameSvgOptions> = {}): string {
  const { profile } = chooseProfile(readWith(new CollapsedReader(), collapsed));
  const tree = toCallTree(profile);
  const label = (row: number) => placeOf(profile, tree.func[row] as number).name;
  const pieces = encodeFlameSvg({
    tree,
    title: 'a profile',
    label,
    describe: (row) => `${label(row)}, ${tree.total[row]}`,
    describeMerged: (calls, total) => `${calls} calls, ${total}`,
    colour: () => 'green',
    mergedColour: 'grey',
    textColour: 'black',
    background: 'white',
    ...options,
  });
  return [...pieces].join('');
}

const GROUP =
  /<g><title>([^<]*)<\/title><rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="17" fill="([^"]*)"\/>(?:<text [^>]*>([^<]*)<\/text>)?<\/g>/g;

function boxesOf(svg: string): Box[] {
  return [...svg.matchAll(GROUP)].map(([, title = '', x, y, width, fill = '', text = '']) => ({
    title,
    x: Number(x),
    y: Number(y),
    width: Number(width),
    fill,
    text,
  }));
}

describe('a flame graph as SVG', () => {
  const file = 'main;parse;read 60\nmain;draw 30\nmain 10\n';

  test('has a box for each call, as wide as its share, below its caller', () => {
    expect(boxesOf(svgOf(file, { widthPx: 1000 }))).toEqual([
      { title: '(root), 100', x: 0, y: 26, width: 999.5, fill: 'green', text: '(root)' },
      { title: 'main, 100', x: 0, y: 44, width: 999.5, fill: 'green', text: 'main' },
      { title: 'parse, 60', x: 0, y: 62, width: 599.5, fill: 'green', text: 'parse' },
      { title: 'read, 60', x: 0, y: 80, width: 599.5, fill: 'green', text: 'read' },
      { title: 'draw, 30', x: 600, y: 62, width: 299.5, fill: 'green', text: 'draw' },
    ]);
  });

  test('stands the other way round when the root is to be below', () => {
    const ys = boxesOf(svgOf(file, { rootBelow: true })).map(({ title, y }) => `${title} ${y}`);
    expect(ys).toEqual(['(root), 100 80', 'main, 100 62', 'parse, 60 44', 'read, 60 26', 'draw, 30 44']);
  });

  test('shows a part alone when asked for one, cut where it ends', () => {
    const boxes = boxesOf(svgOf(file, { widthPx: 1000, range: { from: 0.5, to: 0.75 } }));
    expect(boxes.map(({ title, x, width }) => `${title}: ${x} ${width}`)).toEqual([
      '(root), 100: 0 999.5',
      'main, 100: 0 999.5',
      'parse, 60: 0 399.5',
      'read, 60: 0 399.5',
      'draw, 30: 400 599.5',
    ]);
  });

  test('puts calls too narrow to be seen into one box that says how many they are', () => {
    const narrow = Array.from({ length: 50 }, (_, index) => `main;f${index};g 1`).join('\n');
    const boxes = boxesOf(svgOf(`main;big 100000\n${narrow}`, { widthPx: 100 }));
    expect(boxes.map(({ title, fill }) => `${title} ${fill}`)).toEqual([
      '(root), 100050 green',
      'main, 100050 green',
      'big, 100000 green',
      '50 calls, 50 grey',
    ]);
  });

  test('loses nothing: at each depth below the root the boxes have the weight of the tree, but for what narrow calls called', () => {
    const stacks = fc.array(
      fc.tuple(
        fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 1_000_000 }),
      ),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(stacks, (lines) => {
        const text = lines.map(([frames, count]) => `${frames.join(';')} ${count}`).join('\n');
        const top = boxesOf(svgOf(text, { widthPx: 20 })).filter(({ y }) => y === 44);
        const weight = top.reduce((sum, { title }) => sum + Number(title.split(', ')[1]), 0);
        expect(weight).toBe(lines.reduce((sum, [, count]) => sum + count, 0));
      }),
    );
  });

  test('writes only as much of a name as fits', () => {
    const name = 'aVeryLongNameOfAFunction';
    const [, box] = boxesOf(svgOf(`${name} 1`, { widthPx: 80 }));
    expect(box?.text).toBe('aVeryLong…');
    const [, korean] = boxesOf(svgOf('한국어이름입니다 1', { widthPx: 80 }));
    expect(korean?.text).toBe('한국어이…');
    expect(boxesOf(svgOf(`${name} 1`, { widthPx: 20 }))[1]?.text).toBe('');
  });

  test('of nothing is a picture without boxes', () => {
    expect(boxesOf(svgOf('main 0'))).toEqual([]);
    expect(svgOf('main 0')).toMatch(/^<svg .*<\/svg>\n$/s);
  });

  test('is well-formed and holds no script, whatever names and colours are given', () => {
    const evil = fc.oneof(
      fc.constantFrom(
        '</title><script>alert(1)</script>',
        '"/><image href="https://x" onload="alert(1)"/>',
        ']]>&lt;&#0;',
        '\u202egnp.exe\u2066',
        '\ud800',
        '\u0000\u0008\uffff',
      ),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(evil, evil, (name, colour) => {
        const svg = svgOf('main 1', {
          label: () => name,
          describe: () => name,
          title: name,
          colour: () => colour,
          background: colour,
        });
        const tags = [...svg.matchAll(/<(\/?[^\s/>]*)/g)].map(([, tag]) => tag);
        expect(new Set(tags)).toEqual(
          new Set(
            ['svg', 'title', '/title', 'rect', 'text', '/text', 'g', '/g', '/svg'].filter((tag) =>
              tags.includes(tag),
            ),
          ),
        );
        expect(svg).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
        expect(svg).not.toMatch(/[\p{Cf}\p{Cs}\ufffe\uffff]/u);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write them
        expect(svg).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
        expect(svg).not.toMatch(/ on\w+="/);
      }),
    );
  });

  test('is bounded where a name is not', () => {
    expect(
      svgOf('main 1', { label: () => 'x'.repeat(1 << 20), describe: () => 'y'.repeat(1 << 20) }).length,
    ).toBeLessThan(10_000);
  });
});
