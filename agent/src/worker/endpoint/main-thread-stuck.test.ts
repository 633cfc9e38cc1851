import { once } from 'node:events';
import { status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { manualAction, order, serveActions } from '../../../testing/serve-actions.ts';
import { action, lines, refusalOf, success, untilLine } from '../../../testing/test-actions.ts';

describe('a main thread that is stuck', () => {
  it('has every look and every run refused, and what was refused is not done when it comes back', async () => {
    const { offered, calls } = manualAction();
    await using served = await serveActions(offered);
    const { client, service } = served;
    service.stick();
    const startedMs = performance.now();
    const refusals = await Promise.all([
      refusalOf(client.run(order)),
      refusalOf(client.previewAction('pool.flush')),
      refusalOf(client.readResource('pool')),
    ]);
    expect(performance.now() - startedMs).toBeLessThan(6_000);
    for (const { code, word, sentence } of refusals) {
      expect({ code, word }).toEqual({ code: status.FAILED_PRECONDITION, word: 'main-thread-stuck' });
      expect(sentence).toMatch(/has not answered for \d\.\d s\. What .* lives on that thread/);
    }
    // By now it is known.
    const againMs = performance.now();
    await refusalOf(client.previewAction('pool.flush'));
    expect(performance.now() - againMs).toBeLessThan(3_000);
    service.comeBack();
    expect((await client.previewAction('pool.flush')).targets).toHaveLength(1);
    expect((await refusalOf(client.run(order))).word).toBe('main-thread-stuck');
    expect(calls.run).toBe(0);
  });

  it('does not keep a run that has begun from being told, nor from being cancelled when it comes back', async () => {
    await using served = await serveActions(
      action({
        run: async (run) => {
          run.step('closing', 'Closes.');
          await once(run.signal, 'abort');
          return { ...success, state: 'cancelled' };
        },
      }),
    );
    const { client, service } = served;
    const events = client.run(order);
    await untilLine(client.openRun(order), 'step closing');
    service.stick();
    expect((await refusalOf(client.previewAction('pool.flush'))).word).toBe('main-thread-stuck');
    const attached = client.openRun({ ...order, attachOnly: true });
    await untilLine(attached, 'step closing');
    await client.cancelAction('key-1');
    service.comeBack();
    expect(lines(await events)).toEqual(['step closing', 'end cancelled']);
  });
});
