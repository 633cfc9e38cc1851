import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trace } from '#profile/index.ts';
import { findHits } from '../search/searched-texts.ts';
import { countMatches, findNextMatch, toMatchesBefore } from './span-search.ts';
import { traceFromText } from './trace-from-text.ts';
import type { Item } from './trace-state.ts';

const hitsOf = (trace: Trace, text: string) => findHits(trace.strings, (name) => name.includes(text));
const startOf = ({ lanes }: Trace, item: Item | undefined) =>
  item && { ...item, startMicros: lanes[item.lane]?.spans.startMicros[item.row] ?? 0 };

describe('a search', () => {
  const trace = traceFromText(`
    main: parse 0-10, read 2-4, parse 20-30
    worker: parse 5-8, draw 9-12`);
  const hits = hitsOf(trace, 'parse');

  it('goes from one match to the next in the order of time, through all threads, and around', () => {
    const walked: string[] = [];
    let at: Item | undefined;
    for (let step = 0; step < 4; step++) {
      at = findNextMatch(trace.lanes, hits, startOf(trace, at), 1);
      walked.push(`${at?.lane}:${startOf(trace, at)?.startMicros}`);
    }
    expect(walked).toEqual(['0:0', '1:5', '0:20', '0:0']);
    expect(startOf(trace, findNextMatch(trace.lanes, hits, undefined, -1))?.startMicros).toBe(20);
  });

  it('tells which of how many one is at, and nothing where one is at none', () => {
    expect(countMatches(trace.lanes, hits, { lane: 1, line: 0, row: 0 })).toEqual({ count: 3, position: 2 });
    expect(countMatches(trace.lanes, hits, { lane: 1, line: 0, row: 1 })).toEqual({ count: 3, position: 0 });
  });

  it('knows of any run of spans how many it found there', () => {
    // By thread, in the order of lines: parse, parse, read; parse, draw.
    expect(toMatchesBefore(trace.lanes, hits).map((before) => [...before])).toEqual([
      [0, 1, 2, 2],
      [0, 1, 1],
    ]);
  });

  it('finds by category as well', () => {
    expect(countMatches(trace.lanes, hitsOf(trace, 'test'), undefined).count).toBe(5);
  });

  it('comes by every match once on the way around, in both directions', () => {
    const span = fc.tuple(fc.constantFrom('hit', 'other', '~hit'), fc.nat(60), fc.nat(30));
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 30 }), fc.constantFrom(1, -1), (list, by) => {
        const text = list.map(([name, at, took]) => `${name} ${at}-${at + took}`);
        const middle = Math.ceil(text.length / 2);
        const some = traceFromText(
          `a: ${text.slice(0, middle).join(', ')}\nb: ${text.slice(middle).join(', ') || 'x 0-1'}`,
        );
        const found = hitsOf(some, 'hit');
        const { count } = countMatches(some.lanes, found, undefined);
        const seen = new Set<string>();
        let at: Item | undefined;
        for (let step = 0; step < count; step++) {
          at = findNextMatch(some.lanes, found, startOf(some, at), by as 1 | -1);
          seen.add(`${at?.lane} ${at?.row}`);
        }
        expect(seen.size).toBe(count);
      }),
    );
  });
});
