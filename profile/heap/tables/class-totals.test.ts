import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../analysis/steps.ts';
import { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapAnalysis } from '../model/heap-graph.ts';
import { countByClass, sumByClass } from './class-totals.ts';
import { toDominatedRows } from './dominated-rows.ts';
import { topmostBytes } from './topmost-bytes.ts';

/** Any dominator tree: each node hangs below one before it, or as drawn by lot behind it. */
const trees = fc
  .array(fc.record({ above: fc.nat(), size: fc.nat({ max: 3 }), ofClass: fc.nat({ max: 3 }) }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((rows) => {
    const dominator = Uint32Array.from(rows, ({ above }, node) => (node === 0 ? 0 : above % node));
    const shallowSize = Float64Array.from(rows, ({ size }) => size);
    const retainedSize = shallowSize.slice();
    for (let node = rows.length - 1; node > 0; node--) {
      const above = dominator[node] as number;
      retainedSize[above] = (retainedSize[above] as number) + (retainedSize[node] as number);
    }
    const distance = Int32Array.from(rows, (_, node) => node);
    const classOf = Uint32Array.from(rows, ({ ofClass }) => ofClass);
    return {
      analysis: { dominator, shallowSize, retainedSize, distance } as unknown as HeapAnalysis,
      classOf,
    };
  });

function isBelow({ dominator }: HeapAnalysis, node: number, top: number): boolean {
  let at = node;
  while (at !== top && at !== 0) at = dominator[at] as number;
  return at === top;
}

const names = ['a', 'b', 'c', 'd'];

describe('what the classes below a node have', () => {
  it('is what its objects that are not below others of the class have', () => {
    fc.assert(
      fc.property(trees, fc.nat(), ({ analysis, classOf }, some) => {
        const { shallowSize, retainedSize } = analysis;
        const start = some % classOf.length;
        const dominated = toDominatedRows(analysis, new HeapMemory());
        const totals = sumByClass(analysis, { names, classOf }, dominated, start);
        const { retainedBytes: _, ...below } = sumByClass(analysis, { names, classOf }, dominated, 0);
        expect(finish(countByClass(analysis, classOf, names.length))).toEqual(below);
        for (const ofClass of names.keys()) {
          const all = [...classOf.keys()].filter(
            (node) =>
              classOf[node] === ofClass &&
              (shallowSize[node] as number) > 0 &&
              isBelow(analysis, node, start),
          );
          const top = all.filter(
            (node) => !all.some((other) => other !== node && isBelow(analysis, node, other)),
          );
          const sum = (nodes: number[], column: ArrayLike<number>) =>
            nodes.reduce((total, node) => total + (column[node] as number), 0);
          expect(totals.count[ofClass]).toBe(all.length);
          expect(totals.shallowBytes[ofClass]).toBe(sum(all, shallowSize));
          expect(totals.retainedBytes[ofClass]).toBe(sum(top, retainedSize));
          expect([...topmostBytes(analysis, all)].reduce((total, bytes) => total + bytes, 0)).toBe(
            sum(top, retainedSize),
          );
        }
      }),
    );
  });
});

describe('the dominator tree downwards', () => {
  it('has each node once, below the one that dominates it', () => {
    fc.assert(
      fc.property(trees, ({ analysis }) => {
        const { first, nodes } = toDominatedRows(analysis, new HeapMemory());
        const { dominator } = analysis;
        for (let node = 0; node < dominator.length; node++) {
          const below = [...dominator.keys()].filter((each) => each !== 0 && dominator[each] === node);
          expect([...nodes.subarray(first[node], first[node + 1])]).toEqual(below);
        }
      }),
    );
  });
});
