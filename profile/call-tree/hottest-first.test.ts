import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anySamples, profileFromSamples } from '../text/any-profile.ts';
import { putHottestFirst } from './hottest-first.ts';

describe('nodes in another order', () => {
  test('are the same stacks depth first, below each the most sampled first', () => {
    // Other samples than those by which the reader has put them in order.
    const anyLeaves = fc.array(fc.nat({ max: 200 }), { maxLength: 60 });
    fc.assert(
      fc.property(anySamples, anyLeaves, (drawn, leaves) => {
        const { nodes } = profileFromSamples(drawn);
        const sampled = Uint32Array.from(leaves, (leaf) => leaf % nodes.length);
        const { nodes: hottest, nodeOf } = putHottestFirst(nodes, sampled);
        expect([...nodeOf].sort((a, b) => a - b)).toEqual(Array.from(nodeOf, (_, node) => node));
        const hits = new Array<number>(nodes.length).fill(0);
        for (const leaf of sampled) {
          for (let node = leaf; node >= 0; node = nodes.parent[node] as number)
            hits[nodeOf[node] as number] = (hits[nodeOf[node] as number] ?? 0) + 1;
        }
        for (let node = 0; node < nodes.length; node++) {
          const now = nodeOf[node] as number;
          expect(hottest.func[now]).toBe(nodes.func[node]);
          expect(hottest.depth[now]).toBe(nodes.depth[node]);
          const above = nodes.parent[node] as number;
          expect(hottest.parent[now]).toBe(above < 0 ? -1 : nodeOf[above]);
        }
        const sibling = new Map<number, number>();
        const open: number[] = [0];
        for (let now = 1; now < hottest.length; now++) {
          const above = hottest.parent[now] as number;
          while (open.at(-1) !== above && open.length > 0) open.pop();
          expect(open.at(-1), 'stands below who is open').toBe(above);
          open.push(now);
          const before = sibling.get(above);
          if (before !== undefined) expect(hits[now]).toBeLessThanOrEqual(hits[before] as number);
          sibling.set(above, now);
        }
      }),
    );
  });
});
