import { describe, expect, it } from 'vitest';
import { Backoff } from './backoff.ts';

describe('waiting between attempts', () => {
  it('doubles up to ten seconds', () => {
    const backoff = new Backoff(() => 1);
    expect(Array.from({ length: 8 }, () => backoff.nextMs())).toEqual([
      250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
    ]);
  });

  it('is spread over the upper half, so that a fleet does not come back at once', () => {
    expect(new Backoff(() => 0).nextMs()).toBe(125);
    expect(new Backoff(() => 0.5).nextMs()).toBe(187.5);
  });

  it('begins anew after a success', () => {
    const backoff = new Backoff(() => 1);
    for (let attempt = 0; attempt < 5; attempt += 1) backoff.nextMs();
    backoff.reset();
    expect(backoff.nextMs()).toBe(250);
  });
});
