import { findFrame, type TimeChart, type TimedFrame } from './time-chart.ts';

/** Where one can go from a frame: who called it, what it called first, and the nearest frames in its line. */
export type TimedStep = 'caller' | 'callee' | 'before' | 'after';

/** The frame that is one step away; undefined where there is none. */
export function stepInTime(chart: TimeChart, frame: TimedFrame, step: TimedStep): TimedFrame | undefined {
  const { depths } = chart;
  switch (step) {
    case 'caller':
      return findFrame(chart, frame.firstSample, frame.depth - 1);
    case 'callee': {
      const sample = depths.nextAtLeast(frame.firstSample, frame.depth + 1);
      return sample < frame.endSample ? findFrame(chart, sample, frame.depth + 1) : undefined;
    }
    case 'before':
      return findFrame(chart, depths.lastAtLeast(frame.firstSample - 1, frame.depth), frame.depth);
    case 'after':
      return findFrame(chart, depths.nextAtLeast(frame.endSample, frame.depth), frame.depth);
  }
}
