import type { InstanceId, VitalName, VitalsBatch, VitalsHistory } from '../http/contract/index.ts';
import { VITAL_NAMES } from '../http/contract/index.ts';
import { toInstant } from '../store/index.ts';
import type { VitalsSecond } from './vitals-second.ts';

const SECOND_MS = 1000;
/** 15 minutes. */
export const KEPT_SECONDS = 900;
/** A second's numbers come when the agent's timer fires, not when ours does: half a beat late is still now. */
const FRESH_MS = 1_500;
/** Sums over a second: repeating one would count it twice. */
const SUMS: ReadonlySet<VitalName> = new Set(['gcCount', 'gcPauseMs']);

interface Ring {
  /** Column-major: KEPT_SECONDS numbers of one vital after the other. 54 KB an instance. */
  numbers: Float32Array;
  latest: VitalsSecond | undefined;
  latestAtMs: number;
  /** The latest numbers have been in a second already. */
  taken: boolean;
  /** First second that holds anything of this instance. */
  from: number;
}

/**
 * The vitals of the whole fleet, second by second. All rings turn together: at each turn the latest numbers of
 * every instance become that second's. Seconds are counted from 1970, and those that nobody turned the ring in
 * (the process was stopped) are empty.
 */
export class FleetVitals {
  readonly #rings = new Map<InstanceId, Ring>();
  /** The newest second. */
  #second = 0;

  /** An instance's numbers have arrived. */
  hear(id: InstanceId, second: VitalsSecond, nowMs: number): void {
    const ring = this.#rings.get(id) ?? this.#add(id, nowMs);
    ring.latest = second;
    ring.latestAtMs = nowMs;
    ring.taken = false;
  }

  forget(id: InstanceId): void {
    this.#rings.delete(id);
  }

  /** The newest number of a vital; undefined when there is no recent one. */
  latest(id: InstanceId, name: VitalName, nowMs: number): number | undefined {
    const ring = this.#rings.get(id);
    if (!ring?.latest || nowMs - ring.latestAtMs > 3 * SECOND_MS) return undefined;
    const value = ring.latest.values[name];
    return Number.isNaN(value) ? undefined : value;
  }

  /** Begins a new second and answers it; undefined when it has begun already. */
  turn(nowMs: number): VitalsBatch | undefined {
    const second = Math.floor(nowMs / SECOND_MS);
    if (second <= this.#second) return undefined;
    const skipped = Math.min(second - this.#second - 1, KEPT_SECONDS);
    this.#second = second;
    const batch = emptyBatch(nowMs);
    for (const [id, ring] of this.#rings) {
      for (let back = skipped; back > 0; back--) clearSecond(ring, second - back);
      const isFresh = ring.latest !== undefined && nowMs - ring.latestAtMs <= FRESH_MS;
      if (!isFresh) clearSecond(ring, second);
      else this.#take(id, ring, second, batch);
    }
    return batch;
  }

  /** The last 15 minutes of an instance, or what is newer than `sinceMs`. */
  history(id: InstanceId, sinceMs?: number): VitalsHistory | undefined {
    const ring = this.#rings.get(id);
    if (!ring) return undefined;
    const since = sinceMs === undefined ? 0 : Math.floor(sinceMs / SECOND_MS) + 1;
    const from = Math.max(ring.from, since, this.#second - KEPT_SECONDS + 1);
    const count = Math.max(0, this.#second - from + 1);
    const series = Object.fromEntries(
      VITAL_NAMES.map((name, column) => [
        name,
        Array.from({ length: count }, (_, index) => toWire(ring.numbers[slot(column, from + index)])),
      ]),
    ) as VitalsHistory['series'];
    return { startAt: toInstant(from * SECOND_MS), intervalMs: SECOND_MS, series };
  }

  #add(id: InstanceId, nowMs: number): Ring {
    const ring: Ring = {
      numbers: new Float32Array(VITAL_NAMES.length * KEPT_SECONDS).fill(Number.NaN),
      latest: undefined,
      latestAtMs: 0,
      taken: false,
      from: Math.max(Math.floor(nowMs / SECOND_MS), this.#second + 1),
    };
    this.#rings.set(id, ring);
    return ring;
  }

  #take(id: InstanceId, ring: Ring, second: number, batch: VitalsBatch): void {
    batch.instanceIds.push(id);
    for (const [column, name] of VITAL_NAMES.entries()) {
      const repeated = ring.taken && SUMS.has(name);
      const value = repeated ? Number.NaN : (ring.latest?.values[name] ?? Number.NaN);
      ring.numbers[slot(column, second)] = value;
      batch.columns[name].push(toWire(value));
    }
    ring.taken = true;
  }
}

function slot(column: number, second: number): number {
  return column * KEPT_SECONDS + (second % KEPT_SECONDS);
}

function clearSecond(ring: Ring, second: number): void {
  for (let column = 0; column < VITAL_NAMES.length; column++) ring.numbers[slot(column, second)] = Number.NaN;
}

function emptyBatch(nowMs: number): VitalsBatch {
  return {
    at: toInstant(nowMs),
    instanceIds: [],
    columns: Object.fromEntries(VITAL_NAMES.map((name) => [name, []])) as unknown as VitalsBatch['columns'],
  };
}

/** Three decimals: what single precision and the reader can tell apart, and short on the wire. */
function toWire(value: number | undefined): number | null {
  if (value === undefined || Number.isNaN(value)) return null;
  return Math.round(value * 1000) / 1000;
}
