import { once } from 'node:events';
import { status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { manualAction, order, serveActions } from '../../../testing/serve-actions.ts';
import {
  action,
  lines,
  previewOf,
  refusalOf,
  success,
  target,
  untilLine,
} from '../../../testing/test-actions.ts';

describe('a run', () => {
  it('tells its steps, its targets, what it waits for and its end, in their order', async () => {
    await using served = await serveActions(
      action({
        run: async (run) => {
          expect(run.parameters).toEqual({ game: 'odinbingo' });
          expect([...run.confirmed]).toEqual(['a', 'b']);
          run.step('closing', 'Closes.');
          run.outcome('a', 'done', 'Closed.');
          run.outcome('b', 'kept', 'It is gone already.');
          await new Promise(setImmediate);
          run.step('verifying', 'Looks again.');
          return success;
        },
      }),
    );
    const { client } = served;
    const events = await client.run({ ...order, parameters: { game: 'odinbingo' }, confirmed: ['b', 'a'] });
    expect(lines(events)).toEqual(['step closing', 'done a', 'kept b', 'step verifying', 'end succeeded']);
    expect(events.at(-1)?.event.value).toMatchObject({
      message: 'It is done.',
      playersAffected: 2n,
      checks: [{ name: 'closed', passed: true, detail: 'No socket is left.' }],
    });
    expect(events.every(({ at }) => at !== undefined)).toBe(true);
  });

  it('happens once for the same key, and is told again from its first event', async () => {
    const { offered, started, finish, calls } = manualAction();
    await using served = await serveActions(offered);
    const { client } = served;
    const first = client.run(order);
    const run = await started;
    run.step('closing', 'Closes.');
    const second = client.run(order);
    const attached = client.run({ ...order, attachOnly: true });
    run.outcome('a', 'done', 'Closed.');
    finish(success);
    const whole = ['step closing', 'done a', 'end succeeded'];
    expect(lines(await first)).toEqual(whole);
    expect(lines(await second)).toEqual(whole);
    expect(lines(await attached)).toEqual(whole);
    expect(lines(await client.run(order))).toEqual(whole);
    expect(calls.run).toBe(1);
  });

  it('goes on when the stream that follows it is lost', async () => {
    const { offered, started, finish } = manualAction();
    await using served = await serveActions(offered);
    const { client } = served;
    const lost = client.openRun(order);
    const run = await started;
    run.step('closing', 'Closes.');
    await untilLine(lost, 'step closing');
    lost.cancel();
    run.outcome('a', 'done', 'Closed.');
    finish(success);
    const events = await client.run({ ...order, attachOnly: true });
    expect(lines(events)).toEqual(['step closing', 'done a', 'end succeeded']);
  });

  it('says that it has begun before it has an event', async () => {
    const { offered, finish } = manualAction();
    await using served = await serveActions(offered);
    const { client } = served;
    const stream = client.openRun(order);
    await once(stream, 'metadata');
    finish(success);
    await untilLine(stream, 'end succeeded');
  });

  it('whose key was used with other parameters is refused', async () => {
    await using served = await serveActions(action());
    const { client } = served;
    await client.run(order);
    for (const other of [{ parameters: { game: 'other' } }, { confirmed: ['a', 'b'] }]) {
      expect(await refusalOf(client.run({ ...order, ...other }))).toMatchObject({
        code: status.INVALID_ARGUMENT,
        word: 'idempotency-key-reused',
      });
    }
    const reordered = { ...order, parameters: {}, confirmed: ['a', 'a'] };
    expect(lines(await client.run(reordered))).toEqual(['end succeeded']);
  });

  it('that was never begun cannot be attached to, and does not begin', async () => {
    const { offered, calls } = manualAction();
    await using served = await serveActions(offered);
    const { client } = served;
    expect(await refusalOf(client.run({ ...order, attachOnly: true }))).toMatchObject({
      code: status.NOT_FOUND,
      word: 'unknown-run',
    });
    expect(calls).toEqual({ preview: 0, run: 0 });
  });

  it('does nothing when it would touch more than was confirmed', async () => {
    let targets = [target('a'), target('b'), target('c', 'kept')];
    const { offered, calls } = manualAction({ preview: () => previewOf(targets) });
    await using served = await serveActions(offered);
    const { client } = served;
    const refusal = await refusalOf(client.run(order));
    expect(refusal).toMatchObject({ code: status.FAILED_PRECONDITION, word: 'preview-outgrown' });
    expect(refusal.sentence).toContain('Connection b');
    expect(calls.run).toBe(0);
    // The key has got its answer: what has changed since does not change it.
    targets = [];
    expect((await refusalOf(client.run(order))).word).toBe('preview-outgrown');
    expect((await refusalOf(client.run({ ...order, attachOnly: true }))).word).toBe('preview-outgrown');
    expect(calls.run).toBe(0);
  });

  it('begins when more has come that it only waits for', async () => {
    const { offered, started, finish } = manualAction({
      preview: () => previewOf([target('a'), target('another room', 'awaited')]),
    });
    await using served = await serveActions(offered);
    const { client } = served;
    const events = client.run(order);
    await started;
    finish(success);
    expect(lines(await events)).toEqual(['end succeeded']);
  });

  it('begins when less is left to touch than was confirmed', async () => {
    await using served = await serveActions(action({ preview: () => previewOf([]) }));
    const { client } = served;
    expect(lines(await client.run(order))).toEqual(['end succeeded']);
  });

  it('of a type that runs already has to wait, and another type need not', async () => {
    const { offered, started, finish } = manualAction();
    await using served = await serveActions(offered, action({ type: 'drain' }));
    const { client } = served;
    const running = client.run(order);
    await started;
    expect(await refusalOf(client.run({ ...order, key: 'key-2' }))).toMatchObject({
      code: status.FAILED_PRECONDITION,
      word: 'action-in-progress',
    });
    expect(lines(await client.run({ ...order, key: 'key-3', type: 'drain' }))).toEqual(['end succeeded']);
    finish(success);
    await running;
    // The key that had to wait was not spent by it.
    expect(lines(await client.run({ ...order, key: 'key-2' }))).toEqual(['end succeeded']);
  });

  it('that is cancelled may take back what it began', async () => {
    await using served = await serveActions(
      action({
        run: async (run) => {
          run.step('cordoned', 'Takes no new rooms.');
          run.waitingFor([target('room')], 40_000);
          await once(run.signal, 'abort');
          run.step('serving', 'Takes rooms again.');
          return { ...success, state: 'cancelled', message: 'It serves again.' };
        },
      }),
    );
    const { client } = served;
    const events = client.run(order);
    await untilLine(client.openRun(order), 'waiting 1');
    await client.cancelAction('key-1');
    expect(lines(await events)).toEqual(['step cordoned', 'waiting 1', 'step serving', 'end cancelled']);
    await client.cancelAction('key-1');
    // What it waited for is over with it.
    const again = await client.run(order);
    expect(lines(again)).toEqual(['step cordoned', 'step serving', 'end cancelled']);
  });

  it('that is cancelled while the preview is computed anew does nothing', async () => {
    let answer: (preview: ReturnType<typeof previewOf>) => void = () => {};
    let asked: () => void = () => {};
    const wasAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const { offered, calls } = manualAction({
      preview: () =>
        new Promise((resolve) => {
          answer = resolve;
          asked();
        }),
    });
    await using served = await serveActions(offered);
    const { client } = served;
    const events = client.run(order);
    await wasAsked;
    await client.cancelAction('key-1');
    answer(previewOf([target('a')]));
    expect(lines(await events)).toEqual(['end cancelled']);
    expect(calls.run).toBe(0);
  });

  it('that there is not cannot be cancelled', async () => {
    await using served = await serveActions(action());
    const { client } = served;
    expect(await refusalOf(client.cancelAction('key-9'))).toMatchObject({
      code: status.NOT_FOUND,
      word: 'unknown-run',
    });
  });

  it('is not begun, followed or cancelled by a server that was succeeded', async () => {
    const { offered, calls } = manualAction();
    await using served = await serveActions(offered);
    const { client } = served;
    expect((await refusalOf(client.cancelAction('any', 7n))).word).toBe('unknown-run');
    for (const work of [
      client.run({ ...order, epoch: 6n }),
      client.run({ ...order, epoch: 6n, attachOnly: true }),
      client.cancelAction('key-1', 6n),
    ]) {
      expect(await refusalOf(work)).toMatchObject({
        code: status.FAILED_PRECONDITION,
        word: 'epoch-superseded',
      });
    }
    expect(calls).toEqual({ preview: 0, run: 0 });
  });

  it.each([
    ['a key with a slash', { key: 'a/b' }],
    ['an empty key', { key: '' }],
    ['an id of 129 characters', { confirmed: ['x'.repeat(129)] }],
    ['1001 confirmed targets', { confirmed: Array.from({ length: 1_001 }, (_, number) => `${number}`) }],
    ['parameters of 33 KiB', { parameters: { text: 'x'.repeat(33_800) } }],
  ])('with %s is refused', async (_, wrong) => {
    await using served = await serveActions(action());
    const { client } = served;
    expect(await refusalOf(client.run({ ...order, ...wrong }))).toMatchObject({
      code: status.INVALID_ARGUMENT,
      word: 'invalid-request',
    });
  });

  it('of a thousand targets with the longest ids is taken', async () => {
    const ids = Array.from({ length: 1_000 }, (_, number) => `${number}`.padEnd(128, 'ö'));
    await using served = await serveActions(
      action({
        preview: () => previewOf(ids.map((id) => target(id))),
        run: async (run) => {
          for (const id of run.confirmed) run.outcome(id, 'done', 'Closed.');
          return success;
        },
      }),
    );
    const { client } = served;
    const events = await client.run({ ...order, confirmed: ids });
    expect(events).toHaveLength(1_001);
  });
});
