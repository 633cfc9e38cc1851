import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasLibraries, LibraryCopy } from '../../../../testing/library-copy.ts';
import { findPostgres, TestPostgres } from '../../../../testing/test-postgres.ts';
import { StackMirror } from '../../stacks/stack-mirror.ts';
import { type LockTable, untoldStack } from '../lock-recorder.ts';
import { LockWatch } from '../lock-watch.ts';

const watch = new LockWatch();
const open: Disposable[] = [];

afterEach(() => {
  watch.end();
  for (const copy of open.splice(0)) copy[Symbol.dispose]();
});

function copyOf(versions: Readonly<Record<string, string>>): LibraryCopy {
  const copy = new LibraryCopy(versions);
  open.push(copy);
  return copy;
}

/** Every method of the classes, to be compared. */
const methodsOf = (...prototypes: object[]) =>
  prototypes.map((prototype) => Object.getOwnPropertyDescriptors(prototype));

interface Told {
  waits: { by: string; behind: string; contentions: number; outcome: string }[];
  holds: { by: string; holds: number; stillHeld: number; blocked: number }[];
  table: LockTable;
}

/** Who waited and who held, by the first function of this file on the stack. */
function end(): Told {
  const table = watch.end() as LockTable;
  const mirror = new StackMirror();
  mirror.add(table.stacks);
  const named = Object.entries(untoldStack);
  const place = (stack: number): string =>
    named.find(([, untold]) => untold === stack)?.[0] ??
    mirror
      .framesOf(stack)
      .map((frame) => mirror.frames[frame])
      .find((frame) => frame?.url.endsWith('libraries.test.ts'))?.name ??
    'nobody here';
  return {
    waits: table.waits.map(({ stack, holder, contentions, outcome }) => ({
      by: place(stack),
      behind: place(holder),
      contentions,
      outcome,
    })),
    holds: table.holds.map(({ stack, holds, stillHeld, blocked }) => ({
      by: place(stack),
      holds,
      stillHeld,
      blocked,
    })),
    table,
  };
}

interface MutexClass {
  new (): {
    acquire(): Promise<() => void>;
    runExclusive(work: () => unknown): Promise<unknown>;
    release(): void;
    cancel(): void;
    isLocked(): boolean;
  };
}
interface SemaphoreClass {
  new (value: number): { acquire(weight?: number): Promise<[number, () => void]>; getValue(): number };
}
interface AsyncMutex {
  Mutex: MutexClass;
  Semaphore: SemaphoreClass;
  withTimeout(mutex: object, ms: number): { acquire(): Promise<() => void> };
}

it('the libraries are installed (if not: node agent/libraries/install.mjs)', () => {
  expect(hasLibraries).toBe(true);
});

