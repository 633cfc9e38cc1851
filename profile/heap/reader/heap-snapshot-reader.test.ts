import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProfileError, ProfileMemoryError } from '../../errors.ts';
import { HeapMemory } from '../memory/heap-memory.ts';
import { HEAP_EDGE_TYPES, HEAP_NODE_TYPES, type HeapGraph } from '../model/heap-graph.ts';
import { analyse } from '../text/analyse.ts';
import { anyHeap } from '../text/heap-arbitraries.ts';
import type { DrawnNode } from '../text/heap-drawing.ts';
import { heapFromText, readHeap } from '../text/heap-from-text.ts';
import { type SnapshotWriting, snapshotOf } from '../text/snapshot-file.ts';
import { HeapSnapshotReader } from './heap-snapshot-reader.ts';

const DRAWING = `
  root
    shortcut global: Window 16
      cache: Map 32 attached
        internal table: table as array 400
      element 12: "hello" as string 24
      weak old: Map
      "line\u2028 é😀" as string 20 @4000000001
`;

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The heap as it was drawn, for comparison. */
function toDrawn(graph: HeapGraph): DrawnNode[] {
  const { nodes, edges, strings } = graph;
  return Array.from({ length: nodes.length }, (_, at) => ({
    name: strings.text(nodes.name[at] as number),
    type: HEAP_NODE_TYPES[nodes.type[at] as number] ?? 'object',
    id: nodes.id[at] as number,
    selfSize: nodes.selfSize[at] as number,
    detachedness: nodes.detachedness?.[at] ?? 0,
    edges: Array.from(
      { length: (nodes.firstEdge[at + 1] as number) - (nodes.firstEdge[at] as number) },
      (_each, of) => {
        const edge = (nodes.firstEdge[at] as number) + of;
        const type = HEAP_EDGE_TYPES[edges.type[edge] as number] ?? 'weak';
        const name = edges.nameOrIndex[edge] as number;
        const isNumbered = type === 'element' || type === 'hidden';
        return { type, name: isNumbered ? String(name) : strings.text(name), to: edges.to[edge] as number };
      },
    ),
  }));
}

function push(bytes: Uint8Array, cuts: readonly number[]): HeapGraph {
  const reader = new HeapSnapshotReader();
  let at = 0;
  for (const size of cuts) {
    reader.push(bytes.slice(at, at + size));
    at += size;
  }
  reader.push(bytes.slice(at));
  return reader.end();
}

function failure(text: string): string {
  try {
    readHeap(bytesOf(text));
  } catch (error) {
    if (error instanceof ProfileError) return error.message;
    throw error;
  }
  throw new Error('It was accepted.');
}

const writing: fc.Arbitrary<SnapshotWriting> = fc.record({
  nodeFields: fc.shuffledSubarray(
    ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness', 'trace_node_id', 'newer'],
    { minLength: 8 },
  ),
  edgeFields: fc.shuffledSubarray(['type', 'name_or_index', 'to_node', 'newer'], { minLength: 4 }),
  isReversed: fc.boolean(),
  sections: fc.constant([
    ['before', 'newer', { nodes: [1, 2] }],
    ['after', 'locations', [1, 2, 3]],
  ] as [['before', string, unknown], ['after', string, unknown]]),
});

