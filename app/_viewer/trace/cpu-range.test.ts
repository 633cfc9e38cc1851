import { describe, expect, it } from 'vitest';
import { fromCpuRange, toCpuRange } from './cpu-range.ts';

const cpu = { firstSampleMicros: 1_000, totalMicros: 500 };

describe('the part of a CPU profile in a time of a trace', () => {
  it('counts from the first sample, and ends with the profile', () => {
    expect(toCpuRange(cpu, 1_100, 1_200)).toEqual({ fromMicros: 100, toMicros: 200 });
    expect(toCpuRange(cpu, 900, 9_000)).toEqual({ fromMicros: 0, toMicros: 500 });
  });

  it('is none where the one had ended before the other began', () => {
    expect(toCpuRange(cpu, 0, 1_000)).toBeUndefined();
    expect(toCpuRange(cpu, 1_500, 2_000)).toBeUndefined();
  });

  it('is the time that it was made of, on the way back', () => {
    expect(fromCpuRange(cpu, { fromMicros: 100, toMicros: 200 })).toEqual({
      fromMicros: 1_100,
      toMicros: 1_200,
    });
  });
});
