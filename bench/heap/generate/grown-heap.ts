import { seededRandom } from '../../harness/random.ts';
import { CLASSES, FUNCTIONS, GC_ROOTS, type HeapNames, heapNames, PROPERTIES, TAGS } from './heap-names.ts';
import { ATTACHED, DETACHED, EDGE, type HeapSink, idOf, NODE, type ToldHeap, UNKNOWN } from './heap-sink.ts';

/** Nodes that one thing has on an average. */
const NODES_PER_THING = 4.55;
const SHARED_STRINGS = 1000;
/** Nodes of each class: constructor, prototype, map, descriptors, shared function info. */
const CLASS_NODES = 5;

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
      this.#tellAll(new Planning(this.#names.all.length));
    }
    this.#tellAll(sink);
  }

  #tellAll(sink: HeapSink): void {
    new Telling(sink, this.#names, this.#seed, this.#heads, this.#isSystem).tellAll();
  }
}

class Planning implements HeapSink {
  nextNode = 0;
  #texts: number;

  constructor(firstText: number) {
    this.#texts = firstText;
  }

  node(): void {
    this.nextNode++;
  }

  edge(): void {}

  location(): void {}

  text(): number {
    return this.#texts++;
  }
}

/** One time that the heap is told. */
class Telling {
  readonly #sink: HeapSink;
  readonly #names: HeapNames;
  readonly #random: (below: number) => number;
  readonly #heads: Uint32Array;
  readonly #isSystem: Uint8Array;
  /** The first thing that nobody holds yet. */
  #nextThing = 0;
  #firstShared = 0;
  #firstClass = 0;
  /** The thing that is told. */
  #thing = 0;
  /** What it holds: things in a row. */
  #child = 0;
  #lastChild = 0;
  /** Texts grow by their number, and many are alike but for it. */
  #textNumber = 0;

  constructor(sink: HeapSink, names: HeapNames, seed: number, heads: Uint32Array, isSystem: Uint8Array) {
    this.#sink = sink;
    this.#names = names;
    this.#random = seededRandom(seed);
    this.#heads = heads;
    this.#isSystem = isSystem;
  }

  tellAll(): void {
    this.#tellRoots();
    this.#tellShared();
    for (this.#thing = 0; this.#thing < this.#heads.length; this.#thing++) {
      this.#heads[this.#thing] = this.#sink.nextNode;
      this.#tellThing();
    }
  }