describe('the reader', () => {
  test('finds nodes, edges and strings as they were written', () => {
    const { graph, bytes } = heapFromText(DRAWING);
    expect(toDrawn(graph)).toMatchObject([
      { name: '', type: 'synthetic', id: 1 },
      {
        name: 'Window',
        selfSize: 16,
        edges: [{ type: 'property' }, { type: 'element', name: '12' }, {}, {}],
      },
      { name: 'Map', detachedness: 1 },
      { name: 'table', type: 'array', selfSize: 400 },
      { name: 'hello', type: 'string' },
      { name: 'line\u2028 é😀', id: 4_000_000_001 },
    ]);
    expect(bytes.length).toBeGreaterThan(0);
  });

  test('reads the same wherever chunks are cut, fields and sections stand, and lines end', () => {
    const file = fc.tuple(
      anyHeap(12),
      writing,
      fc.array(fc.nat({ max: 60 })),
      fc.constantFrom('', '\n', ' \r\n\t'),
    );
    fc.assert(
      fc.property(file, ([nodes, how, cuts, space]) => {
        const text = JSON.stringify(snapshotOf(nodes, how)).replace(/,(?=\d)/g, `${space},${space}`);
        expect(toDrawn(push(bytesOf(text), cuts))).toEqual(nodes);
      }),
    );
  });

  test('reads a file of one byte at a time', () => {
    const { bytes, graph } = heapFromText(DRAWING);
    const cut = push(bytes, new Array(bytes.length).fill(1));
    expect(toDrawn(cut)).toEqual(toDrawn(graph));
  });

  test('reads more rows than it had made room for', () => {
    const edges = Array.from({ length: 9000 }, (_, at) => ({
      type: 'element' as const,
      name: String(at),
      to: at,
    }));
    const nodes = edges.map(({ name }, at) => ({
      name,
      type: 'object' as const,
      id: at,
      selfSize: at === 5000 ? 2 ** 40 : at,
      detachedness: 0,
      edges: at === 0 ? edges : [],
    }));
    expect(toDrawn(push(bytesOf(JSON.stringify(snapshotOf(nodes))), []))).toEqual(nodes);
    const uncounted = JSON.stringify(snapshotOf(nodes)).replace(/,"(node|edge)_count":\d+/g, '');
    expect(toDrawn(push(bytesOf(uncounted), []))).toEqual(nodes);
  });

  test('takes types that it does not know for something of V8', () => {
    const text = JSON.stringify(heapFrom(DRAWING))
      .replace('"array"', '"wasm thing"')
      .replace('"weak"', '"odd"');
    const { nodes, edges } = readHeap(bytesOf(text));
    expect([...nodes.type].map((type) => HEAP_NODE_TYPES[type])).toContain('object shape');
    expect([...edges.type].map((type) => HEAP_EDGE_TYPES[type])).toContain('internal');
  });

  test('ends with a heap or an error of ours, whatever is done to a file', () => {
    const mutation = fc.record({
      at: fc.nat(),
      size: fc.nat({ max: 9 }),
      put: fc.constantFrom(
        '',
        '0',
        '1',
        '7',
        '99999999999',
        '-1',
        '1.5',
        ',',
        ']',
        '[',
        '{',
        '"',
        'null',
        '\u0000',
      ),
    });
    fc.assert(
      fc.property(
        anyHeap(8),
        writing,
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        (nodes, how, mutations) => {
          let text = JSON.stringify(snapshotOf(nodes, how));
          for (const { at, size, put } of mutations) {
            const place = at % (text.length + 1);
            text = text.slice(0, place) + put + text.slice(place + size);
          }
          let graph: HeapGraph;
          try {
            graph = readHeap(bytesOf(text));
          } catch (error) {
            expect(error).toBeInstanceOf(ProfileError);
            return;
          }
          toDrawn(graph);
          analyse(graph);
        },
      ),
      { numRuns: 600 },
    );
  });
});

