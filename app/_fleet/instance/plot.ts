import uPlot from 'uplot';
import type { ChartGroup, SeriesLook } from './chart-groups.ts';

/** A moment that is marked across all charts. */
export interface PlotMark {
  second: number;
  tone: 'bad' | 'attention' | 'accent' | 'muted';
  /** One sign at the top of the line, so that marks differ without colour. */
  sign: string;
}

export interface PlotOptions {
  group: ChartGroup;
  width: number;
  height: number;
  format(value: number): string;
  formatTime(epochSecond: number): string;
  /** A span was chosen by dragging. */
  onSpan(from: number, to: number): void;
  /** The second under the pointer; null when it left. */
  onCursor(index: number | null): void;
}

const LABEL_WIDTH = 62;

/** One chart on a canvas. Colours are read when it is made: a change of the theme makes a new one. */
export class Plot {
  readonly #plot: uPlot;
  #marks: readonly PlotMark[] = [];

  constructor(element: HTMLElement, options: PlotOptions) {
    this.#plot = new uPlot(this.#toOptions(element, options), [[]], element);
  }

  show(
    seconds: Float64Array,
    columns: readonly Float64Array[],
    span: [number, number],
    marks: readonly PlotMark[],
  ): void {
    this.#marks = marks;
    // uPlot takes null for a gap, and draws NaN as one only where null cannot be told apart.
    const rows = columns.map((column) => Array.from(column, (value) => (Number.isNaN(value) ? null : value)));
    this.#plot.batch(() => {
      this.#plot.setData([Array.from(seconds), ...rows] as uPlot.AlignedData, false);
      this.#plot.setScale('x', { min: span[0], max: span[1] });
    });
  }

  resize(width: number, height: number): void {
    this.#plot.setSize({ width, height });
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #toOptions(element: HTMLElement, options: PlotOptions): uPlot.Options {
    const ink = inkOf(element);
    const { group } = options;
    const axis = {
      stroke: ink('--text-muted'),
      font: `11px ${getComputedStyle(element).fontFamily}`,
      grid: { stroke: ink('--hairline'), width: 1 },
      ticks: { show: false },
    };
    return {
      width: options.width,
      height: options.height,
      padding: [14, 8, 0, 0],
      legend: { show: false },
      cursor: {
        sync: { key: 'vitals', setSeries: false },
        drag: { x: true, y: false, setScale: false },
        points: { size: 5, width: 1 },
        y: false,
      },
      scales: { x: { time: true }, y: { range: (_plot, _low, high) => [0, niceTop(high, group.least)] } },
      axes: [
        { ...axis, space: 80, size: 24, gap: 4, values: (_plot, splits) => splits.map(options.formatTime) },
        {
          ...axis,
          space: 28,
          ...(group.steps ? { incrs: [...group.steps] } : {}),
          size: LABEL_WIDTH,
          gap: 6,
          values: (_plot, splits) => splits.map(options.format),
        },
      ],
      series: [{}, ...group.series.map((look) => toSeries(look, ink))],
      hooks: {
        setSelect: [
          (plot) => {
            const { left, width } = plot.select;
            if (width >= 3) options.onSpan(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
        setCursor: [(plot) => options.onCursor(plot.cursor.idx ?? null)],
        draw: [(plot) => this.#drawMarks(plot, ink)],
      },
    };
  }

  #drawMarks(plot: uPlot, ink: (token: string) => string): void {
    const { ctx } = plot;
    const { top, height } = plot.bbox;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.font = `${10 * ratio}px sans-serif`;
    ctx.textAlign = 'center';
    ctx.lineWidth = ratio;
    for (const mark of this.#marks) {
      const { min, max } = plot.scales.x ?? {};
      if (min == null || max == null || mark.second < min || mark.second > max) continue;
      const x = Math.round(plot.valToPos(mark.second, 'x', true)) + 0.5;
      ctx.strokeStyle = ctx.fillStyle = ink(mark.tone === 'muted' ? '--text-muted' : `--${mark.tone}`);
      ctx.setLineDash([2 * ratio, 2 * ratio]);
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + height);
      ctx.stroke();
      ctx.fillText(mark.sign, x, top - 3 * ratio);
    }
    ctx.restore();
  }
}

function toSeries(look: SeriesLook, ink: (token: string) => string): uPlot.Series {
  const stroke = ink(look.ink === 'muted' ? '--text-muted' : `--${look.ink}`);
  return {
    stroke,
    width: 1.25,
    spanGaps: false,
    points: { show: false },
    ...(look.dash ? { dash: [...look.dash] } : {}),
    ...(look.isFilled ? { fill: withAlpha(stroke, 0.14) } : {}),
  };
}

function inkOf(element: HTMLElement): (token: string) => string {
  const style = getComputedStyle(element);
  return (token) => style.getPropertyValue(token);
}

/** The tokens are registered as colours, so that they come as rgb(r, g, b). */
function withAlpha(color: string, alpha: number): string {
  return color.startsWith('rgb(') ? color.replace('rgb(', 'rgba(').replace(')', `, ${alpha})`) : color;
}

function niceTop(high: number | null, least: number): number {
  return Math.max(least, (high ?? 0) * 1.1);
}
