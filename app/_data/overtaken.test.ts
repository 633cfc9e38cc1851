import { MutationObserver, QueryClient } from '@tanstack/react-query';
import { describe, expect, test } from 'vitest';
import type { Capture } from '#contract';
import { applyChange } from './apply-change.ts';
import { keepOvertaken } from './overtaken.ts';

const ID = 'cap_00000000000000000001';

/** Of a capture only what this room looks at. */
const captureIn = (state: string) =>
  ({ id: ID, service: 'lobby', status: { state, since: '2026-01-01T00:00:00.000Z' } }) as unknown as Capture;

function open() {
  const client = new QueryClient();
  const changes = keepOvertaken(client);
  return {
    client,
    tell: (state: string) => changes.take({ type: 'capture', capture: captureIn(state) }),
    shown: () => client.getQueryData<Capture>(['capture', ID])?.status.state,
    ask: (answer: Promise<unknown>, about: string) =>
      client.fetchQuery({ queryKey: [about], queryFn: () => answer, retry: false }),
  };
}

/** Lets promises and the cache's own scheduling settle. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('a change that overtakes an answer', () => {
  test('outlives the older answer of a question', async () => {
    const { client, tell, shown } = open();
    const answer = Promise.withResolvers<Capture>();
    const asked = client.fetchQuery({ queryKey: ['capture', ID], queryFn: () => answer.promise });
    tell('complete');
    answer.resolve(captureIn('writing'));
    await asked;
    await settle();
    expect(shown()).toBe('complete');
  });

  test('outlives the older answer of an order', async () => {
    const { client, tell, shown } = open();
    const answer = Promise.withResolvers<Capture>();
    const order = new MutationObserver(client, {
      mutationFn: () => answer.promise,
      onSuccess: (capture) => applyChange(client, { type: 'capture', capture }),
    });
    const given = order.mutate();
    tell('complete');
    answer.resolve(captureIn('writing'));
    await given;
    await settle();
    expect(shown()).toBe('complete');
  });

  test('is not written over what came after it, when the question it overtook was never answered', async () => {
    const { client, tell, shown, ask } = open();
    const never = Promise.withResolvers<unknown>();
    const asked = ask(never.promise, 'something').catch(() => {});
    tell('writing');
    await client.cancelQueries({ queryKey: ['something'] });
    await asked;
    tell('complete');
    await ask(Promise.resolve(1), 'something else');
    await settle();
    expect(shown()).toBe('complete');
  });
});
