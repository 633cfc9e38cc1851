import { describe, expect, it } from 'vitest';
import type { ThreadMemory } from '../../../in-thread/memory.ts';
import { SnapshotForecast } from './snapshot-forecast.ts';

const megabyte = 1e6;

function heap(usedMb: number, largeMb = 0): ThreadMemory {
  return {
    usedBytes: usedMb * megabyte,
    totalBytes: usedMb * megabyte,
    limitBytes: 4000 * megabyte,
    largeObjectBytes: largeMb * megabyte,
    externalBytes: 0,
  };
}

describe('the forecast of a heap snapshot', () => {
  it('expects twelve times the heap at first, and next to nothing for large objects', () => {
    const forecast = new SnapshotForecast();
    const small = forecast.foretell(heap(400), 500 * megabyte);
    expect(small.memoryBytes / (400 * megabyte)).toBeCloseTo(12, 0);
    const large = forecast.foretell(heap(400, 390), 500 * megabyte);
    expect(large.memoryBytes).toBeLessThan(200 * megabyte);
  });

  it('expects tens of milliseconds of a fork where V8 itself takes tens of seconds', () => {
    const { forkPauseMs, inProcessPauseMs } = new SnapshotForecast().foretell(heap(414), 515 * megabyte);
    expect(forkPauseMs).toBeGreaterThan(12);
    expect(forkPauseMs).toBeLessThan(35);
    expect(inProcessPauseMs).toBeGreaterThan(15_000);
  });

  it('expects of the next what the last one took, for a heap that has grown', () => {
    const forecast = new SnapshotForecast();
    forecast.learn({
      memory: heap(100),
      nodeCount: 1_000_000,
      childMemoryBytes: 232 * megabyte,
      artifactBytes: 50 * megabyte,
    });
    const { memoryBytes, artifactBytes } = forecast.foretell(heap(200), 300 * megabyte);
    expect(memoryBytes / megabyte).toBeCloseTo(430, -1);
    expect(artifactBytes / megabyte).toBeCloseTo(100, 0);
  });

  it('does not take one slow fork for the rule', () => {
    const forecast = new SnapshotForecast();
    const before = forecast.foretell(heap(50), 100 * megabyte).forkPauseMs;
    forecast.learnPause(3_000, 100 * megabyte);
    const after = forecast.foretell(heap(50), 100 * megabyte).forkPauseMs;
    expect(after).toBeGreaterThan(before);
    expect(after).toBeLessThanOrEqual(before * 3);
  });
});
