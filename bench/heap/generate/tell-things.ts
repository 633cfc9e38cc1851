import { CLASSES, classNameOf, FUNCTIONS, PROPERTIES, TAGS } from './heap-names.ts';
import { ATTACHED, DETACHED, EDGE, idOf, NODE, UNKNOWN } from './heap-sink.ts';
import type { HeapTeller } from './heap-teller.ts';

/** One thing of any kind, with its nodes and what it holds. */
export function tellThing(teller: HeapTeller): void {
  // So that there is always one that holds the next.
  const isLast = teller.nextThing <= teller.thing + 1;
  const kind = isLast ? 40 : teller.random(100);
  if (kind < 40) tellRecord(teller);
  else if (kind < 50) tellArray(teller);
  else if (kind < 55) tellMap(teller);
  else if (kind < 57) tellWeakMap(teller);
  else if (kind < 78) tellClosure(teller);
  else if (kind < 82) tellChain(teller);
  else if (kind < 87) tellRope(teller);
  else if (kind < 90) tellBuffer(teller);
  else if (kind < 93) tellWeakReference(teller);
  else if (kind < 96) tellElement(teller);
  else tellHidden(teller);
}

function tellRecord(teller: HeapTeller): void {
  const { of } = teller.names;
  const sink = teller.sink;
  const number = teller.class();
  const held = teller.hold(teller.few(4));
  const fields = 3 + teller.few(19);
  const ownTexts = teller.random(3);
  const numbers = teller.random(3);
  const head = sink.nextNode;
  sink.node(NODE.object, classNameOf(teller.names, number), 24 + 8 * fields);
  // The same fields for objects of one class, as a rule.
  const firstField = teller.names.firstProperty + ((number * 7) % (PROPERTIES - 40));
  let own = head + 1;
  for (let field = 0; field < fields; field++) {
    const name = teller.chance(40) ? teller.property() : firstField + field;
    const to = field < ownTexts || field - ownTexts < numbers ? own++ : fieldValue(teller, field);
    sink.edge(EDGE.property, name, to);
  }
  for (let thing = 0; thing < held; thing++)
    // One in some thousands is held weakly alone.
    sink.edge(teller.chance(3000) ? EDGE.weak : EDGE.property, teller.property(), teller.heldOrAny());
  sink.edge(EDGE.property, teller.names.proto, teller.classNode(number, 1));
  sink.edge(EDGE.internal, of.map, teller.classNode(number, 2));
  const owned = own - head - 1;
  for (let index = 0; index < owned; index++)
    if (index < ownTexts) {
      sink.node(NODE.string, teller.text(), 16 + 8 * teller.few(40));
      sink.edge(EDGE.internal, of.map, teller.classNode(0, 2));
    } else {
      sink.node(NODE.number, of['heap number'], 16);
      sink.edge(EDGE.internal, of.map, teller.classNode(1, 2));
    }
}

function fieldValue(teller: HeapTeller, field: number): number {
  if (field % 3 === 0) return teller.any();
  return teller.sharedString();
}

function tellArray(teller: HeapTeller): void {
  const { of } = teller.names;
  const sink = teller.sink;
  const held = teller.hold(1 + teller.few(teller.chance(500) ? 60_000 : 24));
  const [child, head] = [teller.child, sink.nextNode];
  sink.node(NODE.object, of.Array, 32);
  for (let index = 0; index < held; index++) sink.edge(EDGE.element, index, teller.heads[child + index] ?? 0);
  sink.edge(EDGE.internal, of.elements, head + 1);
  sink.edge(EDGE.property, teller.names.proto, teller.classNode(4, 1));
  sink.edge(EDGE.internal, of.map, teller.classNode(4, 2));
  sink.node(NODE.array, of['(object elements)'], 16 + 8 * held);
  for (let index = 0; index < held; index++)
    sink.edge(EDGE.hidden, index + 2, teller.heads[child + index] ?? 0);
}

function tellMap(teller: HeapTeller): void {
  const { of } = teller.names;
  const sink = teller.sink;
  const held = teller.hold(2 + teller.few(teller.chance(300) ? 90_000 : 40));
  const head = sink.nextNode;
  const [child, own] = [teller.child, Math.min(held, 500_000)];
  sink.node(NODE.object, of.Map, 32);
  sink.edge(EDGE.internal, of.table, head + 1);
  sink.edge(EDGE.property, teller.names.proto, teller.classNode(5, 1));
  sink.edge(EDGE.internal, of.map, teller.classNode(5, 2));
  sink.node(NODE.array, of[''], 24 + 24 * held);
  for (let entry = 0; entry < own; entry++) {
    sink.edge(EDGE.internal, teller.names.firstProperty + (entry % PROPERTIES), head + 2 + entry);
    sink.edge(
      EDGE.internal,
      teller.names.firstProperty + (entry % PROPERTIES),
      teller.heads[child + entry] ?? 0,
    );
  }
  for (let entry = 0; entry < own; entry++) sink.node(NODE.string, teller.text(), 24);
}

