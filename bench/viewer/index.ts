import { type Bench, UnknownPart } from '../harness/bench.ts';
import { analysisPart } from './analysis-part.ts';
import { bundlePart } from './bundle-part.ts';
import { openLargePart, openPart } from './open-part.ts';
import { panPart } from './pan-part.ts';
import { type Part, runParts } from './parts.ts';
import { pprofPart } from './pprof-part.ts';

const PARTS: readonly Part[] = [openPart, openLargePart, panPart, analysisPart, pprofPart, bundlePart];

export const viewer: Bench = {
  summary: `opening and drawing profiles, against other viewers; parts: ${PARTS.map(({ name }) => name).join(', ')}`,
  async run(context) {
    const names = context.only ?? PARTS.map(({ name }) => name);
    const parts = names.map((name) => {
      const part = PARTS.find((one) => one.name === name);
      if (part === undefined)
        throw new UnknownPart(
          name,
          PARTS.map((one) => one.name),
        );
      return part;
    });
    const figures = await runParts(parts, context);
    return { runs: context.runs ?? Math.max(...parts.map(({ runs }) => runs)), figures };
  },
};
