import { describe, expect, it } from 'vitest';
import type { InstanceId } from '#contract';
import { resourceHref, resourceKey } from './resource-key.ts';

const GATE = 'bg-gate.0123456789' as InstanceId;

describe('the link to a resource', () => {
  it('opens a pool among all pools, and everything else on its instance', () => {
    expect(resourceHref(GATE, { id: 'pool:a', kind: 'pool' })).toBe(
      '/pools?open=bg-gate.0123456789%2Fpool%3Aa',
    );
    expect(resourceHref(GATE, { id: 'rooms', kind: 'rooms' })).toBe(
      '/instances/bg-gate.0123456789?open=bg-gate.0123456789%2Frooms',
    );
  });

  it('names the resource by the key that its row has', () => {
    const id = 'odd & id/with=everything';
    const query = new URL(resourceHref(GATE, { id, kind: 'pool' }), 'http://own').searchParams;
    expect(query.get('open')).toBe(resourceKey(GATE, id));
  });
});
