import type { VitalName } from '#contract';
import type { Formats } from '../../_format/formats.ts';

/** How a line is drawn: by ink and dash, so that two lines differ without colour. */
export interface SeriesLook {
  name: VitalName;
  ink: 'text' | 'accent' | 'muted' | 'bad';
  dash?: readonly number[];
  isFilled?: boolean;
  /** Drawn only from this value on: below it, it is nothing to be seen. */
  from?: number;
}

export interface ChartGroup {
  id: 'delay' | 'cpu' | 'memory' | 'gc';
  series: readonly SeriesLook[];
  /** The highest value that the axis always shows, so that noise stays flat. */
  least: number;
  /** Where the axis may have its lines, for values that are not decimal at heart. */
  steps?: readonly number[];
  format(value: number, f: Formats): string;
}

/** Round durations: 1, 2, 5 … up to seconds, then quarters and halves of minutes and hours. */
const DURATION_STEPS_MS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000,
  600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000,
] as const;

export const CHART_GROUPS: readonly ChartGroup[] = [
  {
    id: 'delay',
    least: 50,
    steps: DURATION_STEPS_MS,
    format: (value, f) => f.milliseconds(value),
    series: [
      { name: 'loopDelayP99Ms', ink: 'text' },
      { name: 'loopDelayMaxMs', ink: 'muted', dash: [2, 3] },
      { name: 'unresponsiveMs', ink: 'bad', isFilled: true, from: 250 },
    ],
  },
  {
    id: 'cpu',
    least: 0.5,
    format: (value, f) => f.cores(value),
    series: [
      { name: 'cpuCores', ink: 'text' },
      { name: 'mainThreadCpuCores', ink: 'accent', dash: [5, 3] },
    ],
  },
  {
    id: 'memory',
    least: 64e6,
    format: (value, f) => f.bytes(value),
    series: [
      { name: 'rssBytes', ink: 'text' },
      { name: 'heapTotalBytes', ink: 'muted', dash: [2, 3] },
      { name: 'heapUsedBytes', ink: 'accent', dash: [5, 3] },
    ],
  },
  {
    id: 'gc',
    least: 20,
    format: (value, f) => f.milliseconds(value),
    series: [{ name: 'gcPauseMs', ink: 'text', isFilled: true }],
  },
];
