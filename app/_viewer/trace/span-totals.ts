import { type Lane, SPAN_FLAG, type Trace } from '#profile/index.ts';
import type { Item } from './trace-state.ts';

/** All spans of one name that lie in a range, or reach into it. */
export interface NameTotal {
  readonly name: number;
  readonly category: number;
  readonly count: number;
  /** What lies in the range. */
  readonly totalMicros: number;
  readonly longestMicros: number;
}

/**
 * Spans by name and category, of those that pass. Spans within each other are counted each: the sum of a name that is
 * within itself can be more than went by.
 */
export function toNameTotals(
  { lanes, strings }: Trace,
  fromMicros: number,
  toMicros: number,
  isShown: (name: number, category: number) => boolean,
): NameTotal[] {
  const totals = new Map<number, { -readonly [K in keyof NameTotal]: NameTotal[K] }>();
  for (const { spans } of lanes) {
    const { length, startMicros, endMicros, name, category } = spans;
    for (let row = 0; row < length; row++) {
      const [start, end] = [startMicros[row] as number, endMicros[row] as number];
      if (start >= toMicros || end < fromMicros || (end === fromMicros && start !== end)) continue;
      const [ofName, ofCategory] = [name[row] as number, category[row] as number];
      const key = ofCategory * strings.length + ofName;
      let total = totals.get(key);
      if (total === undefined) {
        if (!isShown(ofName, ofCategory)) continue;
        total = { name: ofName, category: ofCategory, count: 0, totalMicros: 0, longestMicros: 0 };
        totals.set(key, total);
      }
      const within = Math.min(end, toMicros) - Math.max(start, fromMicros);
      total.count += 1;
      total.totalMicros += within;
      total.longestMicros = Math.max(total.longestMicros, end - start);
    }
  }
  return [...totals.values()];
}

/** The longest spans that reach into a range, the longest first. Moments are none. */
export function findLongestSpans(
  lanes: readonly Lane[],
  fromMicros: number,
  toMicros: number,
  most: number,
  isShown: (name: number, category: number) => boolean,
): Item[] {
  let found: { item: Item; took: number }[] = [];
  let least = Number.NEGATIVE_INFINITY;
  const cut = () => {
    found = found.sort((one, other) => other.took - one.took).slice(0, most);
    if (found.length === most) least = found.at(-1)?.took ?? least;
  };
  for (const [lane, { spans }] of lanes.entries()) {
    for (let line = 0; line + 1 < spans.lineStart.length; line++) {
      const end = spans.lineStart[line + 1] as number;
      for (let row = spans.lineStart[line] as number; row < end; row++) {
        const took = (spans.endMicros[row] as number) - (spans.startMicros[row] as number);
        if (took <= least || (spans.startMicros[row] as number) >= toMicros) continue;
        if ((spans.endMicros[row] as number) <= fromMicros) continue;
        if (((spans.flags[row] as number) & SPAN_FLAG.instant) !== 0) continue;
        if (!isShown(spans.name[row] as number, spans.category[row] as number)) continue;
        found.push({ item: { lane, line, row }, took });
        if (found.length >= most * 4) cut();
      }
    }
  }
  cut();
  return found.map(({ item }) => item);
}
