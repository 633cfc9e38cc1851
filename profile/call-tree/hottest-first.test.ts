import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anySamples, profileFromSamples } from '../text/any-profile.ts';
import { putHottestFirst } from './hottest-first.ts';

describe('nodes in another order', () => {
  test('are the same stacks, callers before what they call, the most sampled first', () => {
    fc.assert(
      fc.property(anySamples, (drawn) => {
        const { nodes, samples } = profileFromSamples(drawn);
        const { nodes: hottest, nodeOf } = putHottestFirst(nodes, samples.node);
        expect([...nodeOf].sort((a, b) => a - b)).toEqual(Array.from(nodeOf, (_, node) => node));
        const hits = new Array<number>(nodes.length).fill(0);
        for (const leaf of samples.node) {
          for (let node = leaf; node >= 0; node = nodes.parent[node] as number)
            hits[nodeOf[node] as number] = (hits[nodeOf[node] as number] ?? 0) + 1;
        }
        const lastChild = new Map<number, number>();
        for (let node = 0; node < nodes.length; node++) {
          const now = nodeOf[node] as number;
          expect(hottest.func[now]).toBe(nodes.func[node]);
          expect(hottest.depth[now]).toBe(nodes.depth[node]);
          const above = nodes.parent[node] as number;
          expect(hottest.parent[now]).toBe(above < 0 ? -1 : nodeOf[above]);
          if (now === 0) continue;
          const place = hottest.parent[now] as number;
          expect(place).toBeLessThan(now);
        }
        for (let now = 1; now < hottest.length; now++) {
          const place = hottest.parent[now] as number;
          const before = lastChild.get(place);
          if (before !== undefined) expect(hits[now]).toBeLessThanOrEqual(hits[before] as number);
          lastChild.set(place, now);
        }
      }),
    );
  });
});
