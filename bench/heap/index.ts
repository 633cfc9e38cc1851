import { benchOfParts } from '../harness/parts.ts';
import { dominatorsPart } from './dominators-part.ts';

export const heap = benchOfParts('heap snapshots, against DevTools and memlab', [dominatorsPart]);
