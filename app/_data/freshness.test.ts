import { describe, expect, it } from 'vitest';
import { freshnessAt, STALE_AFTER_MS } from './freshness.ts';

describe('freshness', () => {
  it('is live until the silence has lasted five seconds, then stale with the moment of the last word', () => {
    expect(freshnessAt(1000 + STALE_AFTER_MS, 0, 1000)).toEqual({ state: 'live', lastHeardMs: 1000 });
    expect(freshnessAt(1001 + STALE_AFTER_MS, 0, 1000)).toEqual({ state: 'stale', lastHeardMs: 1000 });
  });

  it('says that the server does not answer only after having waited for it', () => {
    expect(freshnessAt(500, 0, null)).toEqual({ state: 'connecting' });
    expect(freshnessAt(10_000, 0, null)).toEqual({ state: 'unreachable' });
  });
});