describe.each([
  ['0.5.0', 'async-mutex'],
  ['0.4.0', 'async-mutex-oldest'],
])('async-mutex %s', (version, folder) => {
  function load(): AsyncMutex {
    return copyOf({ 'async-mutex': folder }).require('async-mutex') as AsyncMutex;
  }

  it('is followed, and is afterwards what it was before', () => {
    const { Mutex, Semaphore } = load();
    const before = methodsOf(Mutex.prototype, Semaphore.prototype);
    expect(watch.begin()).toContainEqual({
      name: 'async-mutex',
      version,
      state: 'followed',
      known: '0.4 to 0.5',
    });
    expect(methodsOf(Mutex.prototype, Semaphore.prototype)).not.toEqual(before);
    watch.end();
    const after = methodsOf(Mutex.prototype, Semaphore.prototype);
    for (const [at, methods] of before.entries()) {
      for (const [name, { value }] of Object.entries(methods)) expect(after[at]?.[name]?.value).toBe(value);
    }
  });

  it('tells who waited behind whom', async () => {
    const { Mutex } = load();
    watch.begin();
    const mutex = new Mutex();
    async function settle() {
      const release = await mutex.acquire();
      await sleep(30);
      release();
    }
    function bet() {
      return mutex.runExclusive(() => sleep(5));
    }
    await Promise.all([settle(), bet()]);
    const { waits, holds, table } = end();
    expect(waits).toEqual([{ by: 'bet', behind: 'settle', contentions: 1, outcome: 'acquired' }]);
    expect(holds).toEqual([
      { by: 'settle', holds: 1, stillHeld: 0, blocked: 1 },
      { by: 'bet', holds: 1, stillHeld: 0, blocked: 0 },
    ]);
    expect(table.waits[0]?.delayNanos).toBeGreaterThan(20e6);
    expect(mutex.isLocked()).toBe(false);
  });

  it('works as it does alone: in order, once for each release, with the values of a semaphore', async () => {
    const { Semaphore } = load();
    watch.begin();
    const semaphore = new Semaphore(2);
    const order: number[] = [];
    const use = async (number: number) => {
      const [value, release] = await semaphore.acquire();
      order.push(number, value);
      await sleep(1);
      release();
      release();
    };
    await Promise.all([1, 2, 3, 4].map(use));
    expect(order.filter((_, at) => at % 2 === 0)).toEqual([1, 2, 3, 4]);
    expect(semaphore.getValue()).toBe(2);
    expect(() => semaphore.acquire(0)).toThrow('invalid weight');
    const { holds } = end();
    expect(holds.reduce((sum, row) => sum + row.holds, 0)).toBe(4);
  });

  it('tells of those who were turned away, and passes their error on', async () => {
    const { Mutex } = load();
    watch.begin();
    const mutex = new Mutex();
    const release = await mutex.acquire();
    const turnedAway = mutex.acquire();
    mutex.cancel();
    await expect(turnedAway).rejects.toThrow('cancel');
    release();
    expect(end().waits).toMatchObject([{ contentions: 1, outcome: 'gave up' }]);
  });

  it('lets nobody’s error go unheard, and hears nobody’s twice', async () => {
    const { Mutex } = load();
    watch.begin();
    const unheard: unknown[] = [];
    const listeners = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (error) => unheard.push(error));
    const mutex = new Mutex();
    await mutex.acquire();
    void mutex.acquire();
    const heard = mutex.acquire().catch(() => {});
    mutex.cancel();
    await heard;
    await sleep(5);
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
    expect(unheard).toHaveLength(1);
  });

  it('knows a lock that is given back by the mutex, one that was held before, and one that stays held', async () => {
    const { Mutex } = load();
    const before = new Mutex();
    const releaseBefore = await before.acquire();
    watch.begin();
    const direct = new Mutex();
    async function settle() {
      await direct.acquire();
    }
    await settle();
    direct.release();
    async function keep() {
      await new Mutex().acquire();
    }
    await keep();
    releaseBefore();
    expect(end().holds).toEqual([
      { by: 'settle', holds: 1, stillHeld: 0, blocked: 0 },
      { by: 'before', holds: 1, stillHeld: 0, blocked: 0 },
      { by: 'keep', holds: 1, stillHeld: 1, blocked: 0 },
    ]);
  });

  it('given back after the end, by what was got before, tells nobody and works', async () => {
    const { Mutex } = load();
    watch.begin();
    const mutex = new Mutex();
    const release = await mutex.acquire();
    watch.end();
    watch.begin();
    release();
    expect(mutex.isLocked()).toBe(false);
    expect(end().holds).toMatchObject([{ by: 'before', holds: 1 }]);
  });
});

