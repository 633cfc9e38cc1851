import type { CaptureBudget } from '#contract';

export const DURATIONS = [5, 10, 30, 60] as const;
export const LEAST_DURATION = 1;
export const MOST_DURATION = 3600;
export const INTERVALS_MICROS = [100, 250, 500, 1000, 5000] as const;
export const INTERVALS_BYTES = [16_384, 65_536, 131_072, 524_288, 2_097_152] as const;
/** One operation in so many. */
export const SAMPLE_EVERY = [1, 10, 100, 1000, 10_000] as const;
export const USUAL_DURATION = 10;
export const USUAL_INTERVAL_MICROS = 1000;
export const USUAL_INTERVAL_BYTES = 524_288;

/** Whole or broken seconds as typed, with a comma or a point; undefined when it is no duration that can be asked for. */
export function parseDuration(typed: string): number | undefined {
  if (!/^\d{1,4}([.,]\d{1,2})?$/.test(typed.trim())) return undefined;
  const seconds = Number(typed.trim().replace(',', '.'));
  return seconds >= LEAST_DURATION && seconds <= MOST_DURATION ? seconds : undefined;
}

/** As typed, in the units of `LIMITS`; empty for the agent's own. */
export type TypedBudget = Record<keyof CaptureBudget, string>;

export const NO_BUDGET: TypedBudget = { pauseMs: '', threadShare: '', cpuCores: '', memoryBytes: '' };

interface Limit {
  /** What one typed unit is in the contract's. */
  unit: number;
  /** In typed units. */
  least: number;
  most: number;
}

/** Milliseconds, percent, cores and megabytes are typed. */
export const LIMITS: Record<keyof CaptureBudget, Limit> = {
  pauseMs: { unit: 1, least: 1, most: 600_000 },
  threadShare: { unit: 0.01, least: 0.1, most: 100 },
  cpuCores: { unit: 1, least: 0.01, most: 64 },
  memoryBytes: { unit: 1e6, least: 2, most: 1_000_000 },
};

/** undefined when something in it is no figure that can be asked for. */
export function parseBudget(typed: TypedBudget): CaptureBudget | undefined {
  const budget: CaptureBudget = {};
  for (const name of Object.keys(LIMITS) as (keyof CaptureBudget)[]) {
    if (typed[name].trim() === '') continue;
    const value = parseLimit(name, typed[name]);
    if (value === undefined) return undefined;
    budget[name] = value;
  }
  return budget;
}

/** In the contract's unit; undefined for what cannot be asked for. */
export function parseLimit(name: keyof CaptureBudget, typed: string): number | undefined {
  if (!/^\d{1,7}([.,]\d{1,2})?$/.test(typed.trim())) return undefined;
  const { unit, least, most } = LIMITS[name];
  const value = Number(typed.trim().replace(',', '.'));
  if (value < least || value > most) return undefined;
  return name === 'memoryBytes' ? Math.round(value * unit) : value * unit;
}
