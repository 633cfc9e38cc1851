import { once } from 'node:events';
import { status } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunActionResponse } from '../../../../proto/gen/opscenter/v1/action_pb.ts';
import { AgentClient, type RunStream } from '../../../testing/agent-client.ts';
import {
  action,
  lineOf,
  lines,
  previewOf,
  refusalOf,
  success,
  target,
  untilLine,
} from '../../../testing/test-actions.ts';
import { listenForTest } from '../../../testing/test-endpoint.ts';
import { testToken } from '../../../testing/test-registry.ts';
import { type Action, ActionRefused, type ActionRun } from '../../host/actions/action.ts';

const open: (Disposable | AsyncDisposable)[] = [];

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) {
    if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
    else resource[Symbol.dispose]();
  }
});

async function serve(...actions: Action[]) {
  const endpoint = await listenForTest([], testToken);
  open.push(endpoint);
  for (const offered of actions) {
    expect(endpoint.service.operations.actions.register(offered).refusedReason).toBeUndefined();
  }
  const client = new AgentClient(endpoint.address, testToken);
  open.push(client);
  return { client, service: endpoint.service };
}

/** An action that begins, and then does what the test wants when it wants it. */
function manual(parts: Partial<Action> = {}) {
  let begun: (run: ActionRun) => void = () => {};
  const started = new Promise<ActionRun>((resolve) => {
    begun = resolve;
  });
  let finish: (result: unknown) => void = () => {};
  const result = new Promise<unknown>((resolve) => {
    finish = resolve;
  });
  const calls = { preview: 0, run: 0 };
  const offered = action({
    preview: () => {
      calls.preview += 1;
      return previewOf([target('a')]);
    },
    run: (run) => {
      calls.run += 1;
      begun(run);
      return result as Promise<typeof success>;
    },
    ...parts,
  });
  return { offered, started, finish, calls };
}

const order = { key: 'key-1', type: 'pool.flush', confirmed: ['a'] };
const metadataOf = (stream: RunStream) => once(stream, 'metadata');

