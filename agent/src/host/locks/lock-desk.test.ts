import { afterEach, describe, expect, it } from 'vitest';
import { LockWatch } from '../../in-thread/locks/lock-watch.ts';
import { ResourceRegistry } from '../resources/resource-registry.ts';
import { LockDesk } from './lock-desk.ts';
import type { TrackedLockOptions, TrackedPoolOptions } from './tracked.ts';

const watch = new LockWatch();
const resources = new ResourceRegistry(() => {});
const desk = new LockDesk(resources, () => watch);
const open: { dispose(): void }[] = [];

afterEach(() => {
  watch.end();
  for (const tracked of open.splice(0)) tracked.dispose();
});

function kept<Tracked extends { dispose(): void }>(tracked: Tracked): Tracked {
  open.push(tracked);
  return tracked;
}

const measures = () =>
  resources.read().map(({ id, measures: told }) => [id, ...told.slice(0, 2).map(({ value }) => value)]);

describe('a registered lock', () => {
  it('is a resource with those who wait and those who have it', () => {
    const lock = kept(desk.trackLock({ id: 'lock:wallet', name: 'Wallet' }));
    const [first, second] = [lock.waiting(), lock.waiting()];
    first.acquired();
    expect(measures()).toEqual([['lock:wallet', 1, 1]]);
    first.released();
    second.acquired();
    expect(measures()).toEqual([['lock:wallet', 0, 1]]);
    second.released();
    expect(measures()).toEqual([['lock:wallet', 0, 0]]);
    expect(resources.read()[0]).toMatchObject({
      error: '',
      measures: [{}, {}, { unit: 'ms' }, { unit: 'ms' }],
    });
  });

  it('can be told of with using', () => {
    const pool = kept(desk.trackPool({ id: 'pool:writers', name: 'Writers', capacity: 4 }));
    {
      using turn = pool.waiting();
      turn.acquired();
      expect(measures()).toEqual([['pool:writers', 0, 1]]);
    }
    expect(measures()).toEqual([['pool:writers', 0, 0]]);
  });

  it('is in captures from where the service has called, and in none after it was taken back', () => {
    const lock = kept(desk.trackLock({ id: 'lock:wallet', name: 'Wallet' }));
    watch.begin();
    function settle() {
      const turn = lock.waiting();
      turn.acquired();
      turn.released();
    }
    settle();
    lock.dispose();
    lock.waiting().acquired();
    const table = watch.end();
    expect(table?.holds).toMatchObject([{ holds: 1 }]);
    expect(table?.stacks.frames.map(({ name }) => name)).toContain('settle');
    expect(table?.stacks.frames.map(({ name }) => name)).not.toContain('waiting');
    expect(resources.read()).toEqual([]);
  });

  it('is shown by the callers of the service’s own function around it, when that is named', () => {
    const lock = kept(desk.trackLock({ id: 'lock:wallet', name: 'Wallet' }));
    function withWallet() {
      using turn = lock.waiting(withWallet);
      turn.acquired();
    }
    function settle() {
      withWallet();
      using turn = lock.waiting(() => {});
      turn.acquired();
    }
    watch.begin();
    settle();
    const table = watch.end();
    const leaves = table?.holds.map(({ stack }) => table.stacks.frames[table.stacks.frameOf[stack - 1] ?? 0]);
    expect(leaves?.map((frame) => frame?.name)).toEqual(['settle', 'waiting']);
  });

  it.each([undefined, null, {}, { id: 'a' }, { id: '', name: 'Wallet' }, 7])(
    'that is %j is not taken, and nothing that is told of it throws',
    (options) => {
      for (const tracked of [
        desk.trackLock(options as TrackedLockOptions),
        desk.trackPool(options as TrackedPoolOptions),
      ]) {
        expect(tracked.refusedReason).toMatch(/needs/);
        const turn = tracked.waiting();
        turn.acquired();
        turn.released();
        tracked.dispose();
      }
      const queue = desk.trackQueue(options as TrackedLockOptions);
      expect(queue.refusedReason).toMatch(/needs/);
      queue.enqueued().dequeued();
    },
  );

  it('is forgotten with the agent that it was registered at', () => {
    const ended = new LockDesk(new ResourceRegistry(() => {}), () => watch);
    ended.trackLock({ id: 'lock:wallet', name: 'Wallet' });
    expect(watch.registered).toEqual(['Wallet']);
    ended[Symbol.dispose]();
    expect(watch.registered).toEqual([]);
  });

  it('with an id that is taken is not taken', () => {
    kept(desk.trackLock({ id: 'lock:wallet', name: 'Wallet' }));
    expect(desk.trackQueue({ id: 'lock:wallet', name: 'Wallet' }).refusedReason).toContain('already');
    expect(resources.read()).toHaveLength(1);
  });

  it('with no room for one is no pool', () => {
    expect(desk.trackPool({ id: 'pool', name: 'Pool', capacity: 0 }).refusedReason).toContain('capacity');
    expect(desk.trackPool({ id: 'pool', name: 'Pool', capacity: Number.NaN }).refusedReason).toContain(
      'capacity',
    );
  });
});

describe('a registered queue', () => {
  it('is a resource with what is in it', () => {
    const queue = kept(desk.trackQueue({ id: 'queue:send', name: 'Send queue' }));
    const entries = [queue.enqueued(), queue.enqueued()];
    expect(measures()).toEqual([['queue:send', 2, expect.any(Number)]]);
    for (const entry of entries) entry.dequeued();
    expect(measures()).toEqual([['queue:send', 0, 0]]);
  });
});

describe('a library that the service hands over', () => {
  it('that is not known is not taken', () => {
    expect(desk.followLocks({}).refusedReason).toContain('async-mutex');
  });
});
