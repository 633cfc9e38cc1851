import { describe, expect, test } from 'vitest';
import { PulseBoard } from '../../pulse-board.ts';
import { MainThreadPulse } from './main-thread-pulse.ts';
import { ResponsivenessWatch } from './responsiveness.ts';
import { VitalsClock, type VitalsReading } from './vitals-clock.ts';

/** A main thread that answers at once and says that its loop is busy for 40 % of the time. */
function clockOfBusyThread() {
  const board = new PulseBoard();
  const pulse = new MainThreadPulse((message) => {
    if (message.type !== 'ping') return;
    board.write({
      eventLoopDelayP50Ms: 1,
      eventLoopDelayP99Ms: 2,
      eventLoopDelayMaxMs: 3,
      eventLoopUtilization: 0.4,
      heapUsedBytes: 1,
      heapTotalBytes: 2,
      heapLimitBytes: 3,
      externalBytes: 0,
      gcCount: 0,
      gcPauseMs: 0,
    });
    const { sequence } = message;
    queueMicrotask(() =>
      pulse.hear({ type: 'pong', sequence, atNanos: process.hrtime.bigint(), resources: [] }),
    );
  });
  const watch = new ResponsivenessWatch(
    async () => true,
    () => performance.now(),
  );
  const clock = new VitalsClock(pulse, watch, board.memory, () => {});
  const read = () =>
    new Promise<VitalsReading>((resolve) => {
      const subscription = clock.subscribe((reading) => {
        subscription[Symbol.dispose]();
        resolve(reading);
      });
    });
  return { pulse, read };
}

describe('the vitals of a second', () => {
  test('have no part of it that the loop was busy while a profiler samples the thread, nor of the second it ends in', async () => {
    const { pulse, read } = clockOfBusyThread();
    const busy = async () => (await read()).mainThread?.eventLoopUtilization;
    expect(await busy()).toBe(0.4);
    const [one, other] = [pulse.sampled.begin(), pulse.sampled.begin()];
    expect(await busy()).toBeNaN();
    one[Symbol.dispose]();
    expect(await busy()).toBeNaN();
    other[Symbol.dispose]();
    expect(await busy()).toBeNaN();
    expect(await busy()).toBe(0.4);
  });

  test('tell of the delay of the loop all the same', async () => {
    const { pulse, read } = clockOfBusyThread();
    using _sampler = pulse.sampled.begin();
    expect((await read()).mainThread?.eventLoopDelayP99Ms).toBe(2);
  });
});
