import type { ORIGIN } from '#profile/index.ts';

/** The colours of the picture as the theme has them now, resolved. */
export interface Palette {
  /** By shade; see `ShadeIndex`. */
  readonly boxes: readonly string[];
  /** What one colour for several narrow boxes is. */
  readonly merged: string;
  readonly match: string;
  readonly matchText: string;
  readonly text: string;
  readonly place: string;
  readonly surface: string;
  readonly accent: string;
}

/** The shades of each origin, by the names that the style sheet has for them; the picture and the legend draw nothing else. */
export const SHADES_OF_ORIGIN: Readonly<Record<keyof typeof ORIGIN, readonly string[]>> = {
  own: ['own-1', 'own-2', 'own-3'],
  package: ['package-1', 'package-2', 'package-3'],
  runtime: ['runtime-1', 'runtime-2', 'runtime-3'],
  native: ['native-1', 'native-2', 'native-3'],
  garbageCollector: ['gc'],
  idle: ['idle'],
};

/** One for each of the files that took most, and one for all the others. */
export const SHADES_OF_FILES = [1, 2, 3, 4, 5, 6].map((at) => `file-${at}`);
export const OTHER_FILES = 'file-other';

/** From much less over the same to much more. */
export const SHADES_OF_DIFFERENCE = [
  ...[4, 3, 2, 1].map((step) => `less-${step}`),
  'same',
  ...[1, 2, 3, 4].map((step) => `more-${step}`),
];

const SHADES = [
  ...Object.values(SHADES_OF_ORIGIN).flat(),
  ...SHADES_OF_FILES,
  OTHER_FILES,
  ...SHADES_OF_DIFFERENCE,
];

/** An index into the boxes' colours of a palette. */
export type ShadeIndex = number;

/** -1 for what is no shade. */
export function shadeIndexOf(shade: string): ShadeIndex {
  return SHADES.indexOf(shade);
}

export const colourOf = (shade: string): string => `--flame-${shade}`;

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    boxes: SHADES.map((shade) => colour(colourOf(shade))),
    merged: colour('--flame-merged'),
    match: colour('--flame-match'),
    matchText: colour('--flame-match-text'),
    text: colour('--flame-text'),
    place: colour('--flame-place'),
    surface: colour('--surface'),
    accent: colour('--accent'),
  };
}