describe('a library', () => {
  it.each([
    ['async-mutex', 'async-mutex-unknown', '0.3.2'],
    ['generic-pool', 'generic-pool-unknown', '2.5.4'],
    ['pg-pool', 'pg-pool-unknown', '3.2.0'],
  ])('%s of a version that is not known is left alone', (name, folder, version) => {
    const copy = copyOf({ [name]: folder });
    const exported = copy.require(name) as Record<string, { prototype: object }> & { prototype?: object };
    const prototypes = [exported.prototype, exported.Pool?.prototype, exported.Semaphore?.prototype];
    const before = methodsOf(...prototypes.filter((prototype) => prototype !== undefined));
    expect(watch.begin()).toContainEqual(
      expect.objectContaining({ name, version, state: 'version unknown' }),
    );
    expect(methodsOf(...prototypes.filter((prototype) => prototype !== undefined))).toEqual(before);
  });

  it('of two versions in one process is followed in the one that is known', () => {
    const [known, unknown] = [
      copyOf({ 'async-mutex': 'async-mutex' }),
      copyOf({ 'async-mutex': 'async-mutex-unknown' }),
    ];
    for (const copy of [known, unknown]) copy.require('async-mutex');
    const states = watch.begin().filter(({ name }) => name === 'async-mutex');
    expect(states.map(({ version, state }) => `${version} ${state}`)).toEqual([
      '0.5.0 followed',
      '0.3.2 version unknown',
    ]);
  });

  it('as an ES module is followed when the service hands it over, until it takes it back', async () => {
    const copy = copyOf({ 'async-mutex': 'async-mutex' });
    const url = pathToFileURL(copy.pathOf('async-mutex', 'index.mjs')).href;
    const library = (await import(/* @vite-ignore */ url)) as AsyncMutex;
    expect(watch.begin().filter(({ state }) => state === 'followed')).toEqual([]);
    watch.end();
    expect(watch.libraries.hand(library)).toBe(true);
    expect(watch.begin()).toContainEqual(
      expect.objectContaining({ name: 'async-mutex', version: '', state: 'followed' }),
    );
    const mutex = new library.Mutex();
    async function settle() {
      return mutex.runExclusive(() => sleep(5));
    }
    await Promise.all([1, 2].map(settle));
    expect(end().waits).toMatchObject([{ by: 'settle', behind: 'settle', contentions: 1 }]);
    watch.libraries.takeBack(library);
    expect(watch.begin().filter(({ state }) => state === 'followed')).toEqual([]);
  });

  it.each([undefined, null, 7, 'async-mutex', {}, { Pool: class {} }, () => {}])(
    'that is %j is no library that is known',
    (exported) => {
      expect(watch.libraries.hand(exported)).toBe(false);
    },
  );

  it('that somebody else has wrapped meanwhile keeps that wrapping, and is recorded no more', async () => {
    const { Mutex, Semaphore } = copyOf({ 'async-mutex': 'async-mutex' }).require(
      'async-mutex',
    ) as AsyncMutex;
    watch.begin();
    const ours = Semaphore.prototype.acquire as (...given: unknown[]) => unknown;
    let calls = 0;
    Semaphore.prototype.acquire = function (...given: unknown[]) {
      calls += 1;
      return ours.apply(this, given);
    };
    watch.end();
    watch.begin();
    watch.end();
    await (await new Mutex().acquire())();
    expect(calls).toBe(1);
    expect(watch.libraries.locks).toEqual([]);
  });

  it('is unwrapped when the last of those who want it has left', () => {
    const { Semaphore } = copyOf({ 'async-mutex': 'async-mutex' }).require('async-mutex') as AsyncMutex;
    const { acquire } = Semaphore.prototype as Record<string, unknown>;
    watch.libraries.follow('wait');
    watch.begin();
    watch.end();
    expect((Semaphore.prototype as Record<string, unknown>).acquire).not.toBe(acquire);
    watch.libraries.leave('wait');
    expect((Semaphore.prototype as Record<string, unknown>).acquire).toBe(acquire);
  });
});

interface GenericPool {
  createPool(
    factory: object,
    options: object,
  ): {
    acquire(): Promise<object>;
    use(work: (resource: object) => Promise<unknown>): Promise<unknown>;
    release(resource: object): Promise<void>;
    destroy(resource: object): Promise<void>;
    drain(): Promise<void>;
    clear(): Promise<void>;
  };
}

describe.each([
  ['3.9.0', 'generic-pool'],
  ['3.4.0', 'generic-pool-oldest'],
])('generic-pool %s', (version, folder) => {
  async function createPool(options: object) {
    const { createPool: create } = copyOf({ 'generic-pool': folder }).require('generic-pool') as GenericPool;
    return create({ create: async () => ({}), destroy: async () => {} }, options);
  }

  it('tells who waited for a resource behind whom, and not who waited for it to be made', async () => {
    const pool = await createPool({ max: 1 });
    expect(watch.begin()).toContainEqual(
      expect.objectContaining({ name: 'generic-pool', version, state: 'followed' }),
    );
    async function settle() {
      const resource = await pool.acquire();
      await sleep(30);
      await pool.release(resource);
    }
    async function bet() {
      const resource = await pool.acquire();
      await pool.destroy(resource);
    }
    await Promise.all([settle(), bet()]);
    const { waits, holds, table } = end();
    expect(waits).toEqual([{ by: 'bet', behind: 'settle', contentions: 1, outcome: 'acquired' }]);
    expect(holds).toEqual([
      { by: 'settle', holds: 1, stillHeld: 0, blocked: 1 },
      { by: 'bet', holds: 1, stillHeld: 0, blocked: 0 },
    ]);
    expect(table.waits[0]?.delayNanos).toBeGreaterThan(20e6);
    await pool.drain();
  });

  it('tells of those whose time ran out, and passes their error on', async () => {
    const pool = await createPool({ max: 1, acquireTimeoutMillis: 20 });
    watch.begin();
    const resource = await pool.acquire();
    await expect(pool.acquire()).rejects.toThrow('timed out');
    await pool.release(resource);
    await expect(pool.release({})).rejects.toThrow();
    expect(end().waits).toMatchObject([{ contentions: 1, outcome: 'gave up' }]);
    await pool.drain();
  });

  it('knows a resource that was borrowed before', async () => {
    const pool = await createPool({ max: 2 });
    const resource = await pool.acquire();
    watch.begin();
    await pool.release(resource);
    expect(end().holds).toMatchObject([{ by: 'before', holds: 1 }]);
    await pool.drain();
  });
});

