import { status } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { AgentClient } from '../../../testing/agent-client.ts';
import { refusalOf } from '../../../testing/test-actions.ts';
import { listenForTest } from '../../../testing/test-endpoint.ts';
import { testToken } from '../../../testing/test-registry.ts';
import type { Resource, ResourceItem } from '../../host/resources/resource.ts';

const open: (Disposable | AsyncDisposable)[] = [];

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) {
    if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
    else resource[Symbol.dispose]();
  }
});

async function serve(parts: Partial<Resource> = {}) {
  const endpoint = await listenForTest([], testToken);
  open.push(endpoint);
  const pool = { id: 'pool', kind: 'pool', name: 'Pool', read: () => ({ size: 1 }), ...parts };
  expect(endpoint.service.operations.resources.register(pool).refusedReason).toBeUndefined();
  const client = new AgentClient(endpoint.address, testToken);
  open.push(client);
  return client;
}

const item = (id: string): ResourceItem => ({ id, name: `To ${id}`, condition: 'well', state: 'healthy' });

describe('what is in a resource', () => {
  it('is read when it is asked for, with the state of the resource', async () => {
    let size = 0;
    const client = await serve({
      read: () => {
        size += 1;
        return {
          measures: { size },
          finding: { sentence: 'One is stale.', action: { type: 'pool.flush', parameters: { game: 'a' } } },
        };
      },
      items: async () => [
        item('a'),
        {
          id: 'b',
          name: 'To b',
          condition: 'bad',
          state: 'stale',
          reason: 'Its peer is younger than it.',
          peer: 'steampunk2-0',
          createdAt: new Date(1_000),
          lastUsedAt: new Date(2_500),
          measures: [{ name: 'idle', value: 3, unit: 's' }],
        },
      ],
    });
    const first = await client.readResource('pool');
    expect(first.itemCount).toBe(2n);
    expect(first.state).toMatchObject({
      id: 'pool',
      measures: [{ name: 'size', value: 1 }],
      finding: { sentence: 'One is stale.', actionType: 'pool.flush', parametersJson: '{"game":"a"}' },
      error: '',
    });
    expect(first.items).toMatchObject([
      { id: 'a', condition: 1, reason: '', peer: '' },
      {
        id: 'b',
        condition: 3,
        state: 'stale',
        reason: 'Its peer is younger than it.',
        peer: 'steampunk2-0',
        createdAt: { seconds: 1n },
        lastUsedAt: { seconds: 2n, nanos: 500_000_000 },
        measures: [{ name: 'idle', value: 3, unit: 's' }],
      },
    ]);
    // A busy machine makes it a slow resource, which is asked again a little later.
    await expect
      .poll(async () => (await client.readResource('pool')).state?.measures[0]?.value, { timeout: 5_000 })
      .toBe(2);
  });

  it('is nothing when the service does not say', async () => {
    const client = await serve();
    expect(await client.readResource('pool')).toMatchObject({
      items: [],
      itemCount: 0n,
      state: { error: '' },
    });
  });

  it('is cut to what fits into a message, and counted in full', async () => {
    const long = 'ö'.repeat(500);
    const client = await serve({
      items: () => Array.from({ length: 3_000 }, (_, number) => ({ ...item(`${number}`), reason: long })),
    });
    const { items, itemCount } = await client.readResource('pool');
    expect(itemCount).toBe(3_000n);
    expect(items.length).toBeGreaterThan(500);
    expect(items.length).toBeLessThanOrEqual(1_000);
  });

  it.each<[string, () => unknown, string]>([
    [
      'throws',
      () => {
        throw new Error('the list is broken');
      },
      'the list is broken',
    ],
    ['rejects', () => Promise.reject(new Error('later')), 'later'],
    ['returns no list', () => ({}), 'no array'],
    ['returns holes', () => [null], 'no object'],
    ['returns an item without an id', () => [{ ...item('a'), id: undefined }], 'without an id'],
    ['returns a condition of its own', () => [{ ...item('a'), condition: 'fine' }], 'without a condition'],
    ['never answers', () => new Promise(() => {}), 'has not answered for 2 s'],
  ])('is told as an error when items() %s, and the state is told all the same', async (_, items, error) => {
    const client = await serve({ items: items as NonNullable<Resource['items']> });
    const { state, items: told } = await client.readResource('pool');
    expect(told).toEqual([]);
    expect(state?.error).toContain(error);
    expect(state?.measures).toMatchObject([{ name: 'size', value: 1 }]);
  });

  it('is asked once for callers that come at the same time, and rarely when it is slow', async () => {
    let calls = 0;
    const client = await serve({
      items: () => {
        calls += 1;
        const end = performance.now() + 80;
        while (performance.now() < end);
        return [item('a')];
      },
    });
    await Promise.all(Array.from({ length: 5 }, () => client.readResource('pool')));
    await client.readResource('pool');
    expect(calls).toBe(1);
  });

  it('of a resource that is not there is not found', async () => {
    const client = await serve();
    expect(await refusalOf(client.readResource('other'))).toMatchObject({
      code: status.NOT_FOUND,
      word: 'unknown-resource',
    });
  });
});

describe('a finding', () => {
  it('travels with the vitals until the service says that it is over', async () => {
    let stale = 2;
    const client = await serve({
      read: () => ({
        measures: { stale },
        ...(stale > 0 ? { finding: { sentence: `${stale} are stale.` } } : {}),
      }),
    });
    const { resources } = await client.watchUntil((message) => message.resources.length > 0);
    expect(resources[0]?.finding).toMatchObject({ sentence: '2 are stale.', actionType: '' });
    stale = 0;
    const later = await client.watchUntil((message) => message.resources[0]?.measures[0]?.value === 0);
    expect(later.resources[0]?.finding).toBeUndefined();
  });
});
