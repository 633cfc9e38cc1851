import type { CallTree, IndexIntoCallTree } from '#profile/index.ts';
import type { FlameLayout } from './flame-layout.ts';

/** The part of the profile's width that is seen, as shares from 0 to 1. */
export interface ViewRange {
  readonly from: number;
  readonly to: number;
}

export const WHOLE: ViewRange = { from: 0, to: 1 };
/** Doubles can tell boxes apart down to here. */
const SMALLEST = 1e-9;

export function rangeOf(tree: CallTree, layout: FlameLayout, row: IndexIntoCallTree): ViewRange {
  const all = tree.total[0] as number;
  const width = (tree.total[row] as number) / all;
  if (!(width >= SMALLEST)) return WHOLE;
  const from = (layout.start[row] as number) / all;
  return { from, to: Math.min(1, from + width) };
}

/** Makes the range `factor` times as wide while what is under `at` (a share of the view) stays there. */
export function zoomed(range: ViewRange, factor: number, at: number): ViewRange {
  const width = range.to - range.from;
  const next = Math.min(1, Math.max(SMALLEST, width * factor));
  return within(range.from + at * (width - next), next);
}

/** Moves by a share of what is seen. */
export function panned(range: ViewRange, by: number): ViewRange {
  const width = range.to - range.from;
  return within(range.from + by * width, width);
}

/** As wide as before, its middle at a share of everything. */
export function centred(range: ViewRange, at: number): ViewRange {
  const width = range.to - range.from;
  return within(at - width / 2, width);
}

/** Where fingers are: the middle between them as a share of the view, and how far apart they are, in whatever unit. */
export interface Fingers {
  readonly middle: number;
  readonly spread: number;
}

/** What was between the fingers before is between them now, and as much wider as they moved apart. */
export function followed(range: ViewRange, before: Fingers, now: Fingers): ViewRange {
  const width = range.to - range.from;
  const next = Math.min(1, Math.max(SMALLEST, (width * before.spread) / now.spread));
  return within(range.from + before.middle * width - now.middle * next, next);
}

function within(from: number, width: number): ViewRange {
  const held = Math.min(Math.max(0, from), 1 - width);
  return { from: held, to: held + width };
}
