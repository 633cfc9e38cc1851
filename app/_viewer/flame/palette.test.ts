import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { subjectFromText } from '../state/subject-from-text.ts';
import { shadeOfDifference, shadesOfDifference } from './difference-shades.ts';
import { colouredFiles, shadesOf } from './function-shades.ts';
import {
  colourOf,
  OTHER_FILES,
  SHADES_OF_DIFFERENCE,
  SHADES_OF_FILES,
  SHADES_OF_ORIGIN,
  shadeIndexOf,
} from './palette.ts';

type Rgb = readonly [number, number, number];
type Theme = 'light' | 'dark';

const css = readFileSync(new URL('../viewer.css', import.meta.url), 'utf8');
const COLOUR = String.raw`(oklch\([^)]+\)|#[0-9a-f]{6})`;

function written(name: string, theme: Theme): string {
  const found = new RegExp(`${name}: light-dark\\(${COLOUR}, ${COLOUR}\\)`).exec(css);
  const colour = found?.[theme === 'light' ? 1 : 2];
  if (colour === undefined) throw new Error(`viewer.css does not say what ${name} is`);
  return colour;
}

/** Linear sRGB. */
function rgbOf(name: string, theme: Theme): Rgb {
  const colour = written(name, theme);
  return colour.startsWith('#') ? fromHex(colour) : fromOklch(...numbersOf(colour));
}

function numbersOf(colour: string): [number, number, number] {
  const [lightness = 0, chroma = 0, hue = 0] = colour.match(/[\d.]+/g)?.map(Number) ?? [];
  return [lightness, chroma, hue];
}

function fromHex(colour: string): Rgb {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
}

