import { create } from '@bufbuild/protobuf';
import { status } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import {
  ActionEnd_State,
  ActionTargetOutcome_Outcome,
  RunActionResponseSchema,
} from '#proto/gen/opscenter/v1/action_pb.ts';
import { Action } from '../http/contract/index.ts';
import { ActionBench } from '../testing/action-bench.ts';
import { type RunCall, refusal } from '../testing/scripted-actions.ts';
import type { RunEvent } from '../testing/scripted-run.ts';

const say = (call: RunCall, event: RunEvent) =>
  call.write(create(RunActionResponseSchema, { event } as never));
const end: RunEvent = { case: 'end', value: { state: ActionEnd_State.SUCCEEDED, message: 'All is well.' } };
const done = (targetId: string): RunEvent => ({
  case: 'target',
  value: { targetId, outcome: ActionTargetOutcome_Outcome.DONE, message: 'Done.' },
});

/** What becomes of an action whose instance answers every request to run or to follow in this way. */
async function runWith(answer: (call: RunCall) => void) {
  const bench = await ActionBench.open();
  const agent = await bench.agent({ runAction: answer });
  const { id } = await bench.run();
  const action = await bench.untilEnded(id);
  expect(Action.safeParse(action).error).toBeUndefined();
  return { bench, agent, action };
}

describe('an instance that lies', () => {
  test('by a success without a word on any target is taken for partial', async () => {
    const { action } = await runWith((call) => {
      say(call, end);
      call.end();
    });
    expect(action.status).toMatchObject({
      state: 'partial',
      message: 'All is well. 2 confirmed targets have no outcome.',
    });
  });

  test('by ending twice is taken at its first word', async () => {
    const { action } = await runWith((call) => {
      for (const id of ['c1', 'c2']) say(call, done(id));
      say(call, { case: 'end', value: { state: ActionEnd_State.FAILED, message: 'It is not.' } });
      say(call, end);
      call.end();
    });
    expect(action.status).toMatchObject({ state: 'partial', message: 'It is not.' });
  });

  test('by an end that says nothing leaves the action unknown', async () => {
    const { action } = await runWith((call) => {
      say(call, { case: 'end', value: { message: 'Who knows?' } });
      call.end();
    });
    expect(action.status.state).toBe('unknown');
  });

  test('by huge texts and odd characters is cut to what can be shown', async () => {
    const { action } = await runWith((call) => {
      const long = `\u202e\u0007${'x'.repeat(100_000)}`;
      say(call, { case: 'step', value: { phase: long, message: long } });
      for (const id of ['c1', 'c2']) {
        say(call, { case: 'target', value: { targetId: id, outcome: 1, message: long } });
      }
      const checks = Array.from({ length: 500 }, () => ({
        name: long.slice(0, 500),
        passed: true,
        detail: '',
      }));
      say(call, { case: 'end', value: { state: ActionEnd_State.SUCCEEDED, message: long, checks } });
      call.end();
    });
    expect(action.status.state).toBe('succeeded');
    const text = JSON.stringify(action);
    expect(text.length).toBeLessThan(30_000);
    expect(text).not.toContain('\u202e');
    expect(action.parts[0]?.checks).toHaveLength(33);
  });

  test('by more steps than anybody reads fills neither the memory nor the history', async () => {
    const { action } = await runWith((call) => {
      for (let step = 0; step < 450; step++)
        say(call, { case: 'step', value: { phase: `p${step}`, message: 'On.' } });
      for (const id of ['c1', 'c2']) say(call, done(id));
      say(call, end);
      call.end();
    });
    expect(action.status.state).toBe('succeeded');
    expect(action.history).toHaveLength(200);
    expect(action.history.at(-1)?.phase).toBe('succeeded');
  });

  test('by events without end is held back, and can still be cancelled', { timeout: 60_000 }, async () => {
    const bench = await ActionBench.open({ times: { cancelMs: 1500 } });
    let sent = 0;
    const agent = await bench.agent({
      runAction: (call) => {
        const more = () => {
          while (!call.cancelled && !call.destroyed) {
            sent++;
            if (!say(call, { case: 'step', value: { phase: 'on', message: `and on ${sent}` } })) break;
          }
        };
        call.on('drain', more);
        more();
      },
    });
    const { id } = await bench.run();
    const { id: other } = await bench.service.find(id).then((found) => found as Action);
    await bench.untilState(other, 'running');
    const from = performance.now();
    await bench.service.cancel(id, 'kim');
    const action = await bench.untilEnded(id);
    const seconds = (performance.now() - from) / 1000;
    expect(action.status.state).toBe('unknown');
    expect(action.history.length).toBeLessThanOrEqual(200);
    // What is not read stays with the sender: a few windows of it and no more.
    expect(sent).toBeLessThan(500 * (seconds + 10) + 100_000);
    expect(bench.told.length).toBeLessThan(8 * (seconds + 10));
    expect(agent.calls.filter((call) => call.startsWith('run '))).toHaveLength(1);
  });

  test('by a message that is too large to be read leaves the action unknown', async () => {
    const { action, agent } = await runWith((call) => {
      say(call, { case: 'step', value: { phase: 'on', message: 'Begun.' } });
      say(call, { case: 'step', value: { phase: 'on', message: 'x'.repeat(2 * 1024 * 1024) } });
    });
    expect(action.status).toMatchObject({ state: 'unknown', message: expect.stringContaining('broke off') });
    expect(agent.calls.filter((call) => call.startsWith('run '))).toHaveLength(1);
  });

  test('by breaking off again and again is given up, and was asked once', async () => {
    const { action, agent } = await runWith((call) => {
      call.emit('error', { code: status.INTERNAL, details: 'oops' });
    });
    expect(action.status.state).toBe('unknown');
    expect(agent.calls.filter((call) => call.startsWith('run '))).toHaveLength(1);
  });

  test('by a refusal is believed, since a refusal promises that nothing was done', async () => {
    const { action, bench } = await runWith((call) => {
      call.emit('error', refusal(status.FAILED_PRECONDITION, 'action-refused', 'Not today.'));
    });
    expect(action.parts[0]?.status).toMatchObject({
      state: 'failed',
      code: 'action-refused',
      message: 'Not today.',
    });
    expect(await bench.outcomeOf(action.id)).toMatchObject({ result: 'failed' });
  });

  test('by counts beyond what can be counted is still shown', async () => {
    const { action } = await runWith((call) => {
      for (const id of ['c1', 'c2']) say(call, done(id));
      const value = { state: ActionEnd_State.SUCCEEDED, message: '', playersAffected: 2n ** 64n - 1n };
      say(call, { case: 'end', value });
      call.end();
    });
    expect(action.parts[0]?.playersAffected).toBe(Number.MAX_SAFE_INTEGER);
  });
});
