import { CLASSES, GC_ROOTS, PROPERTIES } from './heap-names.ts';
import { EDGE, NODE } from './heap-sink.ts';
import { type HeapTeller, SHARED_STRINGS } from './heap-teller.ts';

/** V8's own roots, the global object and what they hold: all things that hang below no other. */
export function tellRoots(teller: HeapTeller): void {
  const { of } = teller.names;
  const sink = teller.sink;
  const firstGcRoot = 2;
  const persistent = firstGcRoot + GC_ROOTS.length;
  const environment = persistent + 1;
  const global = environment + 1;
  const nativeContext = global + 1;
  teller.firstShared = nativeContext + 1;
  teller.firstClass = teller.firstShared + SHARED_STRINGS;

  sink.node(NODE.synthetic, of[''], 0);
  sink.edge(EDGE.element, 1, 1);
  sink.edge(EDGE.shortcut, 2, global);
  sink.edge(EDGE.element, 3, persistent);
  sink.edge(EDGE.element, 4, environment);

  sink.node(NODE.synthetic, of['(GC roots)'], 0);
  for (let root = 0; root < GC_ROOTS.length; root++) sink.edge(EDGE.element, root + 1, firstGcRoot + root);

  // What global objects hold: nine in ten of the things. The rest hangs below V8's own roots and native ones.
  const [own, held] = [teller.heads.length >> 6, (teller.heads.length >> 6) * 10];
  teller.nextThing = Math.min(teller.heads.length, Math.max(8, Math.min(held, 4000)));
  const split = Math.floor(teller.nextThing * 0.9);
  for (let thing = 0; thing < teller.nextThing; thing++) teller.isSystem[thing] = thing < split ? 0 : 1;
  for (const [index, name] of GC_ROOTS.entries()) {
    sink.node(NODE.synthetic, of[name], 0);
    if (name === '(Internalized strings)') {
      for (let string = 0; string < SHARED_STRINGS; string++)
        sink.edge(string % 3 === 0 ? EDGE.internal : EDGE.weak, of.value, teller.firstShared + string);
    } else if (name === '(Strong root list)') {
      for (let number = 0; number < CLASSES; number += 7)
        sink.edge(EDGE.internal, of.map, teller.classNode(number, 2));
      sink.edge(EDGE.internal, of.native_context, nativeContext);
    } else {
      // Handles lead to what global objects hold as well.
      for (let edge = 0; edge < 1 + (own % 50); edge++)
        if (teller.heads.length > 0)
          sink.edge(
            index % 4 === 3 ? EDGE.weak : EDGE.internal,
            of.value,
            teller.heads[teller.random(split)] ?? 0,
          );
      for (let thing = split + index; thing < teller.nextThing; thing += GC_ROOTS.length + 2)
        sink.edge(EDGE.internal, of.value, teller.heads[thing] ?? 0);
    }
  }
  for (const [index, name] of (['C++ Persistent roots', 'Node / Environment'] as const).entries()) {
    sink.node(NODE.synthetic, of[name], index * 2824);
    for (let thing = split + GC_ROOTS.length + index; thing < teller.nextThing; thing += GC_ROOTS.length + 2)
      sink.edge(EDGE.element, thing, teller.heads[thing] ?? 0);
    sink.edge(EDGE.element, 1, global);
  }
  sink.node(NODE.object, of.global, 40);
  for (let thing = 0; thing < split; thing++)
    sink.edge(EDGE.property, teller.names.firstProperty + (thing % PROPERTIES), teller.heads[thing] ?? 0);
  sink.edge(EDGE.internal, of.native_context, nativeContext);
  sink.node(NODE.hidden, of['system / NativeContext'], 2440);
  sink.edge(EDGE.internal, of.sloppy_function_map, teller.classNode(3, 2));
  for (let number = 0; number < CLASSES; number++)
    sink.edge(EDGE.internal, of.constructor, teller.classNode(number, 0));
}

/** Strings and classes that many refer to. */
export function tellShared(teller: HeapTeller): void {
  const { of, firstClass, firstFunction } = teller.names;
  const sink = teller.sink;
  for (let string = 0; string < SHARED_STRINGS; string++) {
    sink.node(NODE.string, teller.text(), 24 + (string % 40));
    sink.edge(EDGE.internal, of.map, teller.classNode(0, 2));
  }
  for (let number = 0; number < CLASSES; number++) {
    const part = (index: number) => teller.classNode(number, index);
    const name = firstClass + number;
    sink.node(NODE.closure, name, 64);
    sink.edge(EDGE.property, of.prototype, part(1));
    sink.edge(EDGE.internal, of.shared, part(4));
    sink.edge(EDGE.internal, of.map, teller.classNode(1, 2));
    sink.location(1 + (number % 300), number * 7, number % 80);
    sink.node(NODE.object, name, 56);
    sink.edge(EDGE.property, of.constructor, part(0));
    sink.edge(EDGE.property, teller.names.proto, teller.classNode(number >> 1, 1));
    sink.edge(EDGE.internal, of.map, teller.classNode(2, 2));
    sink.node(NODE.shape, of['system / Map'], 80);
    sink.edge(EDGE.internal, of.prototype, part(1));
    sink.edge(EDGE.internal, of.constructor, part(0));
    sink.edge(EDGE.internal, of.descriptors, part(3));
    sink.edge(EDGE.weak, of.map, teller.classNode(teller.random(CLASSES), 2));
    sink.node(NODE.array, of['(map descriptors)'], 96);
    for (let entry = 0; entry < 12; entry++)
      sink.edge(
        entry % 2 === 0 ? EDGE.hidden : EDGE.internal,
        entry % 2 === 0 ? entry : teller.property(),
        entry % 3 === 1 ? part(1) : teller.sharedString(),
      );
    sink.node(NODE.code, of['(shared function info)'], 72);
    sink.edge(EDGE.internal, firstFunction + number, teller.sharedString());
  }
}
