import { describe, expect, it } from 'vitest';
import { goTop, hasGo } from '../../../../testing/go-pprof.ts';
import { lockWaits } from '../../../../testing/lock-waits.ts';
import type { LockTable } from '../../../in-thread/locks/lock-recorder.ts';
import { untoldStack } from '../../../in-thread/locks/lock-recorder.ts';
import { gzipContentions } from '../../pprof/encode-contentions.ts';
import { toLockProfile } from './lock-profile.ts';
import { nothingToFollow, resultRemarks, subjectRemarks } from './lock-remarks.ts';

const frame = (name: string, file: string, line: number) => ({
  name,
  file,
  line,
  column: 1,
  functionLine: line,
});

/** serve called settle, and by way of async-mutex bet. */
const table: LockTable = {
  startedAtMs: 1_700_000_000_000,
  recordedMs: 10_000,
  locks: [
    { name: 'Wallet', kind: 'lock', library: '', capacity: 1, firstStack: 2 },
    { name: 'async-mutex', kind: 'lock', library: 'async-mutex', capacity: 0, firstStack: 4 },
  ],
  waits: [
    row(0, 3, 2, 'acquired', 40, 2_000_000_000, 900_000_000),
    row(0, 3, untoldStack.before, 'gave up', 2, 600_000_000, 300_000_000),
    row(1, 5, 5, 'waiting', 1, 5_000_000_000, 5_000_000_000),
  ],
  holds: [
    hold(0, 2, 100, 0, 4_000_000_000, 40, 2_000_000_000),
    hold(0, untoldStack.before, 1, 0, 100_000_000, 2, 600_000_000),
    hold(1, 5, 3, 1, 7_000_000_000, 1, 5_000_000_000),
  ],
  stacks: {
    frames: [
      frame('serve', 'file:///s/server.js', 10),
      frame('settle', 'file:///s/wallet.js', 42),
      frame('bet', 'file:///s/wallet.js', 50),
      frame('Mutex.acquire', 'file:///s/node_modules/async-mutex/lib/Mutex.js', 12),
      frame('Promise', '', 0),
    ],
    firstStack: 1,
    callerOf: [0, 1, 1, 3, 4],
    frameOf: [0, 1, 2, 3, 4],
  },
  spared: 7,
  spentMs: 20,
};

function row(
  lock: number,
  stack: number,
  holder: number,
  outcome: 'acquired' | 'gave up' | 'waiting',
  contentions: number,
  delayNanos: number,
  longestNanos: number,
) {
  return { lock, stack, holder, outcome, contentions, delayNanos, longestNanos };
}

function hold(
  lock: number,
  stack: number,
  holds: number,
  stillHeld: number,
  heldNanos: number,
  blocked: number,
  blockingNanos: number,
) {
  return { lock, stack, holds, stillHeld, heldNanos, longestNanos: heldNanos / 2, blocked, blockingNanos };
}

async function bytesOf(recorded: LockTable): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of gzipContentions(toLockProfile(recorded, 'wallet', []))) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('a lock profile', () => {
  it('has who waited, then the lock, then the function that had it, without the library in between', async () => {
    expect(lockWaits(await bytesOf(table))).toEqual([
      'Wallet: bet behind settle',
      'async-mutex: bet behind bet',
    ]);
    const { frames, records } = toLockProfile(table, 'wallet', []);
    const drawn = [...records].map(({ stack }) => stack.map((at) => frames[at]?.name).join(' < '));
    expect(drawn).toEqual([
      'settle < waits for Wallet, held by < bet < serve',
      '(asked for it before the capture) < waits for Wallet, held by < bet < serve',
      'bet < waits for async-mutex, held by < bet < serve',
      'settle < serve',
      '(asked for it before the capture)',
      'bet < serve',
    ]);
  });

  it('has the values of who waited and of who held apart, with labels', () => {
    const records = [...toLockProfile(table, 'wallet', []).records];
    expect(records[0]).toMatchObject({
      count: 40,
      nanos: 2e9,
      labels: {
        side: 'waiter',
        lock: 'Wallet',
        kind: 'lock',
        holder: 'settle wallet.js:42',
        outcome: 'acquired',
      },
    });
    expect(records[5]).toMatchObject({
      count: 0,
      nanos: 0,
      labels: { side: 'holder', lock: 'async-mutex 2 (bet wallet.js:50)', still_held: 1 },
      more: [1, 5e9, 3, 7e9],
    });
  });

  it.skipIf(!hasGo())('is read by go tool pprof with the totals of the table', async () => {
    const bytes = await bytesOf(table);
    expect(goTop(bytes, 'contentions')).toContain('Total samples = 43');
    expect(goTop(bytes, 'delay')).toContain('Total samples = 7600ms');
    const blocking = goTop(bytes, 'blocking');
    expect(blocking).toContain('Total samples = 7600ms');
    expect(blocking).toMatch(/2000ms .* settle/);
    expect(goTop(bytes, 'held')).toContain('Total samples = 11100ms');
  });
});

describe('the remarks of a lock capture', () => {
  it('say in numbers what came of it', () => {
    expect(resultRemarks(table)).toEqual([
      '43 waits took 7.6 s together.',
      'The longest waits: 5.0 s for async-mutex 2 (bet wallet.js:50) in bet wallet.js:50, held by bet wallet.js:50; ' +
        '900 ms for Wallet in bet wallet.js:50, held by settle wallet.js:42; ' +
        '300 ms for Wallet in bet wallet.js:50, held by (asked for it before the capture).',
      'The longest holds: 3.5 s of async-mutex 2 (bet wallet.js:50) by bet wallet.js:50; ' +
        '2.0 s of Wallet by settle wallet.js:42; 50 ms of Wallet by (asked for it before the capture).',
      'At the end 1 wait and 1 hold went on: they count as long as they had lasted.',
      '2 waits ended without the lock: by a time-out, a cancellation or an error.',
      '7 times the stack was not taken, to spare the thread: those count under "(stack not taken)", with exact times.',
      expect.stringContaining('by who waited'),
    ]);
  });

  it('say that nobody had to wait', () => {
    expect(resultRemarks({ ...table, waits: [], spared: 0 })[0]).toBe(
      'Nobody had to wait: 104 holds in 10.0 s.',
    );
  });

  it('say what is followed, and what is not and why', () => {
    const libraries = [
      { name: 'pg-pool', version: '3.7.0', state: 'followed', known: '3.4 to 3.14' },
      { name: 'generic-pool', version: '5.0.0', state: 'version unknown', known: '3.4 to 3.9' },
      { name: 'async-mutex', version: '0.5.0', state: 'not loaded as CommonJS', known: '0.4 to 0.5' },
    ] as const;
    expect(subjectRemarks({ registered: ['Wallet', 'Records'], libraries: [...libraries] }, true)).toEqual([
      'Follows the registered Wallet, Records, pg-pool 3.7.0.',
      'generic-pool 5.0.0 is left alone: 3.4 to 3.9 is known.',
      expect.stringContaining('agent.followLocks(library)'),
      expect.stringContaining('In worker threads'),
    ]);
  });

  it('say how to register a lock where there is none', () => {
    expect(nothingToFollow({ registered: [], libraries: [] })).toContain('agent.trackLock({ id:');
    expect(nothingToFollow({ registered: ['Wallet'], libraries: [] })).toBeUndefined();
  });
});
