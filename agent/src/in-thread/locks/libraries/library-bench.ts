import type { Lock, LockFacts } from '../lock.ts';
import { asyncMutex } from './async-mutex.ts';
import { genericPool } from './generic-pool.ts';
import { findInstalled, findLoaded } from './loaded-libraries.ts';
import { Patch } from './patch.ts';
import { pgPool } from './pg-pool.ts';

/** A library whose locks can be watched from outside. */
export interface KnownLibrary {
  /** As npm knows it. */
  name: string;
  /** The versions that were looked at, in words. */
  versions: string;
  isKnown(version: string): boolean;
  /** It comes as an ES module, too, that shares nothing with what `require` gives. */
  hasOwnModule: boolean;
  /** The classes that the patch needs out of what a module exports; undefined when they are not there as expected. */
  findClasses(exported: unknown): object | undefined;
  /** Wraps their methods. */
  wrap(classes: object, patch: Patch, locks: LibraryLocks): void;
}

/** Where the wrapped methods find the lock that belongs to an object of the library. */
export interface LibraryLocks {
  lockOf(owner: object, facts: () => Pick<LockFacts, 'name' | 'kind'>): Lock;
}

/** What became of one copy of a library. */
export interface LibraryFinding {
  name: string;
  /** Empty when the service handed it over. */
  version: string;
  state: 'followed' | 'version unknown' | 'shape unknown' | 'not loaded as CommonJS';
  /** The versions that are known, in words. */
  known: string;
}

const knownLibraries: readonly KnownLibrary[] = [asyncMutex, genericPool, pgPool];
const mostLocks = 1_000;
const mostHanded = 16;

/** Wraps what this thread has loaded of the known libraries, while somebody wants it, and unwraps all of it afterwards. */
export class LibraryBench {
  readonly #create: (facts: LockFacts) => Lock;
  readonly #wanted = new Set<string>();
  readonly #handed = new Set<object>();
  #patch: Patch | undefined;
  #findings: LibraryFinding[] = [];
  #locks: Lock[] = [];

  constructor(create: (facts: LockFacts) => Lock) {
    this.#create = create;
  }

  /** Those that were seen since they are followed. */
  get locks(): readonly Lock[] {
    return this.#locks;
  }

  /** Takes a library that cannot be found otherwise, one that was bundled or loaded as an ES module. False: not known. */
  hand(exported: unknown): exported is object {
    if (typeof exported !== 'object' && typeof exported !== 'function') return false;
    if (exported === null || this.#handed.size >= mostHanded) return false;
    const isKnown = knownLibraries.some((library) => library.findClasses(exported) !== undefined);
    if (isKnown) this.#handed.add(exported);
    return isKnown;
  }

  takeBack(exported: object): void {
    this.#handed.delete(exported);
  }

  /** What would be followed. */
  find(): LibraryFinding[] {
    return this.#patch ? this.#findings : this.#go(undefined);
  }

  /** @param who is told apart from others who want the same */
  follow(who: string): LibraryFinding[] {
    this.#wanted.add(who);
    if (!this.#patch) {
      this.#patch = new Patch();
      this.#locks = [];
      this.#findings = this.#go(this.#patch);
    }
    return this.#findings;
  }

  leave(who: string): void {
    this.#wanted.delete(who);
    if (this.#wanted.size > 0) return;
    this.#patch?.undo();
    this.#patch = undefined;
    this.#locks = [];
  }

  #go(patch: Patch | undefined): LibraryFinding[] {
    return [
      ...knownLibraries.flatMap((library) => this.#goThroughLoaded(library, patch)),
      ...[...this.#handed].flatMap((exported) => this.#goThroughHanded(exported, patch)),
    ];
  }

  #goThroughLoaded(library: KnownLibrary, patch: Patch | undefined): LibraryFinding[] {
    const { name, versions: known } = library;
    const findings = findLoaded(name).map(({ version, exports }): LibraryFinding => {
      if (!library.isKnown(version)) return { name, version, state: 'version unknown', known };
      const classes = exports.map((exported) => library.findClasses(exported)).find((found) => found);
      if (!classes) return { name, version, state: 'shape unknown', known };
      if (patch) library.wrap(classes, patch, this.#locksOf(name));
      return { name, version, state: 'followed', known };
    });
    const isElsewhere = library.hasOwnModule && findings.length === 0;
    const version = isElsewhere ? findInstalled(name) : undefined;
    if (version !== undefined) findings.push({ name, version, state: 'not loaded as CommonJS', known });
    return findings;
  }

  #goThroughHanded(exported: object, patch: Patch | undefined): LibraryFinding[] {
    return knownLibraries.flatMap((library): LibraryFinding[] => {
      const classes = library.findClasses(exported);
      if (!classes) return [];
      if (patch) library.wrap(classes, patch, this.#locksOf(library.name));
      return [{ name: library.name, version: '', state: 'followed', known: library.versions }];
    });
  }

  #locksOf(library: string): LibraryLocks {
    const locks = new WeakMap<object, Lock>();
    let others: Lock | undefined;
    return {
      lockOf: (owner, toFacts) => {
        const known = locks.get(owner);
        if (known) return known;
        const create = (facts: Pick<LockFacts, 'name' | 'kind'>) => {
          const lock = this.#create({ ...facts, library, capacity: 0 });
          this.#locks.push(lock);
          return lock;
        };
        if (this.#locks.length >= mostLocks) {
          others ??= create({ ...toFacts(), name: 'further ones' });
          return others;
        }
        const lock = create(toFacts());
        locks.set(owner, lock);
        return lock;
      },
    };
  }
}
