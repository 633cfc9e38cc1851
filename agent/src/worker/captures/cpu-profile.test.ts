import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCpuProfile, toJsonPieces } from './cpu-profile.ts';

describe('the JSON of a profile in pieces', () => {
  it('is the JSON that one piece would be', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (profile) => {
        expect(JSON.parse([...toJsonPieces(profile)].join(''))).toEqual(JSON.parse(JSON.stringify(profile)));
      }),
    );
  });

  it('has no piece that grows with the profile', () => {
    const samples = Array.from({ length: 200_000 }, (_, index) => index);
    const pieces = [...toJsonPieces({ nodes: [], samples, startTime: 0, endTime: 1 })];
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(64 * 1024);
    expect(JSON.parse(pieces.join(''))).toEqual({ nodes: [], samples, startTime: 0, endTime: 1 });
  });
});

describe('a recorder’s reply', () => {
  it.each([undefined, {}, { profile: {} }, { profile: { startTime: '0', endTime: 1 } }])(
    'of %j is no profile',
    (reply) => {
      expect(() => parseCpuProfile(reply)).toThrow('no profile');
    },
  );
});
