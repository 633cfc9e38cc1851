import type { FunctionDifferences, IndexIntoFunctionTable } from '#profile/index.ts';

/** Self: what a function took itself. Total: with all that it called. */
export const PARTS = ['self', 'total'] as const;
export type Part = (typeof PARTS)[number];

/** Shares: each side is 100 % of itself, whatever its length and load. Amounts: as measured. */
export const SCALES = ['shares', 'amounts'] as const;
export type Scale = (typeof SCALES)[number];

export interface Sides<T> {
  readonly before: T;
  readonly after: T;
}

/** What each function took on both sides: shares from 0 to 1, or amounts in the unit of the value type. */
export interface Changes extends Sides<Float64Array> {
  /** 1: it is in the picture, if only because of what it calls. */
  readonly isThere: Uint8Array;
  /** 1: so few samples that chance alone may well have made the difference. */
  readonly mayBeChance: Uint8Array;
}

interface ChangesOptions {
  readonly part: Part;
  readonly scale: Scale;
  /** All of each side: what shares are of. */
  readonly wholes: Sides<number>;
  /** How many samples each side has; undefined where what is counted are no samples, whose number says how far chance reaches. */
  readonly samples: Sides<number> | undefined;
}

export function toChanges({ before, after }: FunctionDifferences, options: ChangesOptions): Changes {
  const { part, scale, wholes, samples } = options;
  const unitOf = (whole: number) => (scale === 'amounts' ? 1 : whole > 0 ? 1 / whole : 0);
  const scaled = (values: Float64Array, whole: number) => values.map((value) => value * unitOf(whole));
  const counts = part === 'self' ? 'selfCount' : 'totalCount';
  const mayBeChance = Uint8Array.from(before.self, (_, func) => {
    if (samples === undefined) return 0;
    const [ofBefore, ofAfter] = [before[counts][func] as number, after[counts][func] as number];
    const isClear =
      scale === 'shares'
        ? differsInShare(ofBefore, samples.before, ofAfter, samples.after)
        : differsInNumber(ofBefore, ofAfter);
    return isClear ? 0 : 1;
  });
  return {
    before: scaled(before[part], wholes.before),
    after: scaled(after[part], wholes.after),
    isThere: Uint8Array.from(before.total, (value, func) => (value !== 0 || after.total[func] !== 0 ? 1 : 0)),
    mayBeChance,
  };
}

/** Standard deviations beyond which a difference is taken for real: many functions are looked at, so two are not enough. */
const DEVIATIONS = 3;

/** The test of two proportions with their common variance (https://en.wikipedia.org/wiki/Two-proportion_Z-test). */
function differsInShare(before: number, allBefore: number, after: number, allAfter: number): boolean {
  if (allBefore === 0 || allAfter === 0) return false;
  const common = (before + after) / (allBefore + allAfter);
  const deviation = Math.sqrt(common * (1 - common) * (1 / allBefore + 1 / allAfter));
  return Math.abs(before / allBefore - after / allAfter) > DEVIATIONS * deviation;
}

/** Numbers of samples scatter like a Poisson process: the variance is the number itself. */
function differsInNumber(before: number, after: number): boolean {
  return Math.abs(before - after) > DEVIATIONS * Math.sqrt(before + after);
}

export function changeOf({ before, after }: Changes, func: IndexIntoFunctionTable): number {
  return (after[func] as number) - (before[func] as number);
}

export const CHANGE_ORDERS = ['size', 'more', 'less', 'before', 'after'] as const;
/** `size`: the greatest difference first, whichever way; `more`, `less`: what became most more, or less. */
export type ChangeOrder = (typeof CHANGE_ORDERS)[number];

/** Functions that are there on either side, in the order asked for; `leaveOut` is the root's function. */
export function sortedChanges(
  changes: Changes,
  order: ChangeOrder,
  leaveOut: IndexIntoFunctionTable | undefined,
): Uint32Array {
  const { before, after, isThere } = changes;
  const shown = Uint32Array.from(before.keys()).filter((func) => func !== leaveOut && isThere[func] === 1);
  const key = keyOf(changes, order);
  const weight = (func: number) => (before[func] as number) + (after[func] as number);
  return shown.sort((a, b) => key(b) - key(a) || weight(b) - weight(a) || a - b);
}

function keyOf(changes: Changes, order: ChangeOrder): (func: IndexIntoFunctionTable) => number {
  switch (order) {
    case 'size':
      return (func) => Math.abs(changeOf(changes, func));
    case 'more':
      return (func) => changeOf(changes, func);
    case 'less':
      return (func) => -changeOf(changes, func);
    case 'before':
      return (func) => changes.before[func] as number;
    case 'after':
      return (func) => changes.after[func] as number;
  }
}

/** Smaller than this part of everything a difference is not worth a sentence. */
const WORTH_A_SENTENCE = 0.005;

/** What became most more and most less, as far as that is neither chance nor next to nothing. */
export interface Verdict {
  readonly more: IndexIntoFunctionTable | undefined;
  readonly less: IndexIntoFunctionTable | undefined;
}

/** @param whole what the differences are measured by: 1 for shares, the greater of both sides for amounts */
export function toVerdict(
  changes: Changes,
  whole: number,
  leaveOut: IndexIntoFunctionTable | undefined,
): Verdict {
  let more: IndexIntoFunctionTable | undefined;
  let less: IndexIntoFunctionTable | undefined;
  const least = whole * WORTH_A_SENTENCE;
  for (let func = 0; func < changes.before.length; func++) {
    if (func === leaveOut || changes.mayBeChance[func] === 1) continue;
    const change = changeOf(changes, func);
    if (change >= least && (more === undefined || change > changeOf(changes, more))) more = func;
    if (-change >= least && (less === undefined || change < changeOf(changes, less))) less = func;
  }
  return { more, less };
}
