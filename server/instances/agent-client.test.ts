import { type ClientReadableStream, status } from '@grpc/grpc-js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ActionTarget_Effect, type RunActionResponse } from '#proto/gen/opscenter/v1/action_pb.ts';
import { toTarget } from '../testing/manual-source.ts';
import { refusal } from '../testing/scripted-actions.ts';
import { type AgentScript, ScriptedAgent } from '../testing/scripted-agent.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { AgentClient } from './agent-client.ts';
import { toCallFailure } from './index.ts';

const key = 'a-key-of-sixteen-letters';
const flush = { type: 'pool.flush', parametersJson: '{"game":"steampunk2"}' };
const confirmed = { ...flush, idempotencyKey: key, confirmedTargetIds: ['c1', 'c2'], epoch: 1n };

async function startAgent(script: AgentScript = {}) {
  const agent = await ScriptedAgent.start({ token: 'token', ...script });
  onTestFinished(() => agent[Symbol.asyncDispose]());
  const client = new AgentClient(toTarget(agent), { token: 'token', ca: undefined, compression: 'auto' });
  onTestFinished(() => client[Symbol.dispose]());
  return { agent, client };
}

async function eventsOf(stream: ClientReadableStream<RunActionResponse>): Promise<string[]> {
  const kinds: string[] = [];
  for await (const message of stream) kinds.push((message as RunActionResponse).event.case ?? 'nothing');
  return kinds;
}

const failureOf = (call: Promise<unknown>) =>
  call.then(() => expect.fail('it was not refused'), toCallFailure);

describe('an agent that is asked for an action', () => {
  test('previews it, runs it once for a key, and tells whoever comes again what there was', async () => {
    const { agent, client } = await startAgent();
    const preview = await client.previewAction(flush);
    const touched = preview.targets.filter(({ effect }) => effect === ActionTarget_Effect.TOUCHED);
    expect(touched.map(({ id }) => id)).toEqual(['c1', 'c2']);
    const events = ['step', 'step', 'target', 'target', 'end'];
    expect(await eventsOf(client.runAction(confirmed))).toEqual(events);
    expect(await eventsOf(client.runAction({ ...confirmed, attachOnly: true }))).toEqual(events);
    expect(agent.actions.effects).toEqual(['c1', 'c2']);
  });

  test('goes on when the stream is lost, and ends it when it is cancelled', async () => {
    const { agent, client } = await startAgent();
    agent.actions.isHeld = true;
    const first = client.runAction(confirmed).on('error', () => {});
    const run = await waitUntil('it runs', () => agent.actions.runs.get(key));
    first.cancel();
    expect(run.isOver).toBe(false);
    await client.cancelAction(key, 1);
    expect(await eventsOf(client.runAction({ ...confirmed, attachOnly: true }))).toEqual(['step', 'end']);
    expect(agent.actions.effects).toEqual([]);
  });

  test('refuses with its own word and sentence', async () => {
    const { agent, client } = await startAgent();
    const sentence = 'The main thread has not answered for 4 s.';
    agent.actions.refusal = refusal(status.FAILED_PRECONDITION, 'main-thread-stuck', sentence);
    expect(await failureOf(client.previewAction(flush))).toEqual({
      isTransient: false,
      code: 'main-thread-stuck',
      message: sentence,
    });
    const attach = eventsOf(client.runAction({ ...confirmed, attachOnly: true }));
    expect(await failureOf(attach)).toMatchObject({ isTransient: false, code: 'unknown-run' });
  });

  test('that vanishes has refused nothing', async () => {
    const { agent, client } = await startAgent();
    await client.previewAction(flush);
    agent.vanish();
    expect(await failureOf(client.previewAction(flush))).toMatchObject({
      isTransient: true,
      code: undefined,
    });
  });
});

describe('an agent that is asked for a resource', () => {
  test('answers with what is in it', async () => {
    const { client } = await startAgent();
    expect(await client.readResource('pool')).toMatchObject({ items: [{ id: 'c1' }], itemCount: 1n });
  });

  test('and hangs is waited for no longer than three seconds', { timeout: 15_000 }, async () => {
    const { client } = await startAgent({ readResource: () => new Promise(() => {}) });
    const askedAt = performance.now();
    expect(await failureOf(client.readResource('pool'))).toMatchObject({
      isTransient: true,
      message: 'no answer came in time',
    });
    expect(performance.now() - askedAt).toBeGreaterThan(2900);
  });
});