/** https://bottosson.github.io/posts/oklab/ */
function fromOklch(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function toOklab([red, green, blue]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** WCAG 2. */
function contrast(one: Rgb, other: Rgb): number {
  const luminance = ([red, green, blue]: Rgb) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Machado, Oliveira and Fernandes 2009, full severity, on linear sRGB. */
const EYES: Record<string, readonly Rgb[]> = {
  'all colours': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seenBy(eyes: readonly Rgb[], colour: Rgb): Rgb {
  const [red = 0, green = 0, blue = 0] = eyes.map((row) =>
    Math.min(1, Math.max(0, row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2])),
  );
  return [red, green, blue];
}

const shades = [
  ...Object.values(SHADES_OF_ORIGIN).flat(),
  ...SHADES_OF_FILES,
  OTHER_FILES,
  ...SHADES_OF_DIFFERENCE,
];
/** What stands side by side in a picture and has to be told apart. */
const SETS: Record<string, readonly string[]> = {
  origins: [...Object.values(SHADES_OF_ORIGIN).map(([base = '']) => base), 'merged'],
  files: [...SHADES_OF_FILES, OTHER_FILES, 'gc', 'idle', 'merged'],
  'own code and all other': ['own-1', 'native-1', 'gc', 'idle', 'merged'],
  'less, same and more': ['less-4', 'less-2', 'same', 'more-2', 'more-4'],
};

describe.each(['light', 'dark'] as const)('the colours in the %s theme', (theme) => {
  test('let every text in a box be read', () => {
    for (const shade of shades) {
      const box = rgbOf(colourOf(shade), theme);
      expect(contrast(rgbOf('--flame-text', theme), box), shade).toBeGreaterThanOrEqual(4.5);
      if (shade === 'gc' || shade === 'idle') continue; // They have no place to show.
      expect(contrast(rgbOf('--flame-place', theme), box), shade).toBeGreaterThanOrEqual(4.5);
    }
    const match = rgbOf('--flame-match', theme);
    expect(contrast(rgbOf('--flame-match-text', theme), match)).toBeGreaterThanOrEqual(4.5);
  });

  test('have one hue for one origin, in shades that differ little', () => {
    for (const family of Object.values(SHADES_OF_ORIGIN)) {
      const [[base = 0, chroma, hue] = [], ...others] = family.map((shade) =>
        numbersOf(written(colourOf(shade), theme)),
      );
      for (const [lightness = 0, otherChroma, otherHue] of others) {
        expect([otherChroma, otherHue]).toEqual([chroma, hue]);
        expect(Math.abs(lightness - base)).toBeLessThanOrEqual(0.025);
      }
    }
  });

  const pairs = Object.keys(EYES).flatMap((name) => Object.keys(SETS).map((set) => [set, name] as const));
  test.each(pairs)('tell %s apart for eyes that see %s', (set, name) => {
    const eyes = EYES[name] ?? [];
    const bases = SETS[set] ?? [];
    const seen = bases.map((base) => toOklab(seenBy(eyes, rgbOf(colourOf(base), theme))));
    seen.forEach((one, index) => {
      seen.slice(0, index).forEach((other, at) => {
        const distance = Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
        // Two hundredths can just be told apart side by side.
        expect(distance, `${bases[index]} and ${bases[at]}`).toBeGreaterThanOrEqual(0.06);
      });
    });
  });
});

describe('the shade of a function', () => {
  const { profile, view } = subjectFromText(`
    own@/srv/a/b.ts:1  dep@/n/node_modules/x/a.js:1  dep@/n/node_modules/x/lib/b.js:7  net@node:net:1  (garbage collector)  (idle)  (program)
  `);
  const all = shades;
  const shade = shadesOf(profile, 'origin');
  const shadesNamed = (name: string, of = shade) =>
    Array.from(profile.functions.name.keys())
      .filter((func) => profile.strings[profile.functions.name[func] as number] === name)
      .map((func) => all[of[func] as number]);

  test('is one of those that the legend shows for its origin', () => {
    expect(SHADES_OF_ORIGIN.own).toContain(shadesNamed('own')[0]);
    expect(SHADES_OF_ORIGIN.runtime).toContain(shadesNamed('net')[0]);
    expect(SHADES_OF_ORIGIN.native).toContain(shadesNamed('(program)')[0]);
    expect(shadesNamed('(garbage collector)')).toEqual(['gc']);
    expect(shadesNamed('(idle)')).toEqual(['idle']);
    expect(view.tree.length).toBeGreaterThan(5);
  });

  test('is the same throughout a package', () => {
    const [first, second] = shadesNamed('dep');
    expect(SHADES_OF_ORIGIN.package).toContain(first);
    expect(second).toBe(first);
  });

  test('tells own code from all other where that is asked for', () => {
    const own = shadesOf(profile, 'own');
    expect(SHADES_OF_ORIGIN.own).toContain(shadesNamed('own', own)[0]);
    for (const name of ['dep', 'net', '(program)'])
      expect(SHADES_OF_ORIGIN.native).toContain(shadesNamed(name, own)[0]);
    expect(shadesNamed('(garbage collector)', own)).toEqual(['gc']);
  });

  test('is one per file for those that took most, whatever is shown of them', () => {
    const { profile: many } = subjectFromText(`
      a@/a.ts:1  a@/a.ts:1  b@/b.ts:1  c@/c.ts:1  d@/d.ts:1  e@/e.ts:1  f@/f.ts:1  g@/g.ts:1  h@/h.ts:1  other
      a2@/a.ts:9            x@/b.ts:3
    `);
    const byFile = shadesOf(many, 'file');
    const shadeNamed = (name: string) =>
      all[
        byFile[
          Array.from(many.functions.name.keys()).findIndex(
            (func) => many.strings[many.functions.name[func] as number] === name,
          )
        ] as number
      ];
    expect(many.strings[colouredFiles(many)[0]?.url ?? 0]).toBe('/a.ts');
    expect(shadeNamed('a')).toBe('file-1');
    expect(shadeNamed('a2')).toBe('file-1');
    expect(shadeNamed('b')).toBe(shadeNamed('x'));
    expect(shadeNamed('h')).toBe(OTHER_FILES);
    expect(shadeNamed('other')).toBe(OTHER_FILES);
  });
});

describe('the shade of a difference', () => {
  test('grows with it on both sides of the same', () => {
    const changes = [-1, -0.05, -0.01, -0.002, 0, 0.0005, 0.002, 0.01, 0.05, 0.5];
    expect(Array.from(shadesOfDifference(changes), (index) => shades[index])).toEqual([
      'less-4',
      'less-3',
      'less-2',
      'less-1',
      'same',
      'same',
      'more-1',
      'more-2',
      'more-3',
      'more-4',
    ]);
    expect(shadeOfDifference(Number.NaN)).toBe(shadeIndexOf('same'));
  });
});
