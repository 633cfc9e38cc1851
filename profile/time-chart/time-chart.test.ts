import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Profile } from '../model/profile.ts';
import { type MaterialisedFrame, materialise } from '../text/materialised-frames.ts';
import { profileFromText } from '../text/profile-from-text.ts';
import { arbitraryProfile, timedProfile } from '../text/timed-profile.ts';
import { stepInTime } from './frame-walk.ts';
import { Occurrences } from './occurrences.ts';
import {
  countFrames,
  findFrame,
  selfMicrosOf,
  type TimeChart,
  type TimedFrame,
  toTimeChart,
} from './time-chart.ts';

function plain(chart: TimeChart, frame: TimedFrame | undefined) {
  if (frame === undefined) return undefined;
  const { depth, firstSample, endSample, startMicros, endMicros, row } = frame;
  const func = chart.stacks.func[row];
  return {
    depth,
    firstSample,
    endSample,
    startMicros,
    endMicros,
    func,
    selfMicros: selfMicrosOf(chart, frame),
  };
}

function naive(frame: MaterialisedFrame | undefined) {
  if (frame === undefined) return undefined;
  const { path, ...rest } = frame;
  return rest;
}

const frameOf = (chart: TimeChart, { firstSample, depth }: MaterialisedFrame) =>
  findFrame(chart, firstSample, depth) as TimedFrame;

