import { benchOfParts } from '../harness/parts.ts';
import { analysisPart } from './analysis-part.ts';
import { bundlePart } from './bundle-part.ts';
import { openLargePart, openPart, openPlatformPart } from './open-part.ts';
import { panPart } from './pan-part.ts';
import { pprofPart } from './pprof-part.ts';

export const viewer = benchOfParts('opening and drawing profiles, against other viewers', [
  openPart,
  openLargePart,
  openPlatformPart,
  panPart,
  analysisPart,
  pprofPart,
  bundlePart,
]);