/** V8 tells of each value twice: an edge from the key and one from the table, both named after key, value and table. */
function tellWeakMap(teller: HeapTeller): void {
  const { of } = teller.names;
  const sink = teller.sink;
  const pairs = 1 + teller.few(12);
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
  sink.edge(EDGE.property, teller.names.proto, teller.classNode(6, 1));
  sink.edge(EDGE.internal, of.map, teller.classNode(6, 2));
  sink.node(NODE.array, of[''], 24 + 24 * pairs);
  for (let pair = 0; pair < pairs; pair++) {
    sink.edge(EDGE.weak, of.value, firstKey + pair);
    sink.edge(EDGE.internal, pairName(pair, pair * 2 + 3), firstValue + pair);
  }
  // Keys are held by others: by the key before, or by the map's own object for the first.
  for (let pair = 0; pair < pairs; pair++) {
    sink.node(NODE.object, of.Object, 32);
    sink.edge(EDGE.internal, pairName(pair, 1), firstValue + pair);
    if (pair + 1 < pairs && !teller.chance(20)) sink.edge(EDGE.property, of.next, firstKey + pair + 1);
    sink.edge(EDGE.internal, of.map, teller.classNode(2, 2));
  }
  for (let pair = 0; pair < pairs; pair++) {
    sink.node(NODE.object, of.Object, 40);
    sink.edge(EDGE.property, of.value, fieldValue(teller, pair));
    sink.edge(EDGE.property, teller.property(), teller.sharedString());
    sink.edge(EDGE.internal, of.map, teller.classNode(2, 2));
  }
}

function tellClosure(teller: HeapTeller): void {
  const { of, firstFunction } = teller.names;
  const sink = teller.sink;
  const number = teller.few(FUNCTIONS);
  const variables = 1 + teller.few(10);
  const held = teller.hold(teller.random(4) === 0 ? 2 : 1);
  const head = sink.nextNode;
  const isBound = teller.chance(20);
  sink.node(NODE.closure, number % 9 === 0 ? of[''] : firstFunction + number, 64);
  sink.edge(EDGE.internal, of.context, head + 1);
  sink.edge(EDGE.internal, of.shared, teller.classNode(number % CLASSES, 4));
  sink.edge(EDGE.internal, of.feedback_cell, head + 2);
  if (isBound) sink.edge(EDGE.shortcut, of.bound_this, teller.any());
  sink.edge(EDGE.property, teller.names.proto, teller.classNode(7, 1));
  sink.edge(EDGE.internal, of.map, teller.classNode(7, 2));
  sink.location(1 + (number % 300), number % 5000, number % 120);
  sink.node(NODE.object, of['system / Context'], 24 + 8 * variables);
  for (let variable = 0; variable < variables; variable++)
    sink.edge(
      EDGE.context,
      teller.property(),
      variable < held ? teller.heldOrAny() : fieldValue(teller, variable),
    );
  while (teller.child < teller.lastChild) sink.edge(EDGE.context, teller.property(), teller.heldOrAny());
  sink.edge(EDGE.internal, of.previous, teller.any());
  sink.node(NODE.hidden, of['system / FeedbackCell'], 16);
  sink.edge(EDGE.internal, of.value, teller.classNode(8, 2));
  if (teller.chance(3)) sink.edge(EDGE.weak, of.map, head);
}

/** Long lists, of which everything is at the end of a deep way. */
function tellChain(teller: HeapTeller): void {
  const { of } = teller.names;
  const sink = teller.sink;
  const length = 2 + teller.few(teller.chance(400) ? 40_000 : 30);
  const number = teller.class();
  const held = teller.hold(1 + teller.few(3));
  const head = sink.nextNode;
  const isRing = teller.chance(3);
  for (let link = 0; link < length; link++) {
    sink.node(NODE.object, classNameOf(teller.names, number), 40);
    const next = head + link + 1;
    if (link + 1 < length) sink.edge(EDGE.property, of.next, next);
    else if (isRing) sink.edge(EDGE.property, of.next, head);
    if (link > 0 && number % 2 === 0) sink.edge(EDGE.property, of.previous, next - 2);
    sink.edge(EDGE.property, of.value, link < held ? teller.heldOrAny() : teller.sharedString());
    sink.edge(EDGE.internal, of.map, teller.classNode(number, 2));
  }
  holdRest(teller, held, length, head);
}

/** What a chain was too short for is held by a node of its own, which nothing holds. */
function holdRest(teller: HeapTeller, held: number, length: number, head: number): void {
  if (held <= length) return;
  teller.sink.node(NODE.hidden, teller.names.of['system / Cell'], 16);
  while (teller.child < teller.lastChild)
    teller.sink.edge(EDGE.internal, teller.names.of.value, teller.heldOrAny());
  teller.sink.edge(EDGE.internal, teller.names.of.value, head);
}