describe('a time-ordered chart', () => {
  test('knows each frame from each of its samples as if all were written down', () => {
    fc.assert(
      fc.property(arbitraryProfile, (profile) => {
        const chart = toTimeChart(profile);
        for (const frame of materialise(profile)) {
          const middle = (frame.firstSample + frame.endSample) >> 1;
          for (const sample of [
            frame.firstSample,
            Math.min(middle, frame.endSample - 1),
            frame.endSample - 1,
          ])
            expect(plain(chart, findFrame(chart, sample, frame.depth))).toEqual(naive(frame));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('knows of no frame where no stack is so deep', () => {
    const chart = toTimeChart(profileFromText('a  a\n   b'));
    expect(findFrame(chart, 0, 2)).toBeUndefined();
    expect(findFrame(chart, 1, 2)).toBeDefined();
    expect(findFrame(chart, 2, 1)).toBeUndefined();
    expect(findFrame(chart, -1, 1)).toBeUndefined();
    expect(chart.maxDepth).toBe(2);
  });

  test('finds the sample of any time', () => {
    fc.assert(
      fc.property(arbitraryProfile, fc.double({ min: -0.1, max: 1.1, noNaN: true }), (profile, share) => {
        const { times } = toTimeChart(profile);
        const time = share * times.total;
        const starts = Array.from({ length: times.length }, (_, sample) => times.startOf(sample));
        expect(times.findAt(time)).toBe(
          Math.max(
            0,
            starts.findLastIndex((start) => start <= time),
          ),
        );
        expect(times.startOf(times.length)).toBe(times.total);
      }),
    );
  });

  test('shows a function called from two nodes of the same stack as one frame', () => {
    const profile = profileFromText('a  a\nb  b');
    const { nodes } = profile;
    // V8 tells calls from different lines of the caller apart.
    const twice = {
      ...profile,
      nodes: {
        length: 4,
        parent: Int32Array.of(...nodes.parent, 1),
        func: Uint32Array.of(...nodes.func, nodes.func[2] ?? 0),
        depth: Uint16Array.of(...nodes.depth, 2),
      },
      samples: { ...profile.samples, node: Uint32Array.of(2, 3) },
    };
    const chart = toTimeChart(twice);
    expect(findFrame(chart, 0, 2)).toMatchObject({ firstSample: 0, endSample: 2 });
  });

  test('does to the stacks what the view asks for', () => {
    const profile = profileFromText('a  a  a  c\nb  b  d\na     e');
    const hidden = toTimeChart(profile, [
      {
        kind: 'hide',
        frames: { by: 'function', function: { name: 'b', url: 'app.js', line: 0, column: 0 } },
      },
    ]);
    // Without b, the inner a of the first sample stands right below the outer one.
    expect(findFrame(hidden, 0, 2)).toMatchObject({ firstSample: 0, endSample: 1 });
    expect(findFrame(hidden, 1, 2)).toBeUndefined();
    expect(findFrame(hidden, 2, 3)).toMatchObject({ firstSample: 2, endSample: 3 });
    expect(hidden.maxDepth).toBe(3);
  });

  test('is empty where a view leaves samples out', () => {
    const profile = profileFromText('a  c  a\nb     b');
    const left = toTimeChart(profile, [
      {
        kind: 'drop',
        frames: { by: 'function', function: { name: 'c', url: 'app.js', line: 0, column: 0 } },
      },
    ]);
    expect(findFrame(left, 1, 1)).toBeUndefined();
    expect(findFrame(left, 0, 1)).toMatchObject({ firstSample: 0, endSample: 1 });
    expect(findFrame(left, 2, 2)).toMatchObject({ firstSample: 2, endSample: 3 });
  });

  test('compares stacks of any depth without walking down all of them', () => {
    const deep = Array.from({ length: 3000 }, (_, at) => `f${at % 7}`);
    const other = [...deep.slice(0, 1500), 'x', ...deep.slice(1500)];
    const chart = toTimeChart(timedProfile([deep, other, deep.slice(0, 1600)], [1, 1, 1]));
    expect([0, 1, 2].map((sample) => chart.shared.at(sample))).toEqual([0, 1500, 1500]);
  });

  test('counts the frames between two samples', () => {
    fc.assert(
      fc.property(
        arbitraryProfile,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 0, max: 5 }),
        (profile, one, other, depth) => {
          const chart = toTimeChart(profile);
          const from = Math.min(one, other) % profile.samples.length;
          const to = from + (Math.abs(one - other) % (profile.samples.length - from + 1));
          const there = materialise(profile).filter(
            (frame) => frame.depth === depth && frame.firstSample < to && frame.endSample > from,
          );
          expect(countFrames(chart, depth, from, to)).toBe(from === to ? 0 : there.length);
        },
      ),
    );
  });
});

describe('walking through a chart', () => {
  test('goes to the caller, to what was called first, and along the line', () => {
    fc.assert(
      fc.property(arbitraryProfile, (profile) => {
        const chart = toTimeChart(profile);
        const frames = materialise(profile);
        for (const frame of frames.slice(0, 80)) {
          const line = frames.filter(({ depth }) => depth === frame.depth);
          const at = line.indexOf(frame);
          const step = (by: Parameters<typeof stepInTime>[2]) =>
            plain(chart, stepInTime(chart, frameOf(chart, frame), by));
          expect(step('before')).toEqual(naive(line[at - 1]));
          expect(step('after')).toEqual(naive(line[at + 1]));
          const isIn = (one: MaterialisedFrame, of: MaterialisedFrame) =>
            one.depth === of.depth + 1 && one.firstSample >= of.firstSample && one.firstSample < of.endSample;
          expect(step('caller')).toEqual(naive(frames.find((caller) => isIn(frame, caller))));
          expect(step('callee')).toEqual(naive(frames.find((callee) => isIn(callee, frame))));
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('the calls of a function', () => {
  test('follow each other in the order of time, callers first', () => {
    fc.assert(
      fc.property(arbitraryProfile, (profile) => {
        const { chart, found, calls } = occurrences(profile, 'b');
        let at: TimedFrame | undefined;
        for (const call of calls) {
          at = found.next(at);
          expect(plain(chart, at)).toEqual(naive(call));
        }
        expect(found.next(at)).toBeUndefined();
        at = undefined;
        for (const call of calls.toReversed()) {
          at = found.previous(at);
          expect(plain(chart, at)).toEqual(naive(call));
        }
        if (at !== undefined) expect(found.previous(at)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  test('are found from any other frame', () => {
    fc.assert(
      fc.property(arbitraryProfile, fc.nat(), (profile, index) => {
        const { chart, found, calls } = occurrences(profile, 'b');
        const frames = materialise(profile);
        const from = frames[index % frames.length] as MaterialisedFrame;
        const isAfter = (call: MaterialisedFrame) =>
          call.firstSample - from.firstSample || call.depth - from.depth;
        const here = frameOf(chart, from);
        expect(plain(chart, found.next(here))).toEqual(naive(calls.find((call) => isAfter(call) > 0)));
        expect(plain(chart, found.previous(here))).toEqual(
          naive(calls.findLast((call) => isAfter(call) < 0)),
        );
      }),
    );
  });

  test('have a longest one, which may hold others', () => {
    fc.assert(
      fc.property(arbitraryProfile, (profile) => {
        const { chart, found, calls } = occurrences(profile, 'b');
        const took = ({ startMicros, endMicros }: MaterialisedFrame) => endMicros - startMicros;
        const longest = calls.reduce<MaterialisedFrame | undefined>(
          (best, call) => (best === undefined || took(call) > took(best) ? call : best),
          undefined,
        );
        expect(plain(chart, found.longest())).toEqual(naive(longest));
      }),
    );
  });
});

function occurrences(profile: Profile, name: string) {
  const chart = toTimeChart(profile);
  const functions = Uint8Array.from(profile.functions.name, (text) => Number(profile.strings[text] === name));
  const calls = materialise(profile).filter(({ func }) => functions[func] === 1);
  return { chart, found: new Occurrences(chart, functions), calls };
}
