import type { LockTurn } from '../lock-turn.ts';
import type { KnownLibrary } from './library-bench.ts';
import { isObject, type Method, prototypeOf, quietly } from './patch.ts';
import { isBetween } from './versions.ts';

interface Pool {
  readonly waitingCount: number;
  readonly idleCount: number;
  readonly options?: { database?: unknown };
  _isFull(): boolean;
}

type Callback = (error: unknown, client: unknown, release: unknown) => unknown;

/**
 * The pool of `pg`, which `pool.query` goes through too.
 *
 * @see https://github.com/brianc/node-postgres/tree/master/packages/pg-pool
 */
export const pgPool: KnownLibrary = {
  name: 'pg-pool',
  versions: '3.4 to 3.14',
  hasOwnModule: false,
  isKnown: (version) => isBetween(version, '3.4', '3.14'),

  findClasses(exported) {
    const pool = findPrototype(exported);
    return pool && 'waitingCount' in pool && 'idleCount' in pool ? { pool } : undefined;
  },

  wrap(classes, patch, locks) {
    const { pool } = classes as { pool: object };
    const holders = new WeakMap<object, LockTurn>();
    const lockOf = (owner: object) => locks.lockOf(owner, () => ({ name: nameOf(owner), kind: 'pool' }));

    const tell = (turn: LockTurn, error: unknown, client: unknown) =>
      quietly(() => {
        if (!patch.isOn) return;
        if (error || !isObject(client)) return turn.released();
        turn.acquired();
        holders.set(client, turn);
      });
    const connect = (turn: LockTurn, original: Method, pool: object, callback: unknown): unknown => {
      if (typeof callback === 'function') {
        const told: Callback = (error, client, release) => {
          tell(turn, error, client);
          return callback(error, client, release);
        };
        return original.call(pool, told);
      }
      return (original.call(pool, callback) as Promise<unknown>).then(
        (client) => {
          tell(turn, undefined, client);
          return client;
        },
        (error: unknown) => {
          tell(turn, error, undefined);
          throw error;
        },
      );
    };
    patch.replace(
      pool,
      'connect',
      (original, ours) =>
        function (...given) {
          const turn = quietly(() => lockOf(this).ask(ours, isUsedUp(this as Pool)));
          if (!turn) return original.apply(this, given);
          try {
            return connect(turn, original, this, given[0]);
          } catch (error) {
            quietly(() => turn.released());
            throw error;
          }
        },
    );
    patch.replace(
      pool,
      '_release',
      (original) =>
        function (...given) {
          quietly(() => {
            const [client] = given;
            const turn = isObject(client) ? holders.get(client) : undefined;
            if (turn) turn.released();
            else lockOf(this).takeBackUnknown();
          });
          return original.apply(this, given);
        },
    );
  },
};

/** Every connection is taken, or promised to those who ask already. */
function isUsedUp(pool: Pool): boolean {
  return pool.waitingCount >= pool.idleCount && pool._isFull();
}

function nameOf(pool: object): string {
  const database = (pool as Pool).options?.database;
  return typeof database === 'string' && database !== '' ? `pg ${database.slice(0, 64)}` : 'pg';
}

/** `pg` exports a class of its own that extends the one of `pg-pool`. */
function findPrototype(exported: unknown): object | undefined {
  const needed = ['connect', '_release', '_isFull', 'query', 'end'];
  let prototype = prototypeOf(exported, 'Pool') ?? prototypeOf(exported, 'BoundPool');
  while (typeof prototype === 'object' && prototype !== null) {
    if (needed.every((name) => Object.hasOwn(prototype as object, name))) return prototype;
    prototype = Object.getPrototypeOf(prototype);
  }
  return undefined;
}
