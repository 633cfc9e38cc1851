import { benchOfParts } from '../harness/parts.ts';
import { dominatorsPart } from './dominators-part.ts';
import { largePart } from './large-part.ts';
import { leaksPart } from './leaks-part.ts';
import { openPart } from './open-part.ts';
import { reopenPart } from './reopen-part.ts';
import { scrollPart } from './scroll-part.ts';

export const heap = benchOfParts('heap snapshots, against DevTools and memlab', [
  openPart,
  dominatorsPart,
  reopenPart,
  largePart,
  leaksPart,
  scrollPart,
]);