describe('a preview', () => {
  it('tells what the service would do with these parameters', async () => {
    const asked: unknown[] = [];
    const { client } = await serve(
      action({
        preview: (parameters) => {
          asked.push(parameters);
          return { ...previewOf([target('a'), target('b', 'kept')]), estimatedMs: 1_500 };
        },
      }),
    );
    const preview = await client.previewAction('pool.flush', { game: 'steampunk2' });
    expect(asked).toEqual([{ game: 'steampunk2' }]);
    expect(preview).toMatchObject({
      targets: [
        { id: 'a', name: 'Connection a', reason: 'Its peer is gone.', players: 1n, effect: 1 },
        { id: 'b', effect: 2 },
      ],
      playersAffected: 2n,
      playersDisconnected: 0n,
      irreversible: 'Nothing.',
      estimatedDuration: { seconds: 1n, nanos: 500_000_000 },
    });
  });

  it.each<[string, () => unknown, string, string]>([
    [
      'refuses',
      () => {
        throw new ActionRefused('The pool is being replaced.');
      },
      'action-refused',
      'The pool is being replaced.',
    ],
    [
      'fails',
      () => {
        throw new Error('no such pool');
      },
      'preview-failed',
      'no such pool',
    ],
    ['rejects', () => Promise.reject(new Error('later')), 'preview-failed', 'later'],
    ['returns nothing', () => undefined, 'preview-failed', 'no object'],
    ['returns no targets', () => ({ ...previewOf([]), targets: 7 }), 'preview-failed', 'list of targets'],
    [
      'returns a target without an id',
      () => previewOf([{ ...target('a'), id: '' }]),
      'preview-failed',
      'an id',
    ],
    ['returns an id that is too long', () => previewOf([target('x'.repeat(129))]), 'preview-failed', 'an id'],
    [
      'returns fewer than no players',
      () => ({ ...previewOf([]), playersAffected: -1 }),
      'preview-failed',
      'playersAffected',
    ],
    [
      'would touch too much to be looked at',
      () => previewOf(Array.from({ length: 1_001 }, (_, number) => target(`t${number}`))),
      'too-many-targets',
      '1001 targets',
    ],
  ])('of a service that %s says so', async (_, preview, word, sentence) => {
    const { client } = await serve(action({ preview: preview as Action['preview'] }));
    const refusal = await refusalOf(client.previewAction('pool.flush'));
    expect(refusal).toMatchObject({ code: status.FAILED_PRECONDITION, word });
    expect(refusal.sentence).toContain(sentence);
  });

  it('shows everything that is touched, and of what is kept as much as fits', async () => {
    const kept = Array.from({ length: 2_000 }, (_, number) => target(`kept-${number}`, 'kept'));
    const { client } = await serve(action({ preview: () => previewOf([...kept, target('last')]) }));
    const { targets } = await client.previewAction('pool.flush');
    expect(targets).toHaveLength(1_000);
    expect(targets[0]?.id).toBe('last');
  });

  it('that the service never computes is given up', async () => {
    const { client } = await serve(action({ preview: () => new Promise(() => {}) }));
    const refusal = await refusalOf(client.previewAction('pool.flush'));
    expect(refusal).toMatchObject({ code: status.FAILED_PRECONDITION, word: 'service-overdue' });
  });

  it('of an action that is not offered is not found', async () => {
    const { client } = await serve();
    expect(await refusalOf(client.previewAction('pool.flush'))).toMatchObject({
      code: status.NOT_FOUND,
      word: 'unknown-action',
    });
  });

  it.each([
    ['Flush', {}],
    ['pool.flush', []],
    ['pool.flush', { text: 'x'.repeat(33_000) }],
    ['pool.flush', JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`)],
  ])('of %s with parameters that cannot be is refused', async (type, parameters) => {
    const { client } = await serve(action());
    expect(await refusalOf(client.previewAction(type, parameters))).toMatchObject({
      code: status.INVALID_ARGUMENT,
      word: 'invalid-request',
    });
  });
});

describe('a run', () => {
  it('tells its steps, its targets, what it waits for and its end, in their order', async () => {
    const { client } = await serve(
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
    const { offered, started, finish, calls } = manual();
    const { client } = await serve(offered);
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
    const { offered, started, finish } = manual();
    const { client } = await serve(offered);
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
    const { offered, finish } = manual();
    const { client } = await serve(offered);
    const stream = client.openRun(order);
    await metadataOf(stream);
    finish(success);
    await untilLine(stream, 'end succeeded');
  });

  it('whose key was used with other parameters is refused', async () => {
    const { client } = await serve(action());
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
    const { offered, calls } = manual();
    const { client } = await serve(offered);
    expect(await refusalOf(client.run({ ...order, attachOnly: true }))).toMatchObject({
      code: status.NOT_FOUND,
      word: 'unknown-run',
    });
    expect(calls).toEqual({ preview: 0, run: 0 });
  });

  it('does nothing when it would touch more than was confirmed', async () => {
    let targets = [target('a'), target('b'), target('c', 'kept')];
    const { offered, calls } = manual({ preview: () => previewOf(targets) });
    const { client } = await serve(offered);
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

  it('begins when less is left to touch than was confirmed', async () => {
    const { client } = await serve(action({ preview: () => previewOf([]) }));
    expect(lines(await client.run(order))).toEqual(['end succeeded']);
  });

  it('of a type that runs already has to wait, and another type need not', async () => {
    const { offered, started, finish } = manual();
    const { client } = await serve(offered, action({ type: 'drain' }));
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
    const { client } = await serve(
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
    const { offered, calls } = manual({
      preview: () =>
        new Promise((resolve) => {
          answer = resolve;
          asked();
        }),
    });
    const { client } = await serve(offered);
    const events = client.run(order);
    await wasAsked;
    await client.cancelAction('key-1');
    answer(previewOf([target('a')]));
    expect(lines(await events)).toEqual(['end cancelled']);
    expect(calls.run).toBe(0);
  });

  it('that there is not cannot be cancelled', async () => {
    const { client } = await serve(action());
    expect(await refusalOf(client.cancelAction('key-9'))).toMatchObject({
      code: status.NOT_FOUND,
      word: 'unknown-run',
    });
  });

  it('is not begun, followed or cancelled by a server that was succeeded', async () => {
    const { offered, calls } = manual();
    const { client } = await serve(offered);
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
    const { client } = await serve(action());
    expect(await refusalOf(client.run({ ...order, ...wrong }))).toMatchObject({
      code: status.INVALID_ARGUMENT,
      word: 'invalid-request',
    });
  });

  it('of a thousand targets with the longest ids is taken', async () => {
    const ids = Array.from({ length: 1_000 }, (_, number) => `${number}`.padEnd(128, 'ö'));
    const { client } = await serve(
      action({
        preview: () => previewOf(ids.map((id) => target(id))),
        run: async (run) => {
          for (const id of run.confirmed) run.outcome(id, 'done', 'Closed.');
          return success;
        },
      }),
    );
    const events = await client.run({ ...order, confirmed: ids });
    expect(events).toHaveLength(1_001);
  });
});

describe('a run whose code misbehaves', () => {
  it.each<[string, Action['run'], string, string]>([
    [
      'throws',
      () => {
        throw new Error('the socket is no socket');
      },
      'failed',
      'the socket is no socket',
    ],
    ['rejects', () => Promise.reject(new TypeError('later')), 'failed', 'later'],
    ['says no', () => Promise.reject(new ActionRefused('Not now.')), 'failed', 'Not now.'],
    ['returns nothing', async () => undefined as never, 'failed', 'no object'],
    [
      'returns a state of its own',
      async () => ({ ...success, state: 'fine' as never }),
      'failed',
      'no state',
    ],
    ['returns no checks', async () => ({ ...success, checks: undefined as never }), 'failed', 'checks'],
    [
      'calls a failed check a success',
      async () => ({ ...success, checks: [{ name: 'closed', passed: false, detail: 'One is open.' }] }),
      'partial',
      'It is done.',
    ],
    [
      'calls a failed target a success',
      async (run) => {
        run.outcome('a', 'failed', 'It does not close.');
        return success;
      },
      'partial',
      'It is done.',
    ],
  ])('and %s ends as what it is', async (_, run, state, sentence) => {
    const { client } = await serve(action({ run }));
    const events = await client.run(order);
    expect(lines(events).at(-1)).toBe(`end ${state}`);
    expect(events.at(-1)?.event.value).toMatchObject({ message: expect.stringContaining(sentence) });
  });

  it('tells nonsense is not told, and goes on', async () => {
    const { client } = await serve(
      action({
        run: async ({ step, outcome, waitingFor }) => {
          const hostile = new Proxy(
            {},
            {
              get: () => {
                throw new Error('no');
              },
            },
          );
          step(7 as never, hostile as never);
          outcome('' as never, 'done', '');
          outcome('a', 'well' as never, '');
          outcome({} as never, 'done', '');
          waitingFor(hostile as never);
          waitingFor([hostile] as never);
          step('closing', 'y'.repeat(10_000));
          return success;
        },
      }),
    );
    const events = await client.run(order);
    expect(lines(events)).toEqual(['step ', 'step closing', 'end succeeded']);
    expect(events[1]?.event.value).toMatchObject({ message: `${'y'.repeat(499)}…` });
  });

  it('tells a million steps costs no memory and no time of the reader, and the last of them arrives', async () => {
    const { client } = await serve(
      action({
        run: async (run) => {
          for (let number = 1; number <= 1_000_000; number += 1) run.step('closing', `Step ${number}.`);
          return success;
        },
      }),
    );
    const events = await client.run(order);
    expect(events.length).toBeLessThanOrEqual(202);
    expect(events.at(-2)?.event.value).toMatchObject({ message: 'Step 1000000.' });
    expect(lines(events).at(-1)).toBe('end succeeded');
  });

  it('is not heard any more after its end', async () => {
    let kept: ActionRun | undefined;
    const { client } = await serve(
      action({
        run: async (run) => {
          kept = run;
          return success;
        },
      }),
    );
    await client.run(order);
    kept?.step('closing', 'Still here.');
    kept?.outcome('a', 'failed', 'No.');
    kept?.waitingFor([target('a')]);
    expect(lines(await client.run(order))).toEqual(['end succeeded']);
  });

  it('never ends can be followed, and told to stop', async () => {
    const { client } = await serve(action({ run: () => new Promise(() => {}) }));
    const stream = client.openRun(order);
    await metadataOf(stream);
    await client.cancelAction('key-1');
    expect((await client.previewAction('pool.flush')).targets).toHaveLength(1);
    stream.cancel();
  });
});

describe('a reader of a run that is slow', () => {
  it('holds nobody up, and gets what still counts when it reads on', async () => {
    const { client } = await serve(
      action({
        run: async (run) => {
          for (let round = 0; round < 50; round += 1) {
            run.waitingFor(Array.from({ length: 500 }, (_, number) => target(`${round}-${number}`)));
            await new Promise((resolve) => setTimeout(resolve, 2));
          }
          return success;
        },
      }),
    );
    const slow = client.openRun(order);
    await metadataOf(slow);
    slow.pause();
    expect(lines(await client.run(order)).at(-1)).toBe('end succeeded');
    const heard: RunActionResponse[] = [];
    for await (const event of slow as AsyncIterable<RunActionResponse>) heard.push(event);
    expect(heard.map(lineOf).at(-1)).toBe('end succeeded');
  });
});

describe('a main thread that is stuck', () => {
  it('has every look and every run refused, and what was refused is not done when it comes back', async () => {
    const { offered, calls } = manual();
    const { client, service } = await serve(offered);
    service.stick();
    const startedMs = performance.now();
    const refusals = await Promise.all([
      refusalOf(client.run(order)),
      refusalOf(client.previewAction('pool.flush')),
      refusalOf(client.readResource('pool')),
    ]);
    expect(performance.now() - startedMs).toBeLessThan(2_500);
    for (const { code, word, sentence } of refusals) {
      expect({ code, word }).toEqual({ code: status.FAILED_PRECONDITION, word: 'main-thread-stuck' });
      expect(sentence).toMatch(/has not answered for \d\.\d s\. What .* lives on that thread/);
    }
    // By now it is known.
    const againMs = performance.now();
    await refusalOf(client.previewAction('pool.flush'));
    expect(performance.now() - againMs).toBeLessThan(500);
    service.comeBack();
    expect((await client.previewAction('pool.flush')).targets).toHaveLength(1);
    expect((await refusalOf(client.run(order))).word).toBe('main-thread-stuck');
    expect(calls.run).toBe(0);
  });

  it('does not keep a run that has begun from being told, nor from being cancelled when it comes back', async () => {
    const { client, service } = await serve(
      action({
        run: async (run) => {
          run.step('closing', 'Closes.');
          await once(run.signal, 'abort');
          return { ...success, state: 'cancelled' };
        },
      }),
    );
    const events = client.run(order);
    await untilLine(client.openRun(order), 'step closing');
    service.stick();
    const attached = client.openRun({ ...order, attachOnly: true });
    await untilLine(attached, 'step closing');
    await client.cancelAction('key-1');
    service.comeBack();
    expect(lines(await events)).toEqual(['step closing', 'end cancelled']);
  });
});
