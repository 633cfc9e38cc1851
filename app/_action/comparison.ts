import type { Action } from '#contract';
import { hasEnded, isRunning } from './progress.ts';

export const COMPARED = ['touched', 'failed', 'keptAfterAll', 'affected', 'disconnected', 'seconds'] as const;
export type Compared = (typeof COMPARED)[number];

/** `none` where being different is no judgement. */
export type Verdict = 'same' | 'fewer' | 'more' | 'unknown' | 'none';

export interface ComparisonRow {
  what: Compared;
  predicted: number | null;
  /** Null when it is not known. */
  actual: number | null;
  verdict: Verdict;
}

/** Predicted against actual; nothing while it is under way. */
export function compareWithPreview(action: Action): ComparisonRow[] {
  if (isRunning(action)) return [];
  const predicted = predictionOf(action);
  const actual = actualOf(action);
  const row = (what: Exclude<Compared, 'seconds'>): ComparisonRow => ({
    what,
    predicted: predicted[what],
    actual: actual[what],
    verdict: verdictOf(predicted[what], actual[what]),
  });
  const rows = [row('touched'), row('failed'), row('keptAfterAll'), row('affected'), row('disconnected')];
  return [
    // Nothing of either was predicted: only what happened is worth a line.
    ...rows.filter(({ what, actual: seen }) => (what !== 'failed' && what !== 'keptAfterAll') || seen !== 0),
    { what: 'seconds', predicted: predicted.seconds, actual: actual.seconds, verdict: 'none' },
  ];
}

function verdictOf(predicted: number, actual: number | null): Verdict {
  if (actual === null) return 'unknown';
  if (actual === predicted) return 'same';
  return actual < predicted ? 'fewer' : 'more';
}

function predictionOf(action: Action) {
  const parts = action.preview.parts.filter(({ refusal }) => refusal === null);
  const estimates = parts.map(({ estimatedSeconds }) => estimatedSeconds);
  return {
    touched: parts.flatMap(({ targets }) => targets).filter(({ effect }) => effect === 'touched').length,
    failed: 0,
    keptAfterAll: 0,
    affected: action.preview.playersAffected,
    disconnected: action.preview.playersDisconnected,
    // The instances work side by side.
    seconds: estimates.reduce(
      (longest, one) => (longest === null || one === null ? null : Math.max(longest, one)),
      estimates.length === 0 ? null : 0,
    ),
  };
}

function actualOf(action: Action) {
  const outcomes = action.parts.flatMap((part) => part.outcomes.map(({ outcome }) => outcome));
  const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
  // What nobody has reported may have been done: then the sum is not known.
  const isCertain = action.parts.every(({ status }) => status.state !== 'unknown');
  const ends = action.parts.filter(hasEnded).map(({ status }) => Date.parse(status.since));
  return {
    touched: isCertain ? count('done') : null,
    failed: count('failed'),
    keptAfterAll: count('kept'),
    affected: sum(action.parts.map((part) => part.playersAffected)),
    disconnected: sum(action.parts.map((part) => part.playersDisconnected)),
    seconds: ends.length === 0 ? null : (Math.max(...ends) - Date.parse(action.requestedAt)) / 1000,
  };
}

/** Null as soon as one of them is. */
export function sum(values: readonly (number | null)[]): number | null {
  let total = 0;
  for (const value of values) {
    if (value === null) return null;
    total += value;
  }
  return total;
}
