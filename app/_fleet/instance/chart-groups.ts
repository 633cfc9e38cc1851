import type { VitalName } from '#contract';
import type { Formats } from '../../_format/formats.ts';

/** How a line is drawn: by ink and dash, so that two lines differ without colour. */
export interface SeriesLook {
  name: VitalName;
  ink: 'text' | 'accent' | 'muted' | 'bad';
  dash?: readonly number[];
  isFilled?: boolean;
}

export interface ChartGroup {
  id: 'delay' | 'cpu' | 'memory' | 'gc';
  series: readonly SeriesLook[];
  /** The highest value that the axis always shows, so that noise stays flat. */
  least: number;
  format(value: number, f: Formats): string;
}

export const CHART_GROUPS: readonly ChartGroup[] = [
  {
    id: 'delay',
    least: 50,
    format: (value, f) => f.milliseconds(value),
    series: [
      { name: 'loopDelayP99Ms', ink: 'text' },
      { name: 'loopDelayMaxMs', ink: 'muted', dash: [2, 3] },
      { name: 'unresponsiveMs', ink: 'bad', isFilled: true },
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
