import type { CaptureKind, CaptureOptions } from '#contract';

/** In the order in which people ask: busy, memory, waiting, when. */
export const KINDS = [
  'cpu',
  'heap',
  'heapsnapshot',
  'allocation',
  'wait',
  'lock',
  'activity',
  'trace',
  'goroutine',
  'block',
  'mutex',
] as const satisfies readonly CaptureKind[];

/** Kinds whose artifact is a sampled profile: stacks with amounts, which can be compared and merged. */
export function isSampled(kind: CaptureKind): boolean {
  return SAMPLED.includes(kind);
}

const SAMPLED: readonly CaptureKind[] = ['cpu', 'heap', 'allocation', 'wait', 'lock'];

/** Kinds that look once: no duration, and nothing of them could be kept before they end. */
export function looksOnce(kind: CaptureKind): boolean {
  return kind === 'heapsnapshot';
}

/** Of those that the contract has for the kind, the ones that a form asks for one by one. */
type Option = Exclude<keyof CaptureOptions, 'budget' | 'consentToPause'>;

const OPTIONS: Partial<Record<CaptureKind, Option>> = {
  cpu: 'intervalMicros',
  heap: 'intervalBytes',
  allocation: 'intervalBytes',
  heapsnapshot: 'keepStrings',
  wait: 'sampleEvery',
  trace: 'categories',
};

/** What can be chosen of the kind; undefined when there is nothing. */
export function optionOf(kind: CaptureKind): Option | undefined {
  return OPTIONS[kind];
}