  /** Much more often little than much, between 0 and `below`. */
  #few(below: number): number {
    const share = this.#random(1 << 20) / (1 << 20);
    return Math.floor(below * share * share * share * share);
  }

  #chance(outOf: number): boolean {
    return this.#random(outOf) === 0;
  }

  /** The next so many things that nobody holds hang below this one. */
  #hold(count: number): number {
    this.#child = this.#nextThing;
    this.#lastChild = Math.min(this.#nextThing + count, this.#heads.length);
    this.#nextThing = this.#lastChild;
    const system = this.#isSystem[this.#thing] ?? 0;
    if (system === 1) this.#isSystem.fill(1, this.#child, this.#lastChild);
    return this.#lastChild - this.#child;
  }

  /** Of those held the next, or any other thing when there is none left. */
  #heldOrAny(): number {
    return this.#child < this.#lastChild ? (this.#heads[this.#child++] ?? 0) : this.#any();
  }

  /**
   * Any other thing's first node: one that was made at about the same time as a rule, or one that many refer to. What global
   * objects hold never leads to what only V8 holds, or all would be theirs.
   */
  #any(): number {
    const things = this.#heads.length;
    const which = this.#random(8);
    const near = Math.max(0, this.#thing + 500 - this.#few(5000));
    const other = which === 0 ? this.#random(things) : which < 3 ? this.#few(things) : near % things;
    const mayLead = (this.#isSystem[this.#thing] ?? 0) >= (this.#isSystem[other] ?? 0);
    return this.#heads[mayLead ? other : this.#thing] ?? 0;
  }

  #class(): number {
    return this.#few(CLASSES);
  }

  #classNode(number: number, part: number): number {
    return this.#firstClass + number * CLASS_NODES + part;
  }

  #sharedString(): number {
    return this.#firstShared + this.#few(SHARED_STRINGS);
  }

  #property(): number {
    return this.#names.firstProperty + this.#few(PROPERTIES);
  }

  #text(): number {
    const length = 3 + this.#few(400);
    const number = this.#textNumber++;
    return this.#sink.text(() => textOf(number, length));
  }

  #tellRoots(): void {
    const { of } = this.#names;
    const sink = this.#sink;
    const firstGcRoot = 2;
    const persistent = firstGcRoot + GC_ROOTS.length;
    const environment = persistent + 1;
    const global = environment + 1;
    const nativeContext = global + 1;
    this.#firstShared = nativeContext + 1;
    this.#firstClass = this.#firstShared + SHARED_STRINGS;

    sink.node(NODE.synthetic, of[''], 0);
    sink.edge(EDGE.element, 1, 1);
    sink.edge(EDGE.shortcut, 2, global);
    sink.edge(EDGE.element, 3, persistent);
    sink.edge(EDGE.element, 4, environment);

    sink.node(NODE.synthetic, of['(GC roots)'], 0);
    for (let root = 0; root < GC_ROOTS.length; root++) sink.edge(EDGE.element, root + 1, firstGcRoot + root);

    // What global objects hold: nine in ten of the things. The rest hangs below V8's own roots and native ones.
    const [own, held] = [this.#heads.length >> 6, (this.#heads.length >> 6) * 10];
    this.#nextThing = Math.min(this.#heads.length, Math.max(8, Math.min(held, 4000)));
    const split = Math.floor(this.#nextThing * 0.9);
    for (let thing = 0; thing < this.#nextThing; thing++) this.#isSystem[thing] = thing < split ? 0 : 1;
    for (const [index, name] of GC_ROOTS.entries()) {
      sink.node(NODE.synthetic, of[name], 0);
      if (name === '(Internalized strings)') {
        for (let string = 0; string < SHARED_STRINGS; string++)
          sink.edge(string % 3 === 0 ? EDGE.internal : EDGE.weak, of.value, this.#firstShared + string);
      } else if (name === '(Strong root list)') {
        for (let number = 0; number < CLASSES; number += 7)
          sink.edge(EDGE.internal, of.map, this.#classNode(number, 2));
        sink.edge(EDGE.internal, of.native_context, nativeContext);
      } else {
        // Handles lead to what global objects hold as well.
        for (let edge = 0; edge < 1 + (own % 50); edge++)
          if (this.#heads.length > 0)
            sink.edge(
              index % 4 === 3 ? EDGE.weak : EDGE.internal,
              of.value,
              this.#heads[this.#random(split)] ?? 0,
            );
        for (let thing = split + index; thing < this.#nextThing; thing += GC_ROOTS.length + 2)
          sink.edge(EDGE.internal, of.value, this.#heads[thing] ?? 0);
      }
    }
    for (const [index, name] of (['C++ Persistent roots', 'Node / Environment'] as const).entries()) {
      sink.node(NODE.synthetic, of[name], index * 2824);
      for (let thing = split + GC_ROOTS.length + index; thing < this.#nextThing; thing += GC_ROOTS.length + 2)
        sink.edge(EDGE.element, thing, this.#heads[thing] ?? 0);
      sink.edge(EDGE.element, 1, global);
    }
    sink.node(NODE.object, of.global, 40);
    for (let thing = 0; thing < split; thing++)
      sink.edge(EDGE.property, this.#names.firstProperty + (thing % PROPERTIES), this.#heads[thing] ?? 0);
    sink.edge(EDGE.internal, of.native_context, nativeContext);
    sink.node(NODE.hidden, of['system / NativeContext'], 2440);
    sink.edge(EDGE.internal, of.sloppy_function_map, this.#classNode(3, 2));
    for (let number = 0; number < CLASSES; number++)
      sink.edge(EDGE.internal, of.constructor, this.#classNode(number, 0));
  }

  #tellShared(): void {
    const { of, firstClass, firstFunction } = this.#names;
    const sink = this.#sink;
    for (let string = 0; string < SHARED_STRINGS; string++) {
      sink.node(NODE.string, this.#text(), 24 + (string % 40));
      sink.edge(EDGE.internal, of.map, this.#classNode(0, 2));
    }
    for (let number = 0; number < CLASSES; number++) {
      const part = (index: number) => this.#classNode(number, index);
      const name = firstClass + number;
      sink.node(NODE.closure, name, 64);
      sink.edge(EDGE.property, of.prototype, part(1));
      sink.edge(EDGE.internal, of.shared, part(4));
      sink.edge(EDGE.internal, of.map, this.#classNode(1, 2));
      sink.location(1 + (number % 300), number * 7, number % 80);
      sink.node(NODE.object, name, 56);
      sink.edge(EDGE.property, of.constructor, part(0));
      sink.edge(EDGE.property, this.#names.proto, this.#classNode(number >> 1, 1));
      sink.edge(EDGE.internal, of.map, this.#classNode(2, 2));
      sink.node(NODE.shape, of['system / Map'], 80);
      sink.edge(EDGE.internal, of.prototype, part(1));
      sink.edge(EDGE.internal, of.constructor, part(0));
      sink.edge(EDGE.internal, of.descriptors, part(3));
      sink.edge(EDGE.weak, of.map, this.#classNode(this.#random(CLASSES), 2));
      sink.node(NODE.array, of['(map descriptors)'], 96);
      for (let entry = 0; entry < 12; entry++)
        sink.edge(
          entry % 2 === 0 ? EDGE.hidden : EDGE.internal,
          entry % 2 === 0 ? entry : this.#property(),
          entry % 3 === 1 ? part(1) : this.#sharedString(),
        );
      sink.node(NODE.code, of['(shared function info)'], 72);
      sink.edge(EDGE.internal, firstFunction + number, this.#sharedString());
    }
  }

  #tellThing(): void {
    // So that there is always one that holds the next.
    const isLast = this.#nextThing <= this.#thing + 1;
    const kind = isLast ? 40 : this.#random(100);
    if (kind < 40) this.#tellRecord();
    else if (kind < 50) this.#tellArray();
    else if (kind < 55) this.#tellMap();
    else if (kind < 57) this.#tellWeakMap();
    else if (kind < 78) this.#tellClosure();
    else if (kind < 82) this.#tellChain();
    else if (kind < 87) this.#tellRope();
    else if (kind < 90) this.#tellBuffer();
    else if (kind < 93) this.#tellWeakReference();
    else if (kind < 96) this.#tellElement();
    else this.#tellHidden();
  }

  #tellRecord(): void {
    const { of, firstClass } = this.#names;
    const sink = this.#sink;
    const number = this.#class();
    const held = this.#hold(this.#few(4));
    const fields = 3 + this.#few(16);
    const ownTexts = this.#random(3);
    const numbers = this.#random(3);
    const head = sink.nextNode;
    sink.node(NODE.object, firstClass + number, 24 + 8 * fields);
    // The same fields for objects of one class, as a rule.
    const firstField = this.#names.firstProperty + ((number * 7) % (PROPERTIES - 40));
    let own = head + 1;
    for (let field = 0; field < fields; field++) {
      const name = this.#chance(40) ? this.#property() : firstField + field;
      const to = field < ownTexts || field - ownTexts < numbers ? own++ : this.#fieldValue(field);
      sink.edge(EDGE.property, name, to);
    }
    for (let thing = 0; thing < held; thing++)
      // One in some thousands is held weakly alone.
      sink.edge(this.#chance(3000) ? EDGE.weak : EDGE.property, this.#property(), this.#heldOrAny());
    sink.edge(EDGE.property, this.#names.proto, this.#classNode(number, 1));
    sink.edge(EDGE.internal, of.map, this.#classNode(number, 2));
    const owned = own - head - 1;
    for (let index = 0; index < owned; index++)
      if (index < ownTexts) {
        sink.node(NODE.string, this.#text(), 16 + 8 * this.#few(40));
        sink.edge(EDGE.internal, of.map, this.#classNode(0, 2));
      } else {
        sink.node(NODE.number, of['heap number'], 16);
        sink.edge(EDGE.internal, of.map, this.#classNode(1, 2));
      }
  }

  #fieldValue(field: number): number {
    if (field % 3 === 0) return this.#any();
    return this.#sharedString();
  }

  #tellArray(): void {
    const { of } = this.#names;
    const sink = this.#sink;
    const held = this.#hold(1 + this.#few(this.#chance(500) ? 60_000 : 24));
    const [child, head] = [this.#child, sink.nextNode];
    sink.node(NODE.object, of.Array, 32);
    for (let index = 0; index < held; index++)
      sink.edge(EDGE.element, index, this.#heads[child + index] ?? 0);
    sink.edge(EDGE.internal, of.elements, head + 1);
    sink.edge(EDGE.property, this.#names.proto, this.#classNode(4, 1));
    sink.edge(EDGE.internal, of.map, this.#classNode(4, 2));
    sink.node(NODE.array, of['(object elements)'], 16 + 8 * held);
    for (let index = 0; index < held; index++)
      sink.edge(EDGE.hidden, index + 2, this.#heads[child + index] ?? 0);
  }

  #tellMap(): void {
    const { of } = this.#names;
    const sink = this.#sink;
    const held = this.#hold(2 + this.#few(this.#chance(300) ? 90_000 : 40));
    const head = sink.nextNode;
    const [child, own] = [this.#child, Math.min(held, 500_000)];
    sink.node(NODE.object, of.Map, 32);
    sink.edge(EDGE.internal, of.table, head + 1);
    sink.edge(EDGE.property, this.#names.proto, this.#classNode(5, 1));
    sink.edge(EDGE.internal, of.map, this.#classNode(5, 2));
    sink.node(NODE.array, of[''], 24 + 24 * held);
    for (let entry = 0; entry < own; entry++) {
      sink.edge(EDGE.internal, this.#names.firstProperty + (entry % PROPERTIES), head + 2 + entry);
      sink.edge(
        EDGE.internal,
        this.#names.firstProperty + (entry % PROPERTIES),
        this.#heads[child + entry] ?? 0,
      );
    }
    for (let entry = 0; entry < own; entry++) sink.node(NODE.string, this.#text(), 24);
  }

  /** V8 tells of each value twice: an edge from the key and one from the table, both named after key, value and table. */
  #tellWeakMap(): void {
    const { of } = this.#names;
    const sink = this.#sink;
    const pairs = 1 + this.#few(12);
    const head = sink.nextNode;
    const [table, firstKey] = [head + 1, head + 2];
    const firstValue = firstKey + pairs;
    const pairName = (pair: number, number: number) =>
      sink.text(
        () =>
          `${number} / part of key (Object @${idOf(firstKey + pair)}) -> value (Object @${idOf(firstValue + pair)}) pair in WeakMap (table @${idOf(table)})`,
      );
    sink.node(NODE.object, of.WeakMap, 32);
    sink.edge(EDGE.internal, of.table, table);
    sink.edge(EDGE.property, this.#names.proto, this.#classNode(6, 1));
    sink.edge(EDGE.internal, of.map, this.#classNode(6, 2));
    sink.node(NODE.array, of[''], 24 + 24 * pairs);
    for (let pair = 0; pair < pairs; pair++) {
      sink.edge(EDGE.weak, of.value, firstKey + pair);
      sink.edge(EDGE.internal, pairName(pair, pair * 2 + 3), firstValue + pair);
    }
    // Keys are held by others: by the key before, or by the map's own object for the first.
    for (let pair = 0; pair < pairs; pair++) {
      sink.node(NODE.object, of.Object, 32);
      sink.edge(EDGE.internal, pairName(pair, 1), firstValue + pair);
      if (pair + 1 < pairs && !this.#chance(20)) sink.edge(EDGE.property, of.next, firstKey + pair + 1);
      sink.edge(EDGE.internal, of.map, this.#classNode(2, 2));
    }
    for (let pair = 0; pair < pairs; pair++) {
      sink.node(NODE.object, of.Object, 40);
      sink.edge(EDGE.property, of.value, this.#fieldValue(pair));
      sink.edge(EDGE.property, this.#property(), this.#sharedString());
      sink.edge(EDGE.internal, of.map, this.#classNode(2, 2));
    }
  }

  #tellClosure(): void {
    const { of, firstFunction } = this.#names;
    const sink = this.#sink;
    const number = this.#few(FUNCTIONS);
    const variables = 1 + this.#few(10);
    const held = this.#hold(this.#random(4) === 0 ? 2 : 1);
    const head = sink.nextNode;
    const isBound = this.#chance(20);
    sink.node(NODE.closure, firstFunction + number, 64);
    sink.edge(EDGE.internal, of.context, head + 1);
    sink.edge(EDGE.internal, of.shared, this.#classNode(number % CLASSES, 4));
    sink.edge(EDGE.internal, of.feedback_cell, head + 2);
    if (isBound) sink.edge(EDGE.shortcut, of.bound_this, this.#any());
    sink.edge(EDGE.property, this.#names.proto, this.#classNode(7, 1));
    sink.edge(EDGE.internal, of.map, this.#classNode(7, 2));
    sink.location(1 + (number % 300), number % 5000, number % 120);
    sink.node(NODE.object, of['system / Context'], 24 + 8 * variables);
    for (let variable = 0; variable < variables; variable++)
      sink.edge(
        EDGE.context,
        this.#property(),
        variable < held ? this.#heldOrAny() : this.#fieldValue(variable),
      );
    while (this.#child < this.#lastChild) sink.edge(EDGE.context, this.#property(), this.#heldOrAny());
    sink.edge(EDGE.internal, of.previous, this.#any());
    sink.node(NODE.hidden, of['system / FeedbackCell'], 16);
    sink.edge(EDGE.internal, of.value, this.#classNode(8, 2));
    if (this.#chance(3)) sink.edge(EDGE.weak, of.map, head);
  }

  /** Long lists, of which everything is at the end of a deep way. */
  #tellChain(): void {
    const { of } = this.#names;
    const sink = this.#sink;
    const length = 2 + this.#few(this.#chance(400) ? 40_000 : 30);
    const number = this.#class();
    const held = this.#hold(1 + this.#few(3));
    const head = sink.nextNode;
    const isRing = this.#chance(3);
    for (let link = 0; link < length; link++) {
      sink.node(NODE.object, this.#names.firstClass + number, 40);
      const next = head + link + 1;
      if (link + 1 < length) sink.edge(EDGE.property, of.next, next);
      else if (isRing) sink.edge(EDGE.property, of.next, head);
      if (link > 0 && number % 2 === 0) sink.edge(EDGE.property, of.previous, next - 2);
      sink.edge(EDGE.property, of.value, link < held ? this.#heldOrAny() : this.#sharedString());
      sink.edge(EDGE.internal, of.map, this.#classNode(number, 2));
    }
    this.#holdRest(held, length, head);
  }

  /** What a chain was too short for is held by a node of its own, which nothing holds. */
  #holdRest(held: number, length: number, head: number): void {
    if (held <= length) return;
    this.#sink.node(NODE.hidden, this.#names.of['system / Cell'], 16);
    while (this.#child < this.#lastChild)
      this.#sink.edge(EDGE.internal, this.#names.of.value, this.#heldOrAny());
    this.#sink.edge(EDGE.internal, this.#names.of.value, head);
  }

  #tellRope(): void {
    const { of } = this.#names;
    const sink = this.#sink;
    const pieces = 1 + this.#few(12);
    const head = sink.nextNode;
    for (let piece = 0; piece < pieces; piece++) {
      sink.node(NODE.concatenated, of['(concatenated string)'], 32);
      sink.edge(EDGE.internal, of.first, piece + 1 < pieces ? head + 2 * piece + 2 : this.#sharedString());
      sink.edge(EDGE.internal, of.second, head + 2 * piece + 1);
      sink.edge(EDGE.internal, of.map, this.#classNode(9, 2));
      if (this.#chance(10)) {
        sink.node(NODE.sliced, this.#text(), 32);
        sink.edge(EDGE.internal, of.parent, this.#sharedString());
      } else {
        sink.node(NODE.string, this.#text(), 40);
        sink.edge(EDGE.internal, of.map, this.#classNode(0, 2));
      }
    }
  }

  #tellBuffer(): void {
    const { of } = this.#names;
    const sink = this.#sink;
    const head = sink.nextNode;
    const isShared = this.#chance(5);
    sink.node(NODE.object, of.ArrayBuffer, 104);
    sink.edge(EDGE.internal, of.backing_store, head + 1);
    sink.edge(EDGE.internal, of.properties, head + 2);
    sink.edge(EDGE.property, this.#names.proto, this.#classNode(10, 1));
    sink.node(NODE.native, of['system / JSArrayBufferData'], 64 + this.#few(1 << 16));
    sink.node(NODE.hidden, of['system / PropertyArray'], 16 + 8 * this.#few(20));
    if (isShared) sink.edge(EDGE.internal, of.value, this.#any());
  }

  #tellWeakReference(): void {
    const { of } = this.#names;
    const sink = this.#sink;
    const head = sink.nextNode;
    const isOnlyWeak = this.#chance(40);
    sink.node(NODE.object, of.WeakRef, 32);
    sink.edge(EDGE.weak, of.target, isOnlyWeak ? head + 1 : this.#any());
    sink.edge(EDGE.property, this.#names.proto, this.#classNode(11, 1));
    if (!isOnlyWeak) return;
    // Two that only hold each other, and one that is only held weakly.
    sink.node(NODE.object, of.Object, 56);
    sink.edge(EDGE.property, of.next, head + 2);
    sink.edge(EDGE.property, of.value, this.#sharedString());
    sink.node(NODE.object, of.Object, 56);
    sink.edge(EDGE.property, of.parent, head + (this.#chance(2) ? 1 : 3));
    sink.node(NODE.array, of['(object properties)'], 48);
  }

  /** An element of a document with what belongs to it. */
  #tellElement(): void {
    const { of, firstTag } = this.#names;
    const sink = this.#sink;
    const head = sink.nextNode;
    const state = [UNKNOWN, ATTACHED, DETACHED][this.#random(3)] ?? UNKNOWN;
    const children = this.#few(5);
    sink.node(NODE.native, firstTag + this.#random(TAGS), 120, state);
    for (let child = 0; child < children; child++) sink.edge(EDGE.element, child, head + 3 + child);
    sink.edge(EDGE.internal, of.resource, head + 1);
    sink.edge(EDGE.internal, of.value, head + 2);
    sink.node(NODE.native, of['system / ExternalStringData'], 200 + this.#few(4000));
    sink.node(NODE.native, of[state === DETACHED ? 'Detached InternalNode' : 'InternalNode'], 48);
    if (this.#chance(4)) sink.edge(EDGE.element, 1, this.#any());
    for (let child = 0; child < children; child++) {
      sink.node(NODE.native, firstTag + this.#random(TAGS), 104, this.#chance(6) ? state : UNKNOWN);
      sink.edge(EDGE.property, of.parent, head);
    }
  }

  #tellHidden(): void {
    const { of } = this.#names;
    const sink = this.#sink;
    const head = sink.nextNode;
    const held = this.#hold(1);
    const isOwned = this.#chance(2);
    sink.node(isOwned ? NODE.regexp : NODE.hidden, isOwned ? this.#sharedName() : of['system / Cell'], 56);
    sink.edge(EDGE.internal, of.value, held === 1 ? this.#heldOrAny() : this.#any());
    sink.edge(EDGE.internal, of.properties, head + 1);
    sink.edge(EDGE.hidden, 3, head + 2);
    sink.node(NODE.hidden, of['system / PropertyArray'], 40);
    sink.edge(EDGE.hidden, 0, head + 2);
    sink.edge(EDGE.internal, of.map, this.#classNode(12, 2));
    sink.node(NODE.array, of['(object properties)'], 64);
    sink.edge(EDGE.internal, of.value, head + 3);
    // Itself, and what others hold too.
    sink.edge(EDGE.internal, of.parent, head + 2);
    sink.edge(EDGE.internal, of.value, this.#any());
    sink.node(this.#chance(2) ? NODE.bigint : NODE.symbol, this.#chance(2) ? of.bigint : of.symbol, 16);
  }

  #sharedName(): number {
    return this.#names.firstFunction + this.#few(FUNCTIONS);
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
