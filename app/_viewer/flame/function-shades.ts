import { FRAME_KIND, findPackage, ORIGIN, type Origin } from '#profile/index.ts';
import type { OpenedProfile } from '../loading/protocol.ts';
import type { Colouring } from '../state/viewer-state.ts';
import { labelOf, urlOf } from './function-labels.ts';
import { OTHER_FILES, SHADES_OF_FILES, SHADES_OF_ORIGIN, shadeIndexOf } from './palette.ts';

const ORIGINS = Object.keys(ORIGIN) as (keyof typeof ORIGIN)[];

/** The shade (`ShadeIndex`) of every function. Values of labels, which are nobody's code, have one of their own. */
export function shadesOf(profile: OpenedProfile, colours: Colouring): Uint8Array {
  const shades = shadesOfCode(profile, colours);
  const label = shadeIndexOf(OTHER_FILES);
  for (let func = 0; func < shades.length; func++)
    if (profile.functions.kind[func] === FRAME_KIND.label) shades[func] = label;
  return shades;
}

function shadesOfCode(profile: OpenedProfile, colours: Colouring): Uint8Array {
  switch (colours) {
    case 'origin':
      return shadesByOrigin(profile, (origin) => origin);
    case 'own':
      return shadesByOrigin(profile, (origin) => (isOthers(origin) ? 'native' : origin));
    case 'file':
      return shadesByFile(profile);
  }
}

/** Code of somebody else, which is all grey where own code alone has a colour. */
export function isOthers(origin: keyof typeof ORIGIN): boolean {
  return origin === 'package' || origin === 'runtime' || origin === 'native';
}

export function originNameOf(origin: number): keyof typeof ORIGIN {
  return ORIGINS.find((name) => ORIGIN[name] === (origin as Origin)) ?? 'native';
}

/**
 * The hue says whose code it is; within it, packages differ by name, own code and Node's by file, what has no file by its
 * own name, so that a box looks the same in every profile.
 */
function shadesByOrigin(
  profile: OpenedProfile,
  shownAs: (origin: keyof typeof ORIGIN) => keyof typeof ORIGIN,
): Uint8Array {
  return Uint8Array.from({ length: profile.functions.length }, (_, func) => {
    const shades = SHADES_OF_ORIGIN[shownAs(originNameOf(profile.origin[func] as number))];
    return shadeIndexOf(shades[spread(kinOf(profile, func)) % shades.length] ?? '');
  });
}

/** What has no file is as the other files, but for states of the thread. */
function shadesByFile(profile: OpenedProfile): Uint8Array {
  const shades = new Map(colouredFiles(profile).map(({ url, shade }) => [url, shadeIndexOf(shade)]));
  const other = shadeIndexOf(OTHER_FILES);
  return Uint8Array.from({ length: profile.functions.length }, (_, func) => {
    const origin = profile.origin[func] as number;
    if (origin === ORIGIN.garbageCollector || origin === ORIGIN.idle)
      return shadeIndexOf(SHADES_OF_ORIGIN[originNameOf(origin)][0] ?? '');
    return shades.get(profile.functions.url[func] as number) ?? other;
  });
}

export interface ColouredFile {
  /** An index into the strings. */
  readonly url: number;
  readonly shade: string;
}

/**
 * The files that took most themselves in the whole profile, heaviest first: their colours stay theirs whatever part of it
 * is shown.
 */
export function colouredFiles({ functions, strings, wholeSelf }: OpenedProfile): ColouredFile[] {
  const self = new Map<number, number>();
  for (let func = 0; func < functions.length; func++) {
    const url = functions.url[func] as number;
    if (strings[url] !== '') self.set(url, (self.get(url) ?? 0) + (wholeSelf[func] as number));
  }
  const heaviest = [...self].filter(([, value]) => value > 0).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return SHADES_OF_FILES.flatMap((shade, at) => {
    const url = heaviest[at]?.[0];
    return url === undefined ? [] : [{ url, shade }];
  });
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
