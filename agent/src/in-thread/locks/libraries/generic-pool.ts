import type { LockTurn } from '../lock-turn.ts';
import type { KnownLibrary } from './library-bench.ts';
import { hasMethods, isObject, type Method, prototypeOf, quietly } from './patch.ts';
import { isBetween } from './versions.ts';

/** The counts that a pool tells of itself. */
interface Pool {
  readonly borrowed: number;
  readonly pending: number;
  readonly max: number;
  isBorrowedResource(resource: unknown): boolean;
}

/** @see https://github.com/coopernurse/node-pool */
export const genericPool: KnownLibrary = {
  name: 'generic-pool',
  versions: '3.4 to 3.9',
  hasOwnModule: false,
  isKnown: (version) => isBetween(version, '3.4', '3.9'),

  findClasses(exported) {
    const pool = prototypeOf(exported, 'Pool');
    const isKnown =
      hasMethods(pool, ['acquire', 'release', 'destroy', 'isBorrowedResource', 'drain']) &&
      ['borrowed', 'pending', 'max'].every((name) => name in pool);
    return isKnown ? { pool } : undefined;
  },

  wrap(classes, patch, locks) {
    const { pool } = classes as { pool: object };
    const loans = new WeakMap<object, LockTurn>();
    const lockOf = (owner: object) => locks.lockOf(owner, () => ({ name: 'generic-pool', kind: 'pool' }));

    patch.replace(
      pool,
      'acquire',
      (original, ours) =>
        function (...given) {
          const { borrowed, pending, max } = this as Pool;
          const promise = original.apply(this, given) as Promise<unknown>;
          // A resource that is only being created or tested is waited for too, but nobody else has it.
          const isContended = (this as Pool).pending > pending && borrowed + pending >= max;
          const turn = quietly(() => lockOf(this).ask(ours, isContended));
          if (!turn) return promise;
          return promise.then(
            (resource) => {
              quietly(() => {
                turn.acquired();
                if (isObject(resource)) loans.set(resource, turn);
              });
              return resource;
            },
            (error: unknown) => {
              if (patch.isOn) quietly(() => turn.released());
              throw error;
            },
          );
        },
    );

    const tellEnd = (original: Method): Method =>
      function (...given) {
        const [resource] = given;
        quietly(() => {
          if (!(this as Pool).isBorrowedResource(resource)) return;
          const turn = isObject(resource) ? loans.get(resource) : undefined;
          if (turn) turn.released();
          else lockOf(this).takeBackUnknown();
        });
        return original.apply(this, given);
      };
    patch.replace(pool, 'release', tellEnd);
    patch.replace(pool, 'destroy', tellEnd);
  },
};
