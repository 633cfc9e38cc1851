import type { VitalName } from '#contract';
import { findOutliers } from '../outliers.ts';
import type { MeasuredInstance } from './vitals-snapshot.ts';

/** What instances of one service are compared by, and below what nothing stands out. */
const COMPARED = {
  cpuCores: 0.1,
  rssBytes: 64e6,
  heapUsedBytes: 32e6,
  loopDelayP99Ms: 20,
} as const satisfies Partial<Record<VitalName, number>>;
export type ComparedVital = keyof typeof COMPARED;
export const COMPARED_VITALS = Object.keys(COMPARED) as ComparedVital[];

/** Instance id → vital → how many times the median of its siblings. */
export type StandingOut = ReadonlyMap<string, Partial<Record<ComparedVital, number>>>;

export function standingOut(measured: readonly MeasuredInstance[]): StandingOut {
  const result = new Map<string, Partial<Record<ComparedVital, number>>>();
  for (const name of COMPARED_VITALS) {
    const outliers = findOutliers(
      measured.map(({ vitals }) => vitals[name]),
      COMPARED[name],
    );
    for (const [index, { ratio }] of outliers) {
      const id = measured[index]?.instance.id;
      if (id !== undefined) result.set(id, { ...result.get(id), [name]: ratio });
    }
  }
  return result;
}
