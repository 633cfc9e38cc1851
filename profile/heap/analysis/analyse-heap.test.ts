import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProfileMemoryError } from '../../errors.ts';
import { HeapMemory } from '../memory/heap-memory.ts';
import { SYSTEM_DISTANCE, UNREACHABLE } from '../model/heap-graph.ts';
import { analyse } from '../text/analyse.ts';
import { formatDominatorTree } from '../text/format-heap.ts';
import { anyHeap, weakMapEdgeName } from '../text/heap-arbitraries.ts';
import { heapFromText, readHeap } from '../text/heap-from-text.ts';
import { analysePlainly } from '../text/plain-analysis.ts';
import { snapshotOf } from '../text/snapshot-file.ts';
import { analyseHeap } from './analyse-heap.ts';

function tree(text: string): string[] {
  const { graph, labels } = heapFromText(text);
  return formatDominatorTree(analyse(graph), labels);
}

function distances(text: string): Record<string, number> {
  const { graph, labels } = heapFromText(text);
  const { distance } = analyse(graph);
  return Object.fromEntries(labels.map((label, at) => [label, distance[at] as number]));
}

describe('the dominator tree', () => {
  test('hangs what is held twice below what both ways have in common', () => {
    expect(
      tree(`
        root
          A 10
            B 20
              D 5
            C 30
              D
      `),
    ).toEqual([
      'root (retained: 65, self: 0)',
      '  A (retained: 65, self: 10)',
      '    B (retained: 20, self: 20)',
      '    D (retained: 5, self: 5)',
      '    C (retained: 30, self: 30)',
    ]);
  });

  test('takes no notice of weak edges', () => {
    expect(
      tree(`
        root
          A 1
            B 2
          C 4
            weak b: B
      `),
    ).toContain('  A (retained: 3, self: 1)');
  });

  test('gives a value in a WeakMap to its key, not to the table', () => {
    const name = weakMapEdgeName(7, 1, 2, 3);
    expect(
      tree(`
        root
          Key 1
            internal ${name}: Value 10
          Table 2
            internal ${name}: Value
      `),
    ).toContain('  Key (retained: 11, self: 1)');
  });

  test('lets nothing that a debugger keeps dominate what the page owns', () => {
    expect(
      tree(`
        root
          shortcut global: Window 1
            A 2
              B 4
          element 1: debugger as synthetic
            internal console: Console 8
              b: B
      `),
    ).toContain('    A (retained: 6, self: 2)');
  });

  test('hangs on to the root what nothing holds', () => {
    const drawn = heapFromText(`
      root
        A 1
          weak gone: Gone 10
            Below 5
    `);
    expect(formatDominatorTree(analyse(drawn.graph), drawn.labels)).toEqual([
      'root (retained: 16, self: 0)',
      '  A (retained: 1, self: 1)',
      '  Gone (retained: 15, self: 10)',
      '    Below (retained: 5, self: 5)',
    ]);
  });

  test('is what taking nodes away one by one shows, in any heap', () => {
    fc.assert(
      fc.property(anyHeap(24), (nodes) => {
        const { dominator, retainedSize, shallowSize } = analyse(readHeap(bytesOf(snapshotOf(nodes))));
        expect({
          dominator: [...dominator],
          shallowSize: [...shallowSize],
          retainedSize: [...retainedSize],
        }).toEqual(analysePlainly(nodes));
      }),
      { numRuns: 400 },
    );
  });

  test('is found in a long chain without recursion', () => {
    const count = 50_000;
    const nodes = Array.from({ length: count }, (_, at) => [at === 0 ? 9 : 3, 0, 2 * at + 1, 1, 1]).flat();
    const edges = Array.from({ length: count }, (_, at) => [1, 0, ((at + 1) % count) * 5]).flat();
    const drawn = snapshotOf([], { nodeFields: ['type', 'name', 'id', 'self_size', 'edge_count'] });
    const snapshot = { ...drawn.snapshot, node_count: count, edge_count: count };
    const { retainedSize, distance } = analyse(readHeap(bytesOf({ ...drawn, snapshot, nodes, edges })));
    expect(retainedSize[1]).toBe(count - 1);
    expect(distance[count - 1]).toBe(count - 1);
  });
});

describe('shallow sizes', () => {
  test('count what belongs to one object alone as its own', () => {
    expect(
      tree(`
        root
          Map 16
            internal table: table as array 400
              element 0: buckets as hidden 8
          Set 16
            internal table: shared as array 100
          Other 1
            internal table: shared
      `),
    ).toEqual(
      expect.arrayContaining([
        '  Map (retained: 424, self: 424)',
        '    table (retained: 0, self: 0)',
        '  shared (retained: 100, self: 100)',
      ]),
    );
  });

  test('count the content of a string as its own, unless it is detached', () => {
    expect(
      tree(`
        root
          shortcut global: Window
            Attached as native 8 attached
              internal resource: system / ExternalStringData#kept as native 200
            Gone as native 8 detached
              internal resource: system / ExternalStringData#gone as native 300
      `),
    ).toEqual(
      expect.arrayContaining([
        expect.stringContaining('Attached (retained: 208, self: 208)'),
        expect.stringContaining('Gone (retained: 308, self: 8)'),
      ]),
    );
  });

  test('stay with a part that V8 itself keeps', () => {
    expect(
      tree(`
        root
          Window 1
          element 0: (roots) as synthetic
            internal list: list as array 40
      `),
    ).toContain('    list (retained: 40, self: 40)');
  });

  test('may be more than 4 GiB', () => {
    expect(
      tree(`
        root
          A 5000000000
            internal elements: elements as array 4000000000
      `),
    ).toContain('  A (retained: 9000000000, self: 9000000000)');
    expect(
      tree(`
        root
          A 4000000000
            internal elements: elements as array 4000000000
      `),
    ).toContain('  A (retained: 8000000000, self: 8000000000)');
  });
});

