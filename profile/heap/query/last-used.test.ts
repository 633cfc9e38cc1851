import { describe, expect, it } from 'vitest';
import { LastUsed } from './last-used.ts';

describe('what was used last', () => {
  const weigh = (value: { weight: number }) => value.weight;

  it('is made once as long as it is kept', () => {
    const kept = new LastUsed(10, weigh);
    const first = kept.get('a', () => ({ weight: 4 }));
    expect(kept.get('a', () => ({ weight: 4 }))).toBe(first);
  });

  it('stays when what was not asked for the longest has to go', () => {
    const kept = new LastUsed(10, weigh);
    const [a, b] = ['a', 'b'].map((key) => kept.get(key, () => ({ weight: 4 })));
    kept.get('a', () => ({ weight: 4 }));
    kept.get('c', () => ({ weight: 4 }));
    expect(kept.get('a', () => ({ weight: 4 }))).toBe(a);
    expect(kept.get('b', () => ({ weight: 4 }))).not.toBe(b);
  });

  it('is kept even when it alone is too heavy', () => {
    const kept = new LastUsed(10, weigh);
    const heavy = kept.get('a', () => ({ weight: 99 }));
    expect(kept.get('a', () => ({ weight: 99 }))).toBe(heavy);
  });
});
