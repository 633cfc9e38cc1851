import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StackMirror } from '../stacks/stack-mirror.ts';
import { waitSink } from '../waits/wait-sink.ts';
import type { Lock } from './lock.ts';
import { type LockTable, untoldStack } from './lock-recorder.ts';
import type { LockTurn } from './lock-turn.ts';
import { LockWatch } from './lock-watch.ts';

let watch: LockWatch;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'] });
  watch = new LockWatch();
});

afterEach(() => {
  watch.end();
  vi.useRealTimers();
});

const pass = (ms: number) => void vi.advanceTimersByTime(ms);

function register(capacity = 1): Lock {
  const lock = watch.createLock({
    name: 'Wallet',
    kind: capacity === 1 ? 'lock' : 'pool',
    library: '',
    capacity,
  });
  watch.register(lock);
  return lock;
}

/** As `waiting()` of a registered lock. */
function waiting(lock: Lock) {
  return lock.ask(waiting);
}
/** Places of a service that ask for the lock. */
function settle(lock: Lock) {
  return waiting(lock);
}
function bet(lock: Lock) {
  return waiting(lock);
}

/** The table in lines, times in milliseconds. */
function told(): string[] {
  const table = watch.end() as LockTable;
  const mirror = new StackMirror();
  mirror.add(table.stacks);
  const named = Object.entries(untoldStack);
  const place = (stack: number) =>
    named.find(([, untold]) => untold === stack)?.[0] ??
    mirror.frames[mirror.framesOf(stack)[0] as number]?.name;
  const ms = (nanos: number) => nanos / 1e6;
  return [
    ...table.waits.map(
      (row) =>
        `${place(row.stack)} waited behind ${place(row.holder)}: ${row.contentions} in ${ms(row.delayNanos)}, at most ${ms(row.longestNanos)} (${row.outcome})`,
    ),
    ...table.holds.map(
      (row) =>
        `${place(row.stack)} held: ${row.holds} in ${ms(row.heldNanos)}, ${row.stillHeld} still; blocked ${row.blocked} for ${ms(row.blockingNanos)}`,
    ),
  ];
}