describe('distances', () => {
  test('are counted from user objects first, and from the root for what they do not reach', () => {
    expect(
      distances(`
        root
          element 1: (GC roots) as synthetic
            internal a: Hidden as hidden
          shortcut global: Window
            A
              B
            weak gone: Gone
      `),
    ).toEqual({
      root: SYSTEM_DISTANCE,
      '(GC roots)': SYSTEM_DISTANCE + 1,
      Hidden: SYSTEM_DISTANCE + 2,
      Window: 1,
      A: 2,
      B: 3,
      Gone: UNREACHABLE,
    });
  });

  test('to a value in a WeakMap go the longer way', () => {
    const name = weakMapEdgeName(7, 5, 3, 2);
    const { Value } = distances(`
      root
        shortcut global: Window
          Table
            internal ${name}: Value
          A
            Key
              internal ${name}: Value
    `);
    expect(Value).toBe(4);
  });

  test('do not go over maps that descriptors share, nor over what functions of all contexts share', () => {
    const found = distances(`
      root
        shortcut global: Window
          D as array
            hidden 3: Reached
          (map descriptors) as array
            hidden 4: Shared
            hidden 5: Own
          system / NativeContext as hidden
            internal sloppy_function_map: Map
    `);
    expect(found).toMatchObject({ Reached: 3, Own: 3, Shared: UNREACHABLE, Map: UNREACHABLE });
  });
});

describe('what is detached', () => {
  test('is what a detached native node reaches and no attached one does', () => {
    const { graph, labels } = heapFromText(`
      root
        shortcut global: Window
          Document as native attached
            Body as native
          Gone as native detached
            Div as native
            Body
            Wrapper
    `);
    const { detachedness } = analyse(graph);
    expect(Object.fromEntries(labels.map((label, at) => [label, detachedness?.[at]]))).toMatchObject({
      Body: 1,
      Div: 2,
      Wrapper: 0,
    });
  });

  test('is told by names where the file has no word for it', () => {
    const drawing = `
      root
        Detached Div as native
        Div as native
        Detached by name
    `;
    const { graph } = heapFromText(drawing, {
      nodeFields: ['type', 'name', 'id', 'self_size', 'edge_count'],
    });
    expect([...(analyse(graph).detachedness ?? [])]).toEqual([0, 2, 0, 0]);
  });
});

describe('retainers', () => {
  test('of each node are all edges that lead to it', () => {
    fc.assert(
      fc.property(anyHeap(24), (nodes) => {
        const { graph, firstRetainer, retainingEdge, holderOf } = pick(readHeap(bytesOf(snapshotOf(nodes))));
        for (let node = 0; node < nodes.length; node++) {
          const edges = [...retainingEdge.subarray(firstRetainer[node], firstRetainer[node + 1])];
          expect(edges).toEqual([...graph.edges.to.keys()].filter((edge) => graph.edges.to[edge] === node));
          for (const edge of edges) {
            const holder = holderOf(edge);
            expect(graph.nodes.firstEdge[holder]).toBeLessThanOrEqual(edge);
            expect(graph.nodes.firstEdge[holder + 1]).toBeGreaterThan(edge);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('the work', () => {
  test('refuses before it takes more memory than it may, and says how much it needs', () => {
    const { graph } = heapFromText('root\n  A 1');
    expect(() => analyse(graph, new HeapMemory(50))).toThrow(ProfileMemoryError);
  });

  test('gives back all memory but that of its columns', () => {
    const { graph } = heapFromText('root\n  A 1\n    B 2');
    const memory = new HeapMemory();
    const made = analyse(graph, memory);
    const columns = Object.values(made).filter((each) => ArrayBuffer.isView(each));
    expect(memory.usedBytes).toBe(columns.reduce((sum, { byteLength }) => sum + byteLength, 0));
  });

  test('stops between steps to say how far it is', () => {
    const { graph } = heapFromText('root\n  A 1\n    B 2');
    const steps = [...analyseHeap(graph, new HeapMemory())];
    expect(steps.length).toBeGreaterThan(0);
    for (const { share } of steps) expect(share).toBeLessThanOrEqual(1);
  });
});

function pick(graph: ReturnType<typeof readHeap>) {
  const made = analyse(graph);
  return {
    graph,
    firstRetainer: made.firstRetainer,
    retainingEdge: made.retainingEdge,
    holderOf: (edge: number) => made.holderOf(edge),
  };
}

function bytesOf(snapshot: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(snapshot));
}
