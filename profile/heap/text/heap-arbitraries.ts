import fc from 'fast-check';
import { HEAP_EDGE_TYPES, HEAP_NODE_TYPES } from '../model/heap-graph.ts';
import type { DrawnEdge, DrawnNode } from './heap-drawing.ts';

/** Types as often as they matter: hidden ones and arrays can be owned, weak edges hold nothing. */
const nodeType = fc.oneof(
  fc.constantFrom(...HEAP_NODE_TYPES),
  fc.constantFrom('object', 'hidden', 'array', 'native'),
);
const edgeType = fc.oneof(
  fc.constantFrom(...HEAP_EDGE_TYPES),
  fc.constantFrom('property', 'property', 'internal', 'shortcut'),
);
const NAMES = ['a', 'system / NativeContext', '(map descriptors)', '(Document DOM trees)', 'Detached a'];
const EDGE_NAMES = ['x', 'sloppy_function_map', '4', '7'];

/** How V8 names the edges of a pair in a WeakMap whose table is the node at this place. */
export function weakMapEdgeName(number: number, key: number, value: number, table: number): string {
  const at = (place: number) => 2 * place + 1;
  return `${number} / part of key (K @${at(key)}) -> value (V @${at(value)}) pair in WeakMap (table @${at(table)})`;
}

/** Any heap at all of up to so many nodes, with whatever edges. */
export function anyHeap(maxNodes: number): fc.Arbitrary<DrawnNode[]> {
  return fc
    .integer({ min: 1, max: maxNodes })
    .chain((count) => {
      const place = fc.nat({ max: count - 1 });
      const edge = fc.record({ from: place, to: place, type: edgeType, name: fc.nat({ max: 5 }) });
      const pair = fc.record({ key: place, value: place, table: place });
      return fc.record({
        rows: fc.array(
          fc.record({
            type: nodeType,
            name: fc.constantFrom(...NAMES),
            selfSize: fc.nat({ max: 99 }),
            detachedness: fc.constantFrom(0, 0, 0, 1, 2),
          }),
          { minLength: count, maxLength: count },
        ),
        edges: fc.array(edge, { maxLength: count * 3 }),
        pairs: fc.array(pair, { maxLength: 4 }),
      });
    })
    .map(({ rows, edges, pairs }) => {
      const nodes = rows.map((row, place) => ({
        ...row,
        type: place === 0 ? ('synthetic' as const) : row.type,
        name: place === 0 ? '' : row.name,
        id: 2 * place + 1,
        edges: [] as DrawnEdge[],
      }));
      for (const { from, to, type, name } of edges) {
        const isNumbered = type === 'element' || type === 'hidden';
        nodes[from]?.edges.push({ type, name: isNumbered ? String(name) : (EDGE_NAMES[name % 4] ?? ''), to });
      }
      pairs.forEach(({ key, value, table }, number) => {
        for (const from of [key, table]) {
          const name = weakMapEdgeName(number, key, value, table);
          nodes[from]?.edges.push({ type: 'internal', name, to: value });
        }
      });
      return nodes;
    });
}
