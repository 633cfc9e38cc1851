import { describe, expect, it } from 'vitest';
import { type HeapProfile, parseHeapProfile, toJsonPieces } from './heap-profile.ts';

const node = (selfSize: number, ...children: HeapProfile['head'][]): HeapProfile['head'] => ({
  callFrame: { functionName: `"f\n${selfSize}"`, scriptId: '1', url: 'ü', lineNumber: 1, columnNumber: 2 },
  selfSize,
  id: selfSize,
  children,
});

describe('the JSON of a heap profile in pieces', () => {
  it('is the JSON that one piece would be', () => {
    const profile = {
      head: node(0, node(1, node(2), node(3, node(4))), node(5)),
      samples: [{ size: 16, nodeId: 4, ordinal: 1 }],
    };
    expect(JSON.parse([...toJsonPieces(profile)].join(''))).toEqual(profile);
    const empty = { head: { children: [] }, samples: [] };
    expect(JSON.parse([...toJsonPieces(empty)].join(''))).toEqual(empty);
  });

  it('has no piece that grows with the profile', () => {
    const wide = Array.from({ length: 20_000 }, (_, index) => node(index, node(index)));
    const samples = Array.from({ length: 100_000 }, (_, index) => ({ size: 16, nodeId: 1, ordinal: index }));
    const pieces = [...toJsonPieces({ head: node(0, ...wide), samples })];
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(256 * 1024);
    expect(JSON.parse(pieces.join('')).head.children).toHaveLength(20_000);
  });

  it('needs no stack for a deep tree', () => {
    let deep = node(0);
    for (let depth = 1; depth < 100_000; depth += 1) deep = node(depth, deep);
    let length = 0;
    for (const piece of toJsonPieces({ head: deep, samples: [] })) length += piece.length;
    expect(length).toBeGreaterThan(10_000_000);
  });
});

describe('a recorder’s reply', () => {
  it.each([undefined, {}, { profile: {} }, { profile: { head: {}, samples: [] } }])(
    'of %j is no heap profile',
    (reply) => {
      expect(() => parseHeapProfile(reply)).toThrow('no heap profile');
    },
  );
});
