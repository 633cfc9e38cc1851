import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { RunActionResponse } from '../../../../proto/gen/opscenter/v1/action_pb.ts';
import { order, serveActions } from '../../../testing/serve-actions.ts';
import { action, lineOf, lines, success, target } from '../../../testing/test-actions.ts';
import { type Action, ActionRefused, type ActionRun } from '../../host/actions/action.ts';

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
    await using served = await serveActions(action({ run }));
    const { client } = served;
    const events = await client.run(order);
    expect(lines(events).at(-1)).toBe(`end ${state}`);
    expect(events.at(-1)?.event.value).toMatchObject({ message: expect.stringContaining(sentence) });
  });

  it('tells nonsense is not told, and goes on', async () => {
    await using served = await serveActions(
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
    const { client } = served;
    const events = await client.run(order);
    expect(lines(events)).toEqual(['step ', 'step closing', 'end succeeded']);
    expect(events[1]?.event.value).toMatchObject({ message: `${'y'.repeat(499)}…` });
  });

  it('tells a million steps costs no memory and no time of the reader, and the last of them arrives', async () => {
    await using served = await serveActions(
      action({
        run: async (run) => {
          for (let number = 1; number <= 1_000_000; number += 1) run.step('closing', `Step ${number}.`);
          return success;
        },
      }),
    );
    const { client } = served;
    const events = await client.run(order);
    expect(events.length).toBeLessThanOrEqual(202);
    expect(events.at(-2)?.event.value).toMatchObject({ message: 'Step 1000000.' });
    expect(lines(events).at(-1)).toBe('end succeeded');
  });

  it('is not heard any more after its end', async () => {
    let kept: ActionRun | undefined;
    await using served = await serveActions(
      action({
        run: async (run) => {
          kept = run;
          return success;
        },
      }),
    );
    const { client } = served;
    await client.run(order);
    kept?.step('closing', 'Still here.');
    kept?.outcome('a', 'failed', 'No.');
    kept?.waitingFor([target('a')]);
    expect(lines(await client.run(order))).toEqual(['end succeeded']);
  });

  it('never ends can be followed, and told to stop', async () => {
    await using served = await serveActions(action({ run: () => new Promise(() => {}) }));
    const { client } = served;
    const stream = client.openRun(order);
    await once(stream, 'metadata');
    await client.cancelAction('key-1');
    expect((await client.previewAction('pool.flush')).targets).toHaveLength(1);
    stream.cancel();
  });
});

describe('a reader of a run that is slow', () => {
  it('holds nobody up, and gets what still counts when it reads on', async () => {
    await using served = await serveActions(
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
    const { client } = served;
    const slow = client.openRun(order);
    await once(slow, 'metadata');
    slow.pause();
    expect(lines(await client.run(order)).at(-1)).toBe('end succeeded');
    const heard: RunActionResponse[] = [];
    for await (const event of slow as AsyncIterable<RunActionResponse>) heard.push(event);
    expect(heard.map(lineOf).at(-1)).toBe('end succeeded');
  });
});