function tellRope(teller: HeapTeller): void {
  const { of } = teller.names;
  const sink = teller.sink;
  const pieces = 1 + teller.few(12);
  const head = sink.nextNode;
  for (let piece = 0; piece < pieces; piece++) {
    sink.node(NODE.concatenated, of['(concatenated string)'], 32);
    sink.edge(EDGE.internal, of.first, piece + 1 < pieces ? head + 2 * piece + 2 : teller.sharedString());
    sink.edge(EDGE.internal, of.second, head + 2 * piece + 1);
    sink.edge(EDGE.internal, of.map, teller.classNode(9, 2));
    if (teller.chance(10)) {
      sink.node(NODE.sliced, teller.text(), 32);
      sink.edge(EDGE.internal, of.parent, teller.sharedString());
    } else {
      sink.node(NODE.string, teller.text(), 40);
      sink.edge(EDGE.internal, of.map, teller.classNode(0, 2));
    }
  }
}

function tellBuffer(teller: HeapTeller): void {
  const { of } = teller.names;
  const sink = teller.sink;
  const head = sink.nextNode;
  const isShared = teller.chance(5);
  sink.node(NODE.object, of.ArrayBuffer, 104);
  sink.edge(EDGE.internal, of.backing_store, head + 1);
  sink.edge(EDGE.internal, of.properties, head + 2);
  sink.edge(EDGE.property, teller.names.proto, teller.classNode(10, 1));
  sink.node(NODE.native, of['system / JSArrayBufferData'], 64 + teller.few(1 << 16));
  sink.node(NODE.hidden, of['system / PropertyArray'], 16 + 8 * teller.few(20));
  if (isShared) sink.edge(EDGE.internal, of.value, teller.any());
}

function tellWeakReference(teller: HeapTeller): void {
  const { of } = teller.names;
  const sink = teller.sink;
  const head = sink.nextNode;
  const isOnlyWeak = teller.chance(40);
  sink.node(NODE.object, of.WeakRef, 32);
  sink.edge(EDGE.weak, of.target, isOnlyWeak ? head + 1 : teller.any());
  sink.edge(EDGE.property, teller.names.proto, teller.classNode(11, 1));
  if (!isOnlyWeak) return;
  // Two that only hold each other, and one that is only held weakly.
  sink.node(NODE.object, of.Object, 56);
  sink.edge(EDGE.property, of.next, head + 2);
  sink.edge(EDGE.property, of.value, teller.sharedString());
  sink.node(NODE.object, of.Object, 56);
  sink.edge(EDGE.property, of.parent, head + (teller.chance(2) ? 1 : 3));
  sink.node(NODE.array, of['(object properties)'], 48);
}

/** An element of a document with what belongs to it. */
function tellElement(teller: HeapTeller): void {
  const { of, firstTag } = teller.names;
  const sink = teller.sink;
  const head = sink.nextNode;
  const state = [UNKNOWN, ATTACHED, DETACHED][teller.random(3)] ?? UNKNOWN;
  const children = teller.few(5);
  sink.node(NODE.native, firstTag + teller.random(TAGS), 120, state);
  for (let child = 0; child < children; child++) sink.edge(EDGE.element, child, head + 3 + child);
  sink.edge(EDGE.internal, of.resource, head + 1);
  sink.edge(EDGE.internal, of.value, head + 2);
  sink.node(NODE.native, of['system / ExternalStringData'], 200 + teller.few(4000));
  sink.node(NODE.native, of.InternalNode, 48);
  if (teller.chance(4)) sink.edge(EDGE.element, 1, teller.any());
  for (let child = 0; child < children; child++) {
    sink.node(NODE.native, firstTag + teller.random(TAGS), 104, teller.chance(6) ? state : UNKNOWN);
    sink.edge(EDGE.property, of.parent, head);
  }
}

function tellHidden(teller: HeapTeller): void {
  const { of } = teller.names;
  const sink = teller.sink;
  const head = sink.nextNode;
  const held = teller.hold(1);
  const isOwned = teller.chance(2);
  sink.node(isOwned ? NODE.regexp : NODE.hidden, isOwned ? sharedName(teller) : of['system / Cell'], 56);
  sink.edge(EDGE.internal, of.value, held === 1 ? teller.heldOrAny() : teller.any());
  sink.edge(EDGE.internal, of.properties, head + 1);
  sink.edge(EDGE.hidden, 3, head + 2);
  sink.node(NODE.hidden, of['system / PropertyArray'], 40);
  sink.edge(EDGE.hidden, 0, head + 2);
  sink.edge(EDGE.internal, of.map, teller.classNode(12, 2));
  sink.node(NODE.array, of['(object properties)'], 64);
  sink.edge(EDGE.internal, of.value, head + 3);
  // Itself, and what others hold too.
  sink.edge(EDGE.internal, of.parent, head + 2);
  sink.edge(EDGE.internal, of.value, teller.any());
  sink.node(teller.chance(2) ? NODE.bigint : NODE.symbol, teller.chance(2) ? of.bigint : of.symbol, 16);
}

function sharedName(teller: HeapTeller): number {
  return teller.names.firstFunction + teller.few(FUNCTIONS);
}
