import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, type BenchContext, type Figure, UnknownPart } from './bench.ts';

/** A part of the bench that can be run alone. */
export interface Part {
  readonly name: string;
  /** How often to measure unless somebody asked for another number. */
  readonly runs: number;
  run(context: PartContext): Promise<Record<string, Figure>>;
}

export interface PartContext {
  readonly runs: number;
  /** Where files may be put that are gone after the run. */
  readonly folder: string;
  note: BenchContext['note'];
}

/** A bench of parts, which runs those that were asked for. */
export function benchOfParts(summary: string, all: readonly Part[]): Bench {
  const known = all.map(({ name }) => name);
  return {
    summary: `${summary}; parts: ${known.join(', ')}`,
    async run(context) {
      const parts = (context.only ?? known).map((name) => {
        const part = all.find((one) => one.name === name);
        if (part === undefined) throw new UnknownPart(name, known);
        return part;
      });
      const figures = await runParts(parts, context);
      return { runs: context.runs ?? Math.max(...parts.map(({ runs }) => runs)), figures };
    },
  };
}

async function runParts(parts: readonly Part[], context: BenchContext): Promise<Record<string, Figure>> {
  const folder = await mkdtemp(join(tmpdir(), 'opscenter-bench-'));
  try {
    const figures: Record<string, Figure> = {};
    for (const part of parts) {
      context.note(`${part.name}:`);
      const measured = await part.run({ runs: context.runs ?? part.runs, folder, note: context.note });
      Object.assign(figures, measured);
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
