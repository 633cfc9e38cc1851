import { shadesOf } from '../flame/function-shades.ts';
import { OTHER_FILES, SHADES_OF_FILES, SHADES_OF_ORIGIN, shadeIndexOf } from '../flame/palette.ts';
import type { OpenedProfile } from '../loading/protocol.ts';
import type { Colouring } from '../state/viewer-state.ts';

const { idle, ...BUSY } = SHADES_OF_ORIGIN;

/** The shades that stand above each other in the strip, from below: the first of each hue. Idle time is what stays empty. */
export const STRIP_SHADES = [
  ...['own', 'package', 'runtime', 'native'].map((origin) => `${origin}-1`),
  ...SHADES_OF_FILES,
  OTHER_FILES,
  'gc',
];

/** What each function counts as in the strip: a place among `STRIP_SHADES`, or one past them where the strip stays empty. */
export function stripKindsOf(profile: OpenedProfile, colours: Colouring): Uint8Array {
  const kindOfShade = new Map<number, number>();
  for (const shades of Object.values(BUSY))
    for (const shade of shades) kindOfShade.set(shadeIndexOf(shade), STRIP_SHADES.indexOf(shades[0] ?? ''));
  for (const shade of [...SHADES_OF_FILES, OTHER_FILES])
    kindOfShade.set(shadeIndexOf(shade), STRIP_SHADES.indexOf(shade));
  for (const shade of idle) kindOfShade.set(shadeIndexOf(shade), STRIP_SHADES.length);
  return shadesOf(profile, colours).map((shade) => kindOfShade.get(shade) ?? STRIP_SHADES.length);
}