describe('a lock while it is recorded', () => {
  it('has who waited, how long, and whose hold ended the wait', () => {
    const lock = register();
    watch.begin();
    const first = settle(lock);
    first.acquired();
    pass(10);
    const second = bet(lock);
    pass(30);
    first.released();
    second.acquired();
    pass(5);
    second.released();
    expect(told()).toEqual([
      'bet waited behind settle: 1 in 30, at most 30 (acquired)',
      'settle held: 1 in 40, 0 still; blocked 1 for 30',
      'bet held: 1 in 5, 0 still; blocked 0 for 0',
    ]);
  });

  it('tells which hold ended each wait, and charges the waiting of all to whoever had it meanwhile', () => {
    const lock = register();
    watch.begin();
    const first = settle(lock);
    first.acquired();
    const others = [1, 2].map(() => bet(lock));
    pass(10);
    first.released();
    for (const turn of others) {
      turn.acquired();
      pass(7);
      turn.released();
    }
    expect(told()).toEqual([
      'bet waited behind settle: 1 in 10, at most 10 (acquired)',
      'bet waited behind bet: 1 in 17, at most 17 (acquired)',
      'settle held: 1 in 10, 0 still; blocked 1 for 20',
      'bet held: 2 in 14, 0 still; blocked 1 for 7',
    ]);
  });

  it('that nobody has makes nobody wait, however late it is taken', () => {
    const lock = register();
    watch.begin();
    const turn = settle(lock);
    pass(20);
    turn.acquired();
    turn.released();
    expect(told()).toEqual(['settle held: 1 in 0, 0 still; blocked 0 for 0']);
  });

  it('blames the right hold when it was never free since long before the recording', () => {
    const lock = register();
    let holder = settle(lock);
    holder.acquired();
    const line = [bet(lock), bet(lock)];
    const next = (place: (lock: Lock) => LockTurn) => {
      line.push(place(lock));
      pass(1);
      holder.released();
      holder = line.shift() as LockTurn;
      holder.acquired();
    };
    for (let turn = 0; turn < 10; turn += 1) next(bet);
    watch.begin();
    for (let turn = 0; turn < 3; turn += 1) next(settle);
    for (let turn = 0; turn < 3; turn += 1) next(bet);
    expect(told().filter((row) => row.includes('waited behind'))).toEqual([
      'before waited behind before: 2 in 3, at most 2 (acquired)',
      'settle waited behind before: 1 in 3, at most 3 (acquired)',
      'settle waited behind settle: 2 in 6, at most 3 (acquired)',
      'bet waited behind settle: 1 in 3, at most 3 (acquired)',
      'bet waited behind bet: 2 in 3, at most 2 (waiting)',
    ]);
  });

  it('makes nobody wait before as many have it as may', () => {
    const pool = register(2);
    watch.begin();
    const turns = [settle(pool), settle(pool), bet(pool)];
    turns[0]?.acquired();
    turns[1]?.acquired();
    pass(4);
    turns[1]?.released();
    turns[2]?.acquired();
    expect(told()).toEqual([
      'bet waited behind settle: 1 in 4, at most 4 (acquired)',
      'settle held: 1 in 4, 0 still; blocked 1 for 4',
      'settle held: 1 in 4, 1 still; blocked 0 for 0',
      'bet held: 1 in 0, 1 still; blocked 0 for 0',
    ]);
  });

  it('has those who give up, behind whoever has it then', () => {
    const lock = register();
    watch.begin();
    settle(lock).acquired();
    const turn = bet(lock);
    pass(50);
    turn.released();
    expect(told()).toEqual([
      'bet waited behind settle: 1 in 50, at most 50 (gave up)',
      'settle held: 1 in 50, 1 still; blocked 1 for 50',
    ]);
  });

  it('has what is never given back, and those who wait for it, for as long as it has lasted', () => {
    const lock = register();
    watch.begin();
    settle(lock).acquired();
    pass(10);
    bet(lock);
    pass(90);
    expect(told()).toEqual([
      'bet waited behind settle: 1 in 90, at most 90 (waiting)',
      'settle held: 1 in 100, 1 still; blocked 1 for 90',
    ]);
  });

  it('counts what began before from the beginning of the recording, and does not know where that was', () => {
    const lock = register();
    const [first, second] = [settle(lock), bet(lock)];
    first.acquired();
    pass(1_000);
    watch.begin();
    pass(10);
    first.released();
    second.acquired();
    pass(3);
    expect(told()).toEqual([
      'before waited behind before: 1 in 10, at most 10 (acquired)',
      'before held: 2 in 13, 1 still; blocked 1 for 10',
    ]);
  });

  it('does not take a stack of an earlier recording for one of its own', () => {
    const lock = register();
    watch.begin();
    const turn = settle(lock);
    turn.acquired();
    watch.end();
    watch.begin();
    turn.released();
    expect(told()).toEqual(['before held: 1 in 0, 0 still; blocked 0 for 0']);
  });

  it('passes over calls that do not fit', () => {
    const lock = register();
    watch.begin();
    const turn = settle(lock);
    turn.acquired();
    turn.acquired();
    turn.released();
    turn.released();
    turn.acquired();
    expect(told()).toEqual(['settle held: 1 in 0, 0 still; blocked 0 for 0']);
    expect([lock.waiting.size, lock.held.size]).toEqual([0, 0]);
  });

  it('is counted exactly where its stacks would cost too much, and says how many were not taken', () => {
    const lock = register();
    watch.begin();
    let clockMs = performance.now();
    // A millisecond goes by at every look at the clock: a stack costs as much, of what may cost a twentieth.
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => clockMs++);
    for (let turn = 0; turn < 400; turn += 1) {
      const one = settle(lock);
      one.acquired();
      one.released();
    }
    clock.mockRestore();
    const { holds, spared } = watch.end() as LockTable;
    expect(holds.reduce((sum, row) => sum + row.holds, 0)).toBe(400);
    expect(spared).toBeGreaterThan(100);
    expect(spared).toBeLessThan(400);
  });

  it('charges all delay to somebody, whatever happens in whichever order', () => {
    const step = fc.record({
      ms: fc.integer({ min: 0, max: 9 }),
      what: fc.constantFrom('ask', 'acquire', 'release', 'give up'),
      which: fc.nat(9),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.nat(12),
        fc.array(step, { maxLength: 60 }),
        (capacity, start, steps) => {
          const lock = register(capacity);
          for (const [at, { ms, what, which }] of steps.entries()) {
            if (at === start) watch.begin();
            pass(ms);
            const list = [...(what === 'release' ? lock.held : lock.waiting)];
            const turn = list[which % Math.max(1, list.length)];
            if (what === 'ask') bet(lock);
            else if (what === 'acquire') turn?.acquired();
            else turn?.released();
          }
          const { waits, holds } = watch.end() ?? { waits: [], holds: [] };
          const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
          expect(sum(holds.map((row) => row.blocked))).toBe(sum(waits.map((row) => row.contentions)));
          const delay = sum(waits.map((row) => row.delayNanos));
          expect(Math.abs(sum(holds.map((row) => row.blockingNanos)) - delay)).toBeLessThan(1_000);
          expect(Math.min(0, ...holds.map((row) => row.blockingNanos))).toBe(0);
          watch.forget(lock);
        },
      ),
    );
  });

  it('is told apart from others up to a number of them', () => {
    watch.begin();
    for (let number = 0; number < 700; number += 1) settle(register()).acquired();
    const { locks, holds } = watch.end() as LockTable;
    expect(locks).toHaveLength(501);
    expect(locks.at(-1)?.name).toBe('further locks');
    expect(holds.reduce((sum, row) => sum + row.holds, 0)).toBe(700);
  });
});

