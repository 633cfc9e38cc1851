import type { InstanceId, VitalName, VitalsBatch, VitalsHistory } from '#contract';

export const HISTORY_SECONDS = 900;

/** Aligned columns, oldest first: `seconds` in epoch seconds; NaN where nothing was measured. */
export interface HistoryColumns {
  seconds: Float64Array;
  series: Partial<Record<VitalName, Float64Array>>;
}

/**
 * The last 15 minutes of one instance: what the server had kept, and every second since. Seconds in between that nobody
 * told about stay empty.
 */
export class InstanceHistory {
  readonly #id: InstanceId;
  /** By epoch second. */
  readonly #rows = new Map<number, Partial<Record<VitalName, number | null>>>();
  #newest = 0;

  constructor(id: InstanceId) {
    this.#id = id;
  }

  load(history: VitalsHistory): void {
    const startSecond = Math.floor(Date.parse(history.startAt) / 1000);
    const step = history.intervalMs / 1000;
    const length = Math.max(0, ...Object.values(history.series).map((column) => column.length));
    for (let i = 0; i < length; i++) {
      const row: Partial<Record<VitalName, number | null>> = {};
      for (const name in history.series)
        row[name as VitalName] = history.series[name as VitalName]?.[i] ?? null;
      this.#put(Math.round(startSecond + i * step), row);
    }
  }

  /** @returns whether the batch said anything of this instance */
  take(batch: VitalsBatch): boolean {
    const index = batch.instanceIds.indexOf(this.#id);
    if (index < 0) return false;
    const row: Partial<Record<VitalName, number | null>> = {};
    for (const name in batch.columns)
      row[name as VitalName] = batch.columns[name as VitalName]?.[index] ?? null;
    this.#put(Math.floor(Date.parse(batch.at) / 1000), row);
    return true;
  }

  get isEmpty(): boolean {
    return this.#rows.size === 0;
  }

  /** @param nowSecond where the 15 minutes end; for a process that ended, the last second it was heard */
  columns(names: readonly VitalName[], nowSecond: number): HistoryColumns {
    const first = nowSecond - HISTORY_SECONDS + 1;
    const seconds = new Float64Array(HISTORY_SECONDS);
    const series: Partial<Record<VitalName, Float64Array>> = {};
    for (const name of names) series[name] = new Float64Array(HISTORY_SECONDS).fill(Number.NaN);
    for (let i = 0; i < HISTORY_SECONDS; i++) {
      seconds[i] = first + i;
      const row = this.#rows.get(first + i);
      if (row === undefined) continue;
      for (const name of names) {
        const column = series[name];
        if (column) column[i] = row[name] ?? Number.NaN;
      }
    }
    return { seconds, series };
  }

  /** The first second of the 15 minutes before `nowSecond` in which anything was heard. */
  oldestSecond(nowSecond: number): number {
    let oldest = nowSecond;
    for (const second of this.#rows.keys())
      if (second > nowSecond - HISTORY_SECONDS && second < oldest) oldest = second;
    return oldest;
  }

  get newestSecond(): number {
    return this.#newest;
  }

  #put(second: number, row: Partial<Record<VitalName, number | null>>): void {
    if (!Number.isFinite(second)) return;
    this.#rows.set(second, row);
    this.#newest = Math.max(this.#newest, second);
    if (this.#rows.size <= HISTORY_SECONDS * 2) return;
    for (const old of this.#rows.keys()) if (old <= this.#newest - HISTORY_SECONDS) this.#rows.delete(old);
  }
}
