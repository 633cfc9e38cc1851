import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContentDigest, type DigestColumns } from './content-digest.ts';

const encoder = new TextEncoder();

function digestOf(text: string): ContentDigest {
  const bytes = encoder.encode(text);
  const digest = new ContentDigest();
  digest.append(bytes, 0, bytes.length);
  return digest;
}

function facts({ key, bytes, units }: ContentDigest) {
  return { key, bytes, units };
}

const content = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('the digest of a content', () => {
  it('of two one after another follows from both', () => {
    fc.assert(
      fc.property(content, content, (one, other) => {
        const columns: DigestColumns = {
          bytes: new Uint32Array(2),
          units: new Uint32Array(2),
          wrapped: new Int32Array(2),
          modular: new Uint32Array(2),
        };
        digestOf(one).store(columns, 0);
        digestOf(other).store(columns, 1);
        const both = new ContentDigest();
        both.appendDigest(columns, 0);
        both.appendDigest(columns, 1);
        expect(facts(both)).toEqual(facts(digestOf(one + other)));
      }),
    );
  });

  it('has the lengths, and tells contents apart', () => {
    fc.assert(
      fc.property(content, content, (one, other) => {
        expect(facts(digestOf(one))).toMatchObject({ bytes: encoder.encode(one).length, units: one.length });
        expect(digestOf(one).key === digestOf(other).key).toBe(one === other);
      }),
    );
  });
});
