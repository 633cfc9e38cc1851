import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeapColumns } from './heap-columns.ts';

describe('the node that an edge leads from', () => {
  it('is the one whose edges it stands among, however many each has', () => {
    const counts = fc.array(fc.oneof(fc.constant(0), fc.nat(3), fc.nat(300)), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(counts, (edgeCounts) => {
        const firstEdge = new Uint32Array(edgeCounts.length + 1);
        const from: number[] = [];
        for (const [node, count] of edgeCounts.entries()) {
          firstEdge[node + 1] = (firstEdge[node] as number) + count;
          for (let edge = 0; edge < count; edge++) from.push(node);
        }
        const parts = {
          graph: { nodes: { length: edgeCounts.length, firstEdge }, edges: { length: from.length } },
        };
        const columns = new HeapColumns(parts as never);
        expect(from.map((_, edge) => columns.holderOf(edge))).toEqual(from);
      }),
    );
  });
});
