import { benchOfParts } from '../harness/parts.ts';
import { dominatorsPart } from './dominators-part.ts';
import { leaksPart } from './leaks-part.ts';
import { openPart } from './open-part.ts';
import { scrollPart } from './scroll-part.ts';

export const heap = benchOfParts('heap snapshots, against DevTools and memlab', [
  openPart,
  dominatorsPart,
  leaksPart,
  scrollPart,
]);
