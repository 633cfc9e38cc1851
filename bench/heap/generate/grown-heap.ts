import { CountingSink } from './counting-sink.ts';
import { type HeapNames, heapNames } from './heap-names.ts';
import type { HeapSink, ToldHeap } from './heap-sink.ts';
import { HeapTeller } from './heap-teller.ts';
import { tellRoots, tellShared } from './tell-roots.ts';
import { tellThing } from './tell-things.ts';

/** Nodes that one thing has on an average. */
const NODES_PER_THING = 4.55;

/**
 * A heap made up as heaps of services are, the same for the same seed, of about so many nodes. It consists of things: records of many
 * classes, collections, closures with contexts, chains, buffers, documents. Each hangs below another and refers to any others; few hold
 * most (degrees have a long tail). V8's roots and all of its kinds of edges are there, and what is held weakly or by nothing.
 */
export class GrownHeap implements ToldHeap {
  readonly #names: HeapNames = heapNames();
  readonly #seed: number;
  readonly #count: number;
  /** Where the first node of each thing stands. */
  readonly #heads: Uint32Array;
  /** Of each thing: 1 where V8's roots hold it and no global object does. */
  readonly #isSystem: Uint8Array;
  #isPlanned = false;

  constructor(nodeCount: number, seed: number) {
    this.#seed = seed;
    this.#count = Math.max(64, Math.round(nodeCount / NODES_PER_THING));
    this.#heads = new Uint32Array(this.#count);
    this.#isSystem = new Uint8Array(this.#count);
  }

  get names(): readonly string[] {
    return this.#names.all;
  }

  tell(sink: HeapSink): void {
    // Things refer to others further down: the first time it only finds out where they stand.
    if (!this.#isPlanned) {
      this.#isPlanned = true;
      this.#tellAll(new CountingSink(this.#names.all.length));
    }
    this.#tellAll(sink);
  }

  #tellAll(sink: HeapSink): void {
    tellHeap(new HeapTeller(sink, this.#names, this.#seed, this.#heads, this.#isSystem));
  }
}

function tellHeap(teller: HeapTeller): void {
  tellRoots(teller);
  tellShared(teller);
  for (teller.thing = 0; teller.thing < teller.heads.length; teller.thing++) {
    teller.heads[teller.thing] = teller.sink.nextNode;
    tellThing(teller);
  }
}
