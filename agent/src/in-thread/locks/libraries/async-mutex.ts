import type { LockTurn } from '../lock-turn.ts';
import type { KnownLibrary } from './library-bench.ts';
import { hasMethods, prototypeOf, quietly } from './patch.ts';
import { isBetween } from './versions.ts';

interface Semaphore {
  getValue(): number;
}

/** What `acquire` promises. */
type Ticket = [value: unknown, release: () => void];

/**
 * Every mutex has a semaphore of 1 inside, so the semaphore alone is watched, by its public methods.
 *
 * @see https://github.com/DirtyHairy/async-mutex
 */
export const asyncMutex: KnownLibrary = {
  name: 'async-mutex',
  versions: '0.4 to 0.5',
  hasOwnModule: true,
  isKnown: (version) => isBetween(version, '0.4', '0.5'),

  findClasses(exported) {
    const semaphore = prototypeOf(exported, 'Semaphore');
    const needed = ['acquire', 'release', 'runExclusive', 'getValue', 'setValue', 'cancel'];
    return hasMethods(semaphore, needed) ? { semaphore } : undefined;
  },

  wrap(classes, patch, locks) {
    const { semaphore } = classes as { semaphore: object };
    let isReleasing = false;
    const lockOf = (owner: object) => locks.lockOf(owner, () => ({ name: 'async-mutex', kind: 'lock' }));

    const tracked = (turn: LockTurn, [value, release]: Ticket): Ticket => {
      turn.acquired();
      const giveBack = () => {
        // What is held on beyond the recording is given back as if it had never been recorded.
        if (!patch.isOn) return release();
        turn.released();
        isReleasing = true;
        try {
          release();
        } finally {
          isReleasing = false;
        }
      };
      return [value, giveBack];
    };
    patch.replace(
      semaphore,
      'acquire',
      (original, ours) =>
        function (...given) {
          const weight = typeof given[0] === 'number' ? given[0] : 1;
          const before = (this as Semaphore).getValue();
          const promise = original.apply(this, given) as Promise<Ticket>;
          // What it has to give is less at once when it was given at once.
          const isContended = (this as Semaphore).getValue() === before;
          const turn = quietly(() => lockOf(this).ask(ours, isContended, weight));
          if (!turn) return promise;
          return promise.then(
            (ticket) => (patch.isOn ? quietly(() => tracked(turn, ticket)) : undefined) ?? ticket,
            (error: unknown) => {
              if (patch.isOn) quietly(() => turn.released());
              throw error;
            },
          );
        },
    );
    patch.replace(
      semaphore,
      'release',
      (original) =>
        function (...given) {
          // Not through what `acquire` gave: it is not said whose it was, so it was his who has it longest.
          if (!isReleasing) {
            quietly(() => {
              const lock = lockOf(this);
              if (lock.held.first) lock.held.first.released();
              else lock.takeBackUnknown();
            });
          }
          return original.apply(this, given);
        },
    );
  },
};