describe('a file that is wrong', () => {
  const sound = JSON.stringify(heapFrom('root\n  A 1\n    B 2'));

  test('is named by the byte', () => {
    const edges = sound.indexOf('"edges":[') + '"edges":['.length;
    const wrong = `${sound.slice(0, edges)}2,1,7${sound.slice(edges + '2,2,6'.length)}`;
    expect(failure(wrong)).toBe(
      `The profile cannot be used: edges[0].to_node cannot be 7, no multiple of 6 (at byte ${edges + 4}).`,
    );
    expect(failure(sound.slice(0, -3))).toContain(
      `the file ends too early in strings at byte ${sound.length - 3}`,
    );
    expect(failure(sound.replace('"edges":[', '"edges":[,'))).toContain(`in edges at byte ${edges}`);
  });

  test.each([
    [
      'an edge to no node',
      /"edges":\[2,2,6/,
      '"edges":[2,2,600',
      'edges[0].to_node points to node 100 of 3 (at byte',
    ],
    [
      'an edge with no name',
      /"edges":\[2,2,6/,
      '"edges":[2,99,6',
      'edges[0].name_or_index points to string 99 of',
    ],
    ['a node with no name', /"nodes":\[9,1/, '"nodes":[9,77', 'nodes[0].name points to string 77 of'],
    ['a type that is none', /"nodes":\[9,1/, '"nodes":[15,1', 'nodes[0].type cannot be 15 (at byte'],
    ['a negative number', /"nodes":\[9,1/, '"nodes":[9,-1', 'nodes[0].name cannot be -1 (at byte'],
    ['a fraction', /"edges":\[2,2/, '"edges":[2,2.5', 'edges[0].name_or_index cannot be 2.5 (at byte'],
    ['half a row', /\],"strings"/, ',1],"strings"', 'ends in the middle of a row'],
    ['wrong counts', /"node_count":3/, '"node_count":4', 'snapshot.node_count is 4, but there are 3'],
    ['no count', /"edge_count":2/, '"edge_count":"2"', 'snapshot.edge_count is no count'],
    ['edges of nobody', /"nodes":\[9,1,1,0,1/, '"nodes":[9,1,1,0,2', 'says 3 edges in all, but 2 are there'],
    ['no nodes', /"nodes"/, '"nodez"', 'nodes is missing'],
    ['no edges', /"edges"/, '"edgez"', 'edges is missing'],
    ['no strings', /"strings":/, '"stringz":', 'strings is missing'],
    ['no head', /"snapshot"/, '"snapshod"', 'nodes stands before the head'],
    ['no meta', /"meta"/, '"mete"', 'snapshot.meta is missing'],
    ['no field', /"self_size"/, '"selfsize"', 'snapshot.meta.node_fields lacks "self_size"'],
    ['types that are none', /"edge_types":\[/, '"edge_types":[0,', 'snapshot.meta.edge_types[0] is no list'],
    ['a section twice', /"strings":/, '"edges":[],"strings":', 'edges is there twice'],
    ['a text for a number', /"nodes":\[9/, '"nodes":["9"', 'nodes must not be a text'],
    ['a list for a text', /"<dummy>"/, '[]', 'strings must not be a list'],
    [
      'another root',
      /"node_count"/,
      '"root_index":6,"node_count"',
      'snapshot.root_index is not the first node',
    ],
    ['endless nesting', /"meta":\{/, `"meta":${'['.repeat(300)}`, 'more than 256 nested values'],
    [
      'an endless head',
      /"meta":\{/,
      `"meta":{"x":[${'1,'.repeat(30_000)}1],`,
      'more than 20000 values in the head',
    ],
  ])('says so: %s', (_, good, bad, message) => {
    expect(sound).toMatch(good);
    expect(failure(sound.replace(good, bad))).toContain(message);
  });

  test('takes no memory for counts that its size cannot hold', () => {
    const text = sound.replace('"node_count":3', '"node_count":4000000000');
    const memory = new HeapMemory(1 << 20);
    const reader = new HeapSnapshotReader({ fileBytes: text.length, memory });
    reader.push(bytesOf(text));
    expect(() => reader.end()).toThrow('snapshot.node_count is 4000000000, but there are 3');
  });

  test('is refused as soon as it needs more memory than there is', () => {
    const reader = new HeapSnapshotReader({ memory: new HeapMemory(1 << 10) });
    expect(() => reader.push(bytesOf(sound))).toThrow(ProfileMemoryError);
  });
});

function heapFrom(text: string): object {
  return JSON.parse(new TextDecoder().decode(heapFromText(text).bytes));
}
