import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HeapAnalysis } from '../model/heap-graph.ts';
import { analyse } from '../text/analyse.ts';
import { readHeap } from '../text/heap-from-text.ts';

const SCRIPT = `
  const table = new WeakMap();
  class Seat { constructor(n) { this.number = n; table.set(this, { n }); } }
  globalThis.seats = new Map(Array.from({ length: 50 }, (_, n) => ['seat ' + n, new Seat(n)]));
  require('node:v8').writeHeapSnapshot(process.argv[1]);
`;

interface PlainFile {
  readonly snapshot: { readonly meta: { readonly node_fields: string[] }; readonly node_count: number };
  readonly nodes: number[];
  readonly strings: string[];
}

let folder: string;
let plain: PlainFile;
let made: HeapAnalysis;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heap-'));
  const path = join(folder, 'real.heapsnapshot');
  execFileSync(process.execPath, ['-e', SCRIPT, path]);
  const bytes = readFileSync(path);
  plain = JSON.parse(bytes.toString());
  made = analyse(readHeap(bytes));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a snapshot that Node has written', () => {
  test('has every node as plain JSON has it', () => {
    const { nodes, strings } = made.graph;
    const { node_fields: fields } = plain.snapshot.meta;
    const column = (field: string) =>
      Array.from(
        { length: nodes.length },
        (_, at) => plain.nodes[at * fields.length + fields.indexOf(field)],
      );
    expect(nodes.length).toBe(plain.snapshot.node_count);
    expect([...nodes.id]).toEqual(column('id'));
    expect([...nodes.selfSize]).toEqual(column('self_size'));
    const names = Array.from({ length: strings.length }, (_, index) => strings.text(index));
    expect(names).toEqual(plain.strings.map((text) => text.toWellFormed()));
  });

  test('loses no byte: what is retained by the root is all there is', () => {
    const sum = (sizes: Iterable<number>) => [...sizes].reduce((all, size) => all + size, 0);
    const all = sum(made.graph.nodes.selfSize);
    expect(made.retainedSize[0]).toBe(all);
    expect(sum(made.shallowSize)).toBe(all);
  });

  test('has as much retained by each node as it has itself and those below it retain', () => {
    const sums = Float64Array.from(made.shallowSize);
    for (let node = 1; node < sums.length; node++) {
      const above = made.dominator[node] as number;
      sums[above] = (sums[above] as number) + (made.retainedSize[node] as number);
    }
    expect(sums).toEqual(made.retainedSize);
  });

  test('has its own objects where the script holds them', () => {
    const { nodes, strings } = made.graph;
    const seats = [...nodes.id.keys()].filter((node) => strings.text(nodes.name[node] as number) === 'Seat');
    const instances = seats.filter((node) => (made.retainedSize[node] as number) > 0);
    expect(instances.length).toBeGreaterThanOrEqual(50);
    expect(made.distance[0]).toBe(100_000_000);
  });
});
