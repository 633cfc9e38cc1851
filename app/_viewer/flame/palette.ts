import { findPackage, ORIGIN } from '#profile/index.ts';
import type { OpenedProfile } from '../loading/protocol.ts';
import { urlOf } from './function-labels.ts';

/** The colours of the picture as the theme has them now, resolved. */
export interface Palette {
  /** By shade; see `shadesOf`. */
  readonly boxes: readonly string[];
  /** What one colour for several narrow boxes is. */
  readonly merged: string;
  readonly match: string;
  readonly matchText: string;
  readonly text: string;
  readonly surface: string;
  readonly accent: string;
}

/** Order of the shades; a function's shade is an index into it. */
const SHADES = [
  'own-1',
  'own-2',
  'own-3',
  'package-1',
  'package-2',
  'package-3',
  'package-4',
  'runtime-1',
  'runtime-2',
  'native-1',
  'native-2',
  'gc',
  'idle',
] as const;
const FIRST = { own: 0, package: 3, runtime: 7, native: 9, gc: 11, idle: 12 } as const;

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    boxes: SHADES.map((shade) => colour(`--flame-${shade}`)),
    merged: colour('--flame-merged'),
    match: colour('--flame-match'),
    matchText: colour('--flame-match-text'),
    text: colour('--flame-text'),
    surface: colour('--surface'),
    accent: colour('--accent'),
  };
}

/**
 * The shade of every function: the hue says whose code it is; within it, packages differ by name, own code by file, so
 * that a box can be told from its neighbour and looks the same in every profile.
 */
export function shadesOf(profile: OpenedProfile): Uint8Array {
  return Uint8Array.from({ length: profile.functions.length }, (_, func) => {
    const url = urlOf(profile, func);
    switch (profile.origin[func]) {
      case ORIGIN.own:
        return FIRST.own + (spread(url) % 3);
      case ORIGIN.package:
        return FIRST.package + (spread(findPackage(url) ?? '') % 4);
      case ORIGIN.runtime:
        return FIRST.runtime + (spread(url) % 2);
      case ORIGIN.garbageCollector:
        return FIRST.gc;
      case ORIGIN.idle:
        return FIRST.idle;
      default:
        return FIRST.native + ((profile.functions.name[func] as number) % 2);
    }
  });
}

function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
