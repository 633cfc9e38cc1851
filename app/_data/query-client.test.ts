import { MutationObserver, onlineManager } from '@tanstack/react-query';
import { afterEach, expect, test } from 'vitest';
import { createQueryClient } from './query-client.ts';

afterEach(() => onlineManager.setOnline(true));

test('an order given without a network fails at once, and is not carried out when there is one again', async () => {
  const client = createQueryClient();
  const sent: string[] = [];
  const send = async (order: string) => {
    sent.push(order);
    throw new Error('no network');
  };
  onlineManager.setOnline(false);
  const order = new MutationObserver(client, { mutationFn: send });
  await expect(order.mutate('flush')).rejects.toThrow('no network');
  onlineManager.setOnline(true);
  await client.resumePausedMutations();
  expect(sent).toEqual(['flush']);
});

test('a question asked without a network is answered with a failure instead of a wait without end', async () => {
  const client = createQueryClient();
  onlineManager.setOnline(false);
  const question = client.fetchQuery({
    queryKey: ['question'],
    queryFn: () => Promise.reject(new Error('no network')),
    retry: false,
  });
  await expect(question).rejects.toThrow('no network');
});
