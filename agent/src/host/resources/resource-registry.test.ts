import { describe, expect, it } from 'vitest';
import type { Resource } from './resource.ts';
import { ResourceRegistry } from './resource-registry.ts';

function registryWith(read: () => unknown): ResourceRegistry {
  const registry = new ResourceRegistry(() => {});
  registry.register({ id: 'pool', kind: 'pool', name: 'Pool', read } as Resource);
  return registry;
}

describe('a resource', () => {
  it('tells its measures in their order', () => {
    const registry = registryWith(() => [
      { name: 'size', value: 3 },
      { name: 'age', value: 1.5, unit: 's' },
    ]);
    expect(registry.read()).toMatchObject([
      {
        id: 'pool',
        measures: [
          { name: 'size', value: 3, unit: '1' },
          { name: 'age', value: 1.5, unit: 's' },
        ],
        error: '',
      },
    ]);
  });

  it('may tell them as a plain object', () => {
    expect(registryWith(() => ({ size: 3 })).read()[0]?.measures).toEqual([
      { name: 'size', value: 3, unit: '1' },
    ]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('the pool is gone');
      },
      'the pool is gone',
    ],
    [
      'throws what cannot be shown',
      () => {
        throw {
          toString: () => {
            throw new Error('no');
          },
        };
      },
      'cannot be shown',
    ],
    ['returns nothing', () => undefined, 'no measures'],
    ['returns text for a number', () => ({ size: '3' }), 'finite number'],
    ['returns no number', () => ({ size: Number.NaN }), 'finite number'],
    ['returns holes', () => [null], 'without a name'],
  ])('that %s is shown with its error', (_, read, error) => {
    expect(registryWith(read).read()[0]?.error).toContain(error);
  });

  it('keeps its last good measures and their time when it fails', () => {
    let fails = false;
    const registry = registryWith(() => {
      if (fails) throw new Error('broken');
      return { size: 1 };
    });
    const [before] = registry.read();
    fails = true;
    expect(registry.read()[0]).toEqual({ ...before, error: 'broken' });
  });

  it('that answers later is shown when it has answered', async () => {
    const registry = registryWith(async () => ({ size: 7 }));
    expect(registry.read()[0]?.measures).toEqual([]);
    await new Promise(setImmediate);
    expect(registry.read()[0]?.measures).toEqual([{ name: 'size', value: 7, unit: '1' }]);
  });

  it('that never answers is not asked again', () => {
    let calls = 0;
    const registry = registryWith(() => {
      calls += 1;
      return new Promise(() => {});
    });
    for (let second = 0; second < 5; second += 1) registry.read();
    expect(calls).toBe(1);
  });

  it('that rejects is shown with its error', async () => {
    const registry = registryWith(() => Promise.reject(new Error('late trouble')));
    registry.read();
    await new Promise(setImmediate);
    expect(registry.read()[0]?.error).toBe('late trouble');
  });

  it('that is slow again and again is asked more rarely, and not for being slow once', () => {
    let calls = 0;
    const registry = registryWith(() => {
      calls += 1;
      const end = performance.now() + 15;
      while (performance.now() < end);
      return { size: 1 };
    });
    registry.read();
    registry.read();
    expect(calls).toBe(2);
    expect(registry.read()[0]?.measures).toHaveLength(1);
    expect(calls).toBe(2);
  });

  it('sends no more than a bounded amount, whatever the service returns', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => ({
      name: `${n}`.repeat(1_000),
      value: n,
      unit: 'u'.repeat(99),
    }));
    const [reading] = registryWith(() => many).read();
    expect(reading?.measures).toHaveLength(32);
    expect(reading?.measures.at(-1)?.name).toHaveLength(64);
    expect(reading?.measures.at(-1)?.unit).toHaveLength(16);
  });
});

describe('the registry of resources', () => {
  it('tells of every change, and takes an id once', () => {
    let changes = 0;
    const registry = new ResourceRegistry(() => {
      changes += 1;
    });
    const resource: Resource = { id: 'a', kind: 'pool', name: 'A', read: () => ({}) };
    const first = registry.register(resource);
    const second = registry.register(resource);
    expect(second.refusedReason).toContain('registered already');
    second.dispose();
    expect(registry.describe()).toHaveLength(1);
    first.dispose();
    first.dispose();
    expect(registry.describe()).toHaveLength(0);
    expect(changes).toBe(2);
  });

  it.each([undefined, null, {}, { id: '' }, { id: 'a', kind: 'k', name: 'n' }, 7])(
    'does not take %j, and does not throw',
    (resource) => {
      const registry = new ResourceRegistry(() => {});
      expect(registry.register(resource as Resource).refusedReason).toMatch(/needs/);
      expect(registry.read()).toEqual([]);
    },
  );
});
