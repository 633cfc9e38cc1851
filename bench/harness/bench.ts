/** What a figure has to reach: at least or at most so much. */
export type Target = { atLeast: number } | { atMost: number };

export interface Figure {
  value: number;
  target?: Target;
  /** What was measured, in a few words. */
  meaning: string;
}

export interface BenchResult {
  /** By name, the unit in the name. */
  figures: Record<string, Figure>;
  /** How many measurements the medians are taken over. */
  runs: number;
}

export interface BenchContext {
  /** How often to measure when somebody asked for another number than the bench's own. */
  runs: number | undefined;
  /** Of a bench that has parts, those to run; undefined for all. */
  only: readonly string[] | undefined;
  /** A line for the person who waits. */
  note(line: string): void;
}

export interface Bench {
  summary: string;
  run(context: BenchContext): Promise<BenchResult>;
}

/** There is no part of that name. */
export class UnknownPart extends Error {
  override readonly name = 'UnknownPart';

  constructor(part: string, known: readonly string[]) {
    super(`There is no part ${part}: there are ${known.join(', ')}.`);
  }
}

export function meets({ value, target }: Figure): boolean {
  if (!target) return true;
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
}
