import { seededRandom } from '../../harness/random.ts';
import { CLASSES, type HeapNames, PROPERTIES } from './heap-names.ts';
import type { HeapSink } from './heap-sink.ts';

export const SHARED_STRINGS = 1000;
/** Nodes of each class: constructor, prototype, map, descriptors, shared function info. */
const CLASS_NODES = 5;

/** One time that a grown heap is told: where it is, what is left to be held, and chance. */
export class HeapTeller {
  readonly sink: HeapSink;
  readonly names: HeapNames;
  /** A whole number below the one given. */
  readonly random: (below: number) => number;
  /** Where the first node of each thing stands. */
  readonly heads: Uint32Array;
  /** Of each thing: 1 where V8's roots hold it and no global object does. */
  readonly isSystem: Uint8Array;
  /** The first thing that nobody holds yet. */
  nextThing = 0;
  /** Where strings that all share, and classes, begin. */
  firstShared = 0;
  firstClass = 0;
  /** The thing that is told. */
  thing = 0;
  /** What it holds: things in a row. */
  child = 0;
  lastChild = 0;
  #textNumber = 0;

  constructor(sink: HeapSink, names: HeapNames, seed: number, heads: Uint32Array, isSystem: Uint8Array) {
    this.sink = sink;
    this.names = names;
    this.random = seededRandom(seed);
    this.heads = heads;
    this.isSystem = isSystem;
  }

  /** Much more often little than much, between 0 and `below`. */
  few(below: number): number {
    const share = this.random(1 << 20) / (1 << 20);
    return Math.floor(below * share * share * share * share);
  }

  chance(outOf: number): boolean {
    return this.random(outOf) === 0;
  }

  /** The next so many things that nobody holds hang below this one. */
  hold(count: number): number {
    this.child = this.nextThing;
    this.lastChild = Math.min(this.nextThing + count, this.heads.length);
    this.nextThing = this.lastChild;
    const system = this.isSystem[this.thing] ?? 0;
    if (system === 1) this.isSystem.fill(1, this.child, this.lastChild);
    return this.lastChild - this.child;
  }

  /** Of those held the next, or any other thing when there is none left. */
  heldOrAny(): number {
    return this.child < this.lastChild ? (this.heads[this.child++] ?? 0) : this.any();
  }

  /**
   * Any other thing's first node: one that was made at about the same time as a rule, or one that many refer to. What global
   * objects hold never leads to what only V8 holds, or all would be theirs.
   */
  any(): number {
    const things = this.heads.length;
    const which = this.random(8);
    const near = Math.max(0, this.thing + 500 - this.few(5000));
    const other = which === 0 ? this.random(things) : which < 3 ? this.few(things) : near % things;
    const mayLead = (this.isSystem[this.thing] ?? 0) >= (this.isSystem[other] ?? 0);
    return this.heads[mayLead ? other : this.thing] ?? 0;
  }

  class(): number {
    return this.few(CLASSES);
  }

  classNode(number: number, part: number): number {
    return this.firstClass + number * CLASS_NODES + part;
  }

  sharedString(): number {
    return this.firstShared + this.few(SHARED_STRINGS);
  }

  property(): number {
    return this.names.firstProperty + this.few(PROPERTIES);
  }

  text(): number {
    const length = 3 + this.few(300);
    const number = this.#textNumber++;
    return this.sink.text(() => textOf(number, length));
  }
}

const FILLING =
  'the quick brown fox jumps over the lazy dog, then waits for "Jürgen" \\ to\nset the table for 12 € ';

/** What a string of a service may read: of that length, the same for the same number, every tenth not ASCII. */
function textOf(number: number, length: number): string {
  const own = `${number.toString(36)}-`;
  const start = number % 10 === 0 ? 40 : 0;
  return (own + FILLING.slice(start, start + 50).repeat(Math.ceil(length / 50))).slice(
    0,
    Math.max(length, own.length),
  );
}