describe('a lock while nobody records', () => {
  it('knows how many wait and hold, and forgets them when they have gone', () => {
    const lock = register();
    const [first, second] = [settle(lock), bet(lock)];
    first.acquired();
    expect([lock.waiting.size, lock.held.size]).toEqual([1, 1]);
    first.released();
    second.released();
    expect([lock.waiting.size, lock.held.size]).toEqual([0, 0]);
    expect([lock.waiting.first, lock.held.first]).toEqual([undefined, undefined]);
  });

  it('knows since when the first waits from when somebody has looked', () => {
    const lock = register();
    settle(lock).acquired();
    bet(lock);
    pass(500);
    lock.stamp(performance.now());
    const seenMs = lock.waiting.first?.sinceMs;
    pass(700);
    bet(lock);
    lock.stamp(performance.now());
    expect(lock.waiting.first?.sinceMs).toBe(seenMs);
    expect(performance.now() - (seenMs ?? 0)).toBe(700);
  });

  it('holds on to a bounded number of turns that are never given back', () => {
    const lock = register();
    for (let turn = 0; turn < 12_000; turn += 1) settle(lock).acquired();
    expect(lock.held.size).toBe(12_000);
    expect([...lock.held]).toHaveLength(10_000);
  });
});

describe('whoever records waits in this thread', () => {
  it('hears of the waits for locks, from the asking to the end, and of no others', () => {
    const heard: string[] = [];
    using _listening = waitSink.listen({
      begin: (type, name) => {
        heard.push(`${type} ${name}`);
        return { end: () => heard.push('end') };
      },
    });
    const lock = register();
    const [first, second, third] = [settle(lock), bet(lock), bet(lock)];
    first.acquired();
    first.released();
    second.acquired();
    third.released();
    expect(heard).toEqual(['lock Wallet', 'lock Wallet', 'end', 'end']);
  });

  it('hears of what is in a queue until it has left', () => {
    const heard: string[] = [];
    using _listening = waitSink.listen({
      begin: (type, name) => {
        heard.push(`${type} ${name}`);
        return { end: () => heard.push('end') };
      },
    });
    const queue = watch.createQueue('Send queue');
    const item = queue.put(register);
    expect(queue.items.size).toBe(1);
    item.dequeued();
    item.dequeued();
    expect(heard).toEqual(['queue Send queue', 'end']);
    expect(queue.items.size).toBe(0);
  });
});
