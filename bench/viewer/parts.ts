import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchContext, Figure } from '../harness/bench.ts';

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

export async function runParts(
  parts: readonly Part[],
  context: BenchContext,
): Promise<Record<string, Figure>> {
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
