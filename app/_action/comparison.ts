import type { Action, ActionPreviewPart, ActionTarget } from '#contract';
import { hasEnded, isRunning } from './progress.ts';

const COMPARED = [
  'touched',
  'awaited',
  'failed',
  'keptAfterAll',
  'affected',
  'disconnected',
  'seconds',
] as const;
type Compared = (typeof COMPARED)[number];

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
  // Of what was neither predicted nor seen a line says nothing; of players it says what one wants to know.
  const isWorthALine = ({ predicted: said, actual: seen }: ComparisonRow) => said !== 0 || (seen ?? 0) !== 0;
  const targets = [row('touched'), row('awaited'), row('failed'), row('keptAfterAll')].filter(isWorthALine);
  return [
    ...(targets.length === 0 ? [row('touched')] : targets),
    row('affected'),
    row('disconnected'),
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
    touched: targetsWith('touched', parts).length,
    awaited: targetsWith('awaited', parts).length,
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
  const outcomes = action.parts.flatMap((part) => part.outcomes);
  const count = (wanted: string) => outcomes.filter(({ outcome }) => outcome === wanted).length;
  const awaited = new Set(targetsWith('awaited', action.preview.parts).map(({ id }) => id));
  const awaitedDone = outcomes.filter(({ outcome, targetId }) => outcome === 'done' && awaited.has(targetId));
  // What nobody has reported may have been done: then the sum is not known.
  const isCertain = action.parts.every(({ status }) => status.state !== 'unknown');
  const ends = action.parts.filter(hasEnded).map(({ status }) => Date.parse(status.since));
  return {
    touched: isCertain ? count('done') - awaitedDone.length : null,
    awaited: isCertain ? awaitedDone.length : null,
    failed: count('failed'),
    keptAfterAll: count('kept'),
    affected: sum(action.parts.map((part) => part.playersAffected)),
    disconnected: sum(action.parts.map((part) => part.playersDisconnected)),
    seconds: ends.length === 0 ? null : (Math.max(...ends) - Date.parse(action.requestedAt)) / 1000,
  };
}

function targetsWith(effect: ActionTarget['effect'], parts: readonly ActionPreviewPart[]): ActionTarget[] {
  return parts.flatMap(({ targets }) => targets).filter((target) => target.effect === effect);
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
