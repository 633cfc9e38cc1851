import type { Bench } from '../harness/bench.ts';
import { BenchChild } from '../harness/child.ts';
import { median } from '../harness/statistics.ts';

const RUNS = 7;
const FREE_TURNS = 2_000_000;
/** Few enough that every stack is taken. */
const RECORDED_TURNS = 2_000;
/** `waiting`, `acquired`, `released`. */
const CALLS = 3;

/** What it costs a service to tell of its own lock: with nobody recording next to nothing. */
export const lockTracking: Bench = {
  summary: 'what a registered lock costs a service, with and without a capture',
  async run({ runs = RUNS, note }) {
    const free: number[] = [];
    const contended: number[] = [];
    const recorded: number[] = [];
    for (let run = 1; run <= runs; run += 1) {
      await using child = new BenchChild(new URL('turns-process.ts', import.meta.url));
      // The first round has the code compiled.
      await child.ask('free', FREE_TURNS / 10);
      await child.ask('contended', FREE_TURNS / 10);
      free.push((await child.ask<number>('free', FREE_TURNS)) / CALLS);
      contended.push((await child.ask<number>('contended', FREE_TURNS)) / CALLS);
      const { nanos, spared } = await child.ask<{ nanos: number; spared: number }>(
        'recorded',
        RECORDED_TURNS,
      );
      recorded.push(nanos / 1000);
      note(`run ${run}: ${free.at(-1)?.toFixed(0)} ns a call; ${spared} stacks spared while it is recorded`);
    }
    return {
      figures: {
        freeCallNanos: {
          value: median(free),
          target: { atMost: 50 },
          meaning: 'a call, nobody records and the lock is free',
        },
        contendedCallNanos: {
          value: median(contended),
          target: { atMost: 100 },
          meaning: 'a call, nobody records and somebody waits each time',
        },
        recordedTurnMicros: {
          value: median(recorded),
          target: { atMost: 50 },
          meaning: 'a whole turn with a wait and its stack, while it is recorded',
        },
      },
      runs,
    };
  },
};
