import { findPackage, ORIGIN, type Origin } from '#profile/index.ts';
import type { OpenedProfile } from '../loading/protocol.ts';
import { labelOf, urlOf } from './function-labels.ts';

/** The colours of the picture as the theme has them now, resolved. */
export interface Palette {
  /** By shade; see `shadesOf`. */
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

/** In the order of `ORIGIN`. A function's shade is an index into it. */
const SHADES = Object.values(SHADES_OF_ORIGIN).flat();
const ORIGINS = Object.keys(ORIGIN) as (keyof typeof ORIGIN)[];

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

/**
 * The shade of every function: the hue says whose code it is; within it, packages differ by name, own code and Node's by
 * file, what has no file by its own name, so that a box looks the same in every profile.
 */
export function shadesOf(profile: OpenedProfile): Uint8Array {
  return Uint8Array.from({ length: profile.functions.length }, (_, func) => {
    const shades = shadesOfFunction(profile, func);
    return SHADES.indexOf(shades[spread(kinOf(profile, func)) % shades.length] ?? '');
  });
}

function shadesOfFunction(profile: OpenedProfile, func: number): readonly string[] {
  const origin = ORIGINS.find((name) => ORIGIN[name] === (profile.origin[func] as Origin)) ?? 'native';
  return SHADES_OF_ORIGIN[origin];
}

/** Functions of one kin have one shade. */
function kinOf(profile: OpenedProfile, func: number): string {
  const url = urlOf(profile, func);
  return findPackage(url) ?? (url === '' ? labelOf(profile, func, '') : url);
}

function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