const programs = findPostgres();

describe.skipIf(programs === undefined)('the pool of pg on a real PostgreSQL', () => {
  let postgres: TestPostgres;

  beforeAll(async () => {
    postgres = await TestPostgres.start(programs as string);
  }, 40_000);

  afterAll(() => postgres[Symbol.asyncDispose]());

  interface Client {
    query(text: string): Promise<unknown>;
    release(error?: Error): void;
  }
  interface Pool {
    connect(): Promise<Client>;
    connect(callback: (error: unknown, client: Client, release: () => void) => void): void;
    query(text: string): Promise<{ rows: unknown[] }>;
    end(): Promise<void>;
  }
  type PoolClass = new (options: object) => Pool;

  const pgParts = [
    'pg',
    'pg-connection-string',
    'pg-int8',
    'pg-protocol',
    'pg-types',
    'pgpass',
    'split2',
    'xtend',
  ];
  const postgresParts = ['postgres-array', 'postgres-bytea', 'postgres-date', 'postgres-interval'];
  const parts = Object.fromEntries([...pgParts, ...postgresParts].map((name) => [name, name]));

  describe.each([
    ['3.14.0', 'pg-pool', ''],
    ['3.4.0', 'pg-pool-oldest', 'older '],
  ])('as pg-pool %s', (version, folder) => {
    function createPool(options: object): Pool {
      const copy = copyOf({ ...parts, 'pg-pool': folder });
      const { Pool } = copy.require('pg') as { Pool: PoolClass };
      return new Pool({ host: postgres.socketFolder, user: 'tester', database: 'postgres', ...options });
    }

    it('tells who waited for a connection behind whom', async () => {
      const pool = createPool({ max: 1 });
      expect(watch.begin()).toContainEqual(
        expect.objectContaining({ name: 'pg-pool', version, state: 'followed' }),
      );
      async function settle() {
        const client = await pool.connect();
        await client.query('select pg_sleep(0.05)');
        client.release();
      }
      function bet() {
        return pool.query('select 1 as one');
      }
      const [, { rows }] = await Promise.all([settle(), bet()]);
      const { waits, holds, table } = end();
      expect(rows).toEqual([{ one: 1 }]);
      expect(waits).toEqual([{ by: 'bet', behind: 'settle', contentions: 1, outcome: 'acquired' }]);
      expect(holds).toEqual([
        { by: 'settle', holds: 1, stillHeld: 0, blocked: 1 },
        { by: 'bet', holds: 1, stillHeld: 0, blocked: 0 },
      ]);
      expect(table.locks[0]).toMatchObject({ name: 'pg postgres', kind: 'pool', library: 'pg-pool' });
      expect(table.waits[0]?.delayNanos).toBeGreaterThan(40e6);
      await pool.end();
    });

    it('tells of those whose time ran out, whose statement failed and who called back', async () => {
      const pool = createPool({ max: 1, connectionTimeoutMillis: 100 });
      watch.begin();
      await new Promise<void>((resolve, reject) => {
        pool.connect((error, client, release) => {
          if (error) return reject(error);
          void expect(pool.connect())
            .rejects.toThrow('timeout')
            .then(() => client.query('select nonsense').catch(() => {}))
            .then(() => release())
            .then(resolve, reject);
        });
      });
      await expect(pool.query('select nonsense')).rejects.toThrow('nonsense');
      const { waits, holds } = end();
      expect(waits).toMatchObject([{ contentions: 1, outcome: 'gave up' }]);
      expect(holds.map(({ holds: times, stillHeld }) => [times, stillHeld])).toEqual([
        [1, 0],
        [1, 0],
      ]);
      await pool.end();
    });

    it('blames the hold of a connection that was thrown away for the wait for the next', async () => {
      const pool = createPool({ max: 1 });
      watch.begin();
      async function spoil() {
        const client = await pool.connect();
        const next = bet();
        await sleep(10);
        client.release(new Error('spoilt'));
        await next;
      }
      function bet() {
        return pool.query('select 1');
      }
      await spoil();
      expect(end().waits).toEqual([{ by: 'bet', behind: 'spoil', contentions: 1, outcome: 'acquired' }]);
      await pool.end();
    });
  });
});
