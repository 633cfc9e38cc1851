import { status } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import { ActionEnd_State, ActionTargetOutcome_Outcome } from '#proto/gen/opscenter/v1/action_pb.ts';
import { Action, ActionPreview } from '../http/contract/index.ts';
import { ActionBench } from '../testing/action-bench.ts';
import { identityOf } from '../testing/identity.ts';
import { refusal } from '../testing/scripted-actions.ts';
import type { ScriptedAgent } from '../testing/scripted-agent.ts';
import { TestClock } from '../testing/test-clock.ts';
import { waitUntil } from '../testing/wait-until.ts';

const runsOf = (agent: ScriptedAgent) => agent.calls.filter((call) => call.startsWith('run ')).length;

async function onlyRun(agent: ScriptedAgent) {
  return await waitUntil('the run has begun', () => [...agent.actions.runs.values()][0]);
}

describe('a preview', () => {
  test('is what the instance says, with what a person should know', async () => {
    const bench = await ActionBench.open();
    await bench.agent();
    const preview = await bench.preview();
    expect(ActionPreview.safeParse(preview).error).toBeUndefined();
    expect(preview).toMatchObject({
      type: 'pool.flush',
      title: 'Flush',
      playersAffected: 3,
      playersDisconnected: 0,
      irreversible: 'A closed connection stays closed.',
      warnings: [],
      confirmation: null,
    });
    expect(preview.parts[0]?.targets.map(({ id, effect }) => `${id} ${effect}`)).toEqual([
      'c1 touched',
      'c2 touched',
      'c3 kept',
    ]);
  });

  test('does nothing and leaves no trace in the audit', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    await bench.preview();
    expect(agent.actions.effects).toEqual([]);
    expect((await bench.audit.list({ limit: 10 })).entries).toEqual([]);
  });

  test('asks to type the name of the instance when players would be disconnected', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    agent.actions.playersDisconnected = 2n;
    expect((await bench.preview()).confirmation).toBe('user-service-0');
  });

  test('says why an instance refuses, and that there is nothing to run then', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    agent.actions.refusal = refusal(status.FAILED_PRECONDITION, 'main-thread-stuck', 'It is stuck.');
    const preview = await bench.preview();
    expect(preview.parts[0]?.refusal).toEqual({ code: 'main-thread-stuck', message: 'It is stuck.' });
    await expect(bench.service.request(bench.toRequest(preview), 'kim')).rejects.toMatchObject({
      code: 'nothing-to-run',
    });
  });

  test('refuses what cannot be confirmed one by one: a target that is named twice', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    const [first] = agent.actions.targets;
    agent.actions.targets = first ? [first, first] : [];
    expect((await bench.preview()).parts[0]?.refusal?.code).toBe('agent-protocol');
  });

  test('refuses parameters that do not fit, with the path', async () => {
    const bench = await ActionBench.open();
    await bench.agent({
      describe: (obedient) => {
        const [action] = obedient.actions;
        if (action) action.parametersSchemaJson = gameSchema;
        return obedient;
      },
    });
    await expect(bench.preview()).rejects.toMatchObject({ mistakes: [{ path: 'body.params.game' }] });
    await expect(bench.preview({ params: { game: 7 } })).rejects.toMatchObject({
      code: 'action-parameters-invalid',
    });
    expect((await bench.preview({ params: { game: 'bingo' } })).params).toEqual({ game: 'bingo' });
  });

  test('tells what is not there apart from what is not possible', async () => {
    const bench = await ActionBench.open();
    await bench.agent();
    await expect(bench.preview({ type: 'reboot' })).rejects.toMatchObject({ code: 'action-unavailable' });
    await expect(
      bench.service.preview({ type: 'pool.flush', params: {}, service: 'lobby' }),
    ).rejects.toMatchObject({ code: 'service-not-found' });
  });
});

const gameSchema = JSON.stringify({
  type: 'object',
  properties: { game: { type: 'string' } },
  required: ['game'],
  additionalProperties: false,
});

describe('an action', () => {
  test('runs what was confirmed, and ends with the proof', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    const { id } = await bench.run();
    const action = await bench.untilEnded(id);
    expect(Action.safeParse(action).error).toBeUndefined();
    expect(action.status).toMatchObject({ state: 'succeeded', message: 'It is done.' });
    expect(action.parts[0]?.outcomes.map(({ targetId, outcome }) => `${targetId} ${outcome}`)).toEqual([
      'c1 done',
      'c2 done',
    ]);
    expect(action.history.map(({ phase }) => phase)).toEqual([
      'requested',
      'fencing',
      'closing',
      'succeeded',
    ]);
    expect(agent.actions.effects).toEqual(['c1', 'c2']);
  });

  test('has its intent on disk before the instance is asked, and its outcome when it has ended', async () => {
    const seen: unknown[] = [];
    const bench = await ActionBench.open();
    const agent = await bench.agent({
      runAction: async (call, scripted) => {
        const { entries } = await bench.audit.list({ limit: 10 });
        seen.push(...entries.map(({ action, phase }) => `${action} ${phase}`));
        seen.push((await bench.store.db.selectFrom('actions').select('state').execute())[0]?.state);
        scripted.actions.run(call);
      },
    });
    const { id } = await bench.run();
    await bench.untilEnded(id);
    expect(seen).toEqual(['action.run intent', 'starting']);
    expect(await bench.outcomeOf(id)).toMatchObject({ result: 'succeeded', detail: { done: 2, failed: 0 } });
    expect(await bench.audit.verify()).toMatchObject({ verified: true, entries: 2 });
    expect(runsOf(agent)).toBe(1);
  });

  test('is not run when its intent cannot be written', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    const request = bench.toRequest(await bench.preview());
    await bench.store.db.schema.alterTable('audit').renameTo('gone').execute();
    await expect(bench.service.request(request, 'kim')).rejects.toMatchObject({ code: 'audit-unavailable' });
    await bench.store.db.schema.alterTable('gone').renameTo('audit').execute();
    expect(runsOf(agent)).toBe(0);
    // Nothing was done, so the same wish may come again.
    const { action } = await bench.service.request(request, 'kim');
    expect((await bench.untilEnded(action.id)).status.state).toBe('succeeded');
  });

  test('tells the timeline and the pages of its begin and its end', async () => {
    const bench = await ActionBench.open();
    await bench.agent();
    const { id } = await bench.run();
    await bench.untilEnded(id);
    const kinds = bench.store.timeline.list({ limit: 10 }).filter(({ actionId }) => actionId === id);
    expect(kinds.map(({ kind }) => kind)).toEqual(['action-succeeded', 'action-requested']);
    expect(bench.told.at(0)?.status.state).toBe('starting');
    expect(bench.told.at(-1)?.status.state).toBe('succeeded');
  });

  test('runs on every instance of a service, and is a success only where all succeed', async () => {
    const bench = await ActionBench.open();
    await bench.agent();
    const second = await bench.agent({ identity: identityOf('user-service', { pid: 4712 }) });
    second.actions.isHeld = true;
    const { id } = await bench.run();
    const run = await onlyRun(second);
    run.end(ActionEnd_State.FAILED, 'It would not.');
    const action = await bench.untilEnded(id);
    expect(action.status).toMatchObject({
      state: 'partial',
      message: 'Of 2 instances: 1 succeeded, 1 failed.',
    });
    expect(await bench.outcomeOf(id)).toMatchObject({ result: 'failed' });
  });
});

describe('one wish has one effect', () => {
  test('when a double click sends it twice at once', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    const request = bench.toRequest(await bench.preview());
    const clicks = await Promise.all([1, 2, 3].map(() => bench.service.request(request, 'kim')));
    expect(new Set(clicks.map(({ action }) => action.id)).size).toBe(1);
    expect(clicks.filter(({ isNew }) => isNew)).toHaveLength(1);
    await bench.untilEnded((clicks[0] as (typeof clicks)[0]).action.id);
    expect(runsOf(agent)).toBe(1);
    expect(agent.actions.effects).toEqual(['c1', 'c2']);
  });

  test('when it is replayed after its end, also by another server', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    const request = bench.toRequest(await bench.preview());
    const { action } = await bench.service.request(request, 'kim');
    await bench.untilEnded(action.id);
    const replayed = await bench.service.request(request, 'kim');
    expect(replayed).toMatchObject({
      isNew: false,
      action: { id: action.id, status: { state: 'succeeded' } },
    });
    await bench.close();
    const next = await ActionBench.open({ dataDirectory: bench.store.dataDirectory });
    expect((await next.service.request(request, 'kim')).action.id).toBe(action.id);
    expect(runsOf(agent)).toBe(1);
  });

  test('when its key comes with another wish', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    const request = bench.toRequest(await bench.preview());
    const { action } = await bench.service.request(request, 'kim');
    await bench.untilEnded(action.id);
    await expect(bench.service.request({ ...request, reason: 'Another.' }, 'kim')).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
    expect(runsOf(agent)).toBe(1);
  });

  test('when its preview is confirmed again with another key', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    const preview = await bench.preview();
    const twice = await Promise.allSettled(
      [1, 2].map(() => bench.service.request(bench.toRequest(preview), 'kim')),
    );
    expect(twice.map(({ status: settled }) => settled).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(bench.service.request(bench.toRequest(preview), 'kim')).rejects.toMatchObject({
      code: 'preview-used',
    });
    const [action] = (await bench.service.list({ limit: 10 })).actions;
    await bench.untilEnded((action as Action).id);
    expect(runsOf(agent)).toBe(1);
  });

  test('when another of its type is under way on the instance', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    agent.actions.isHeld = true;
    const both = [await bench.preview(), await bench.preview()] as const;
    const { action } = await bench.service.request(bench.toRequest(both[0]), 'kim');
    await expect(bench.service.request(bench.toRequest(both[1]), 'kim')).rejects.toMatchObject({
      code: 'action-in-progress',
    });
    expect((await bench.preview()).parts[0]?.refusal?.code).toBe('action-in-progress');
    agent.actions.complete(await onlyRun(agent));
    await bench.untilEnded(action.id);
    expect(runsOf(agent)).toBe(1);
  });
});

describe('a preview that is not what is there any more', () => {
  test('cannot be confirmed after two minutes', async () => {
    const clock = new TestClock();
    const bench = await ActionBench.open({ clock });
    const agent = await bench.agent();
    const preview = await bench.preview();
    clock.advance(120_000);
    await expect(bench.service.request(bench.toRequest(preview), 'kim')).rejects.toMatchObject({
      code: 'preview-expired',
    });
    expect(runsOf(agent)).toBe(0);
  });

  test('cannot be confirmed when the instance has gone', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    const preview = await bench.preview();
    agent.vanish();
    await waitUntil('it is noticed', () => bench.instanceOf(agent)?.connection.state !== 'connected');
    await expect(bench.service.request(bench.toRequest(preview), 'kim')).rejects.toMatchObject({
      code: 'preview-stale',
    });
  });

  test('does nothing when there is more to touch than was confirmed', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    const preview = await bench.preview();
    agent.actions.targets.push({ id: 'c4', name: 'connection 4', reason: 'New.', effect: 1 });
    const { action } = await bench.service.request(bench.toRequest(preview), 'kim');
    const ended = await bench.untilEnded(action.id);
    expect(ended.status.state).toBe('failed');
    expect(ended.parts[0]?.status).toMatchObject({ state: 'failed', code: 'preview-outgrown' });
    expect(ended.parts[0]?.outcomes.map(({ outcome }) => outcome)).toEqual(['kept', 'kept']);
    expect(agent.actions.effects).toEqual([]);
  });

  test('is not confirmed without what it asks to be typed', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    agent.actions.playersDisconnected = 1n;
    const preview = await bench.preview();
    for (const confirmation of [undefined, '', 'user-service']) {
      const { confirmation: _, ...request } = bench.toRequest(preview);
      const typed = confirmation === undefined ? request : { ...request, confirmation };
      await expect(bench.service.request(typed, 'kim')).rejects.toMatchObject({
        code: 'confirmation-required',
      });
    }
    const { action } = await bench.service.request(bench.toRequest(preview), 'kim');
    await bench.untilEnded(action.id);
    expect(runsOf(agent)).toBe(1);
  });
});

describe('a connection that breaks', () => {
  test('is followed again, and nothing is told or done twice', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    agent.actions.isHeld = true;
    const { id } = await bench.run();
    const run = await onlyRun(agent);
    await waitUntil(
      'it runs',
      async () => (await bench.service.find(id))?.parts[0]?.status.state === 'running',
    );
    agent.breakConnections();
    await waitUntil('it is followed again', () => agent.calls.includes(`attach ${id}`));
    agent.actions.complete(run);
    const action = await bench.untilEnded(id);
    expect(action.status.state).toBe('succeeded');
    expect(action.history.filter(({ phase }) => phase === 'fencing')).toHaveLength(1);
    expect(runsOf(agent)).toBe(1);
    expect(agent.actions.effects).toEqual(['c1', 'c2']);
  });

  test('before the instance has read the request means that nothing was done', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent({
      runAction: (call, scripted) => {
        if (call.request.attachOnly) scripted.actions.run(call);
        else scripted.breakConnections();
      },
    });
    const { id } = await bench.run();
    const action = await bench.untilEnded(id);
    expect(action.parts[0]?.status).toMatchObject({ state: 'failed', code: 'run-not-begun' });
    expect(action.parts[0]?.outcomes.map(({ outcome }) => outcome)).toEqual(['kept', 'kept']);
    expect(await bench.outcomeOf(id)).toMatchObject({ result: 'failed' });
    expect(runsOf(agent)).toBe(1);
  });

  test('for too long leaves the action unknown, with what to do', async () => {
    const clock = new TestClock();
    const bench = await ActionBench.open({ clock });
    const agent = await bench.agent();
    agent.actions.isHeld = true;
    const { id } = await bench.run();
    await onlyRun(agent);
    await waitUntil(
      'it runs',
      async () => (await bench.service.find(id))?.parts[0]?.status.state === 'running',
    );
    agent.isMute = true;
    await waitUntil(
      'it is interrupted',
      async () => (await bench.service.find(id))?.parts[0]?.status.state === 'interrupted',
    );
    clock.advance(29_000);
    expect((await bench.service.find(id))?.parts[0]?.status.state).toBe('interrupted');
    clock.advance(1_000);
    const action = await bench.untilEnded(id);
    expect(action.status).toMatchObject({
      state: 'unknown',
      message: expect.stringMatching(/did not come back within 30 s.*Preview the action again/),
    });
    expect(action.parts[0]?.outcomes.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
    expect(await bench.outcomeOf(id)).toMatchObject({ result: 'unknown' });
  });

  test('because the process has ended leaves the action unknown at once', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    agent.actions.isHeld = true;
    const { id } = await bench.run();
    await onlyRun(agent);
    await waitUntil(
      'it runs',
      async () => (await bench.service.find(id))?.parts[0]?.status.state === 'running',
    );
    agent.vanish();
    const action = await bench.untilEnded(id);
    expect(action.status).toMatchObject({
      state: 'unknown',
      message: expect.stringContaining('ended while the action was at "fencing"'),
    });
  });
});

describe('a server that is restarted', () => {
  test('follows what is under way, and its end concludes the intent of before', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    agent.actions.isHeld = true;
    const { id } = await bench.run();
    const run = await onlyRun(agent);
    await waitUntil(
      'it runs',
      async () => (await bench.service.find(id))?.parts[0]?.status.state === 'running',
    );
    await bench.close();
    agent.actions.complete(run);

    const next = await ActionBench.open({ dataDirectory: bench.store.dataDirectory });
    expect((await next.service.find(id))?.parts[0]?.status.state).toBe('interrupted');
    await next.connect(agent);
    const action = await next.untilEnded(id);
    expect(action.status.state).toBe('succeeded');
    expect(action.history.map(({ phase }) => phase)).toEqual([
      'requested',
      'fencing',
      'taken-up',
      'closing',
      'succeeded',
    ]);
    expect(await next.outcomeOf(id)).toMatchObject({ result: 'succeeded' });
    expect(await next.audit.verify()).toMatchObject({ verified: true, entries: 2 });
    expect(runsOf(agent)).toBe(1);
  });

  test('says unknown when the instance does not hold the run any more that it has spoken of', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    agent.actions.isHeld = true;
    const { id } = await bench.run();
    await onlyRun(agent);
    await waitUntil(
      'it runs',
      async () => (await bench.service.find(id))?.parts[0]?.status.state === 'running',
    );
    await bench.close();
    agent.actions.runs.clear();
    const next = await ActionBench.open({ dataDirectory: bench.store.dataDirectory });
    await next.connect(agent);
    expect((await next.untilEnded(id)).status).toMatchObject({
      state: 'unknown',
      message: expect.stringContaining('does not hold the run any more'),
    });
  });

  test('says unknown when the process was replaced meanwhile', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    agent.actions.isHeld = true;
    const { id } = await bench.run();
    await onlyRun(agent);
    await bench.close();
    const next = await ActionBench.open({ dataDirectory: bench.store.dataDirectory });
    await next.agent({ identity: identityOf('user-service', { pid: 5000 }) });
    expect((await next.untilEnded(id)).status).toMatchObject({
      state: 'unknown',
      message: expect.stringContaining('is another process now'),
    });
  });

  test('says unknown, and not that nothing was done, when an instance may have forgotten', async () => {
    const clock = new TestClock();
    const bench = await ActionBench.open({ clock });
    const agent = await bench.agent({ runAction: () => {} });
    const { id } = await bench.run();
    await waitUntil('it is asked', () => runsOf(agent) === 1);
    await bench.close();
    clock.advance(3600_000);
    agent.script.runAction = (call, scripted) => scripted.actions.run(call);
    const next = await ActionBench.open({ clock, dataDirectory: bench.store.dataDirectory });
    await next.connect(agent);
    expect((await next.untilEnded(id)).status.state).toBe('unknown');
  });

  test('goes on cancelling what was being cancelled', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent({ runAction: (call, scripted) => scripted.actions.run(call) });
    agent.actions.isHeld = true;
    const { id } = await bench.run();
    await onlyRun(agent);
    agent.vanish();
    const cancelling = await bench.service.cancel(id, 'kim');
    expect(cancelling.status.state).toBe('cancelling');
    await bench.close();
    await agent.reappear();
    const next = await ActionBench.open({ dataDirectory: bench.store.dataDirectory });
    await next.connect(agent);
    expect((await next.untilEnded(id)).status.state).toBe('cancelled');
  });
});

describe('a deadline', () => {
  test('asks and ends nothing; more time or the end is what a person says', async () => {
    const clock = new TestClock();
    const bench = await ActionBench.open({ clock });
    const agent = await bench.agent();
    agent.actions.isHeld = true;
    const { id } = await bench.run({ deadlineSeconds: 60 });
    const run = await onlyRun(agent);
    clock.advance(60_000);
    const asking = await bench.untilState(id, 'asking');
    expect(asking).toMatchObject({ cancellable: true, parts: [{ status: { state: 'running' } }] });
    const extended = await bench.service.extend(id, 30, 'kim');
    expect(extended.status.state).toBe('running');
    expect(Date.parse(extended.deadlineAt)).toBe(clock.now() + 30_000);
    clock.advance(30_000);
    await bench.untilState(id, 'asking');
    agent.actions.complete(run);
    expect((await bench.untilEnded(id)).status.state).toBe('succeeded');
    await expect(bench.service.extend(id, 30, 'kim')).rejects.toMatchObject({ code: 'action-ended' });
  });
});

describe('cancelling', () => {
  test('is told to the instance, which takes back what it has begun', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    agent.actions.isHeld = true;
    const { id } = await bench.run();
    await onlyRun(agent);
    await bench.service.cancel(id, 'kim');
    const action = await bench.untilEnded(id);
    expect(action.status).toMatchObject({ state: 'cancelled', message: 'It was taken back.' });
    expect(agent.actions.effects).toEqual([]);
    expect((await bench.service.cancel(id, 'kim')).status.state).toBe('cancelled');
    const { entries } = await bench.audit.list({ limit: 10 });
    expect(entries.map(({ action: act, phase }) => `${act} ${phase}`).sort()).toEqual([
      'action.cancel intent',
      'action.cancel outcome',
      'action.run intent',
      'action.run outcome',
    ]);
  });

  test('that the instance does not obey ends as unknown, not as cancelled', async () => {
    const clock = new TestClock();
    const bench = await ActionBench.open({ clock });
    const agent = await bench.agent();
    agent.actions.isHeld = true;
    agent.actions.cancel = () => ({ $typeName: 'opscenter.v1.CancelActionResponse' });
    const { id } = await bench.run();
    await onlyRun(agent);
    await bench.service.cancel(id, 'kim');
    clock.advance(60_000);
    expect((await bench.untilEnded(id)).status).toMatchObject({
      state: 'unknown',
      message: expect.stringContaining('was told to cancel'),
    });
  });

  test('comes too late for an action that has been done', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    agent.actions.isHeld = true;
    agent.actions.cancel = () => ({ $typeName: 'opscenter.v1.CancelActionResponse' });
    const { id } = await bench.run();
    const run = await onlyRun(agent);
    await bench.service.cancel(id, 'kim');
    agent.actions.complete(run);
    expect((await bench.untilEnded(id)).status.state).toBe('succeeded');
  });
});

describe('an end that the instance calls a success', () => {
  const cases: Record<string, (run: Awaited<ReturnType<typeof onlyRun>>) => void> = {
    'without an outcome for a confirmed target': (run) => {
      run.say(outcome('c1', ActionTargetOutcome_Outcome.DONE));
    },
    'with a target that failed': (run) => {
      run.say(outcome('c1', ActionTargetOutcome_Outcome.DONE));
      run.say(outcome('c2', ActionTargetOutcome_Outcome.FAILED));
    },
    'with a target that failed and was then called done': (run) => {
      run.say(outcome('c1', ActionTargetOutcome_Outcome.DONE));
      run.say(outcome('c2', ActionTargetOutcome_Outcome.FAILED));
      run.say(outcome('c2', ActionTargetOutcome_Outcome.DONE));
    },
    'with a target that nobody confirmed': (run) => {
      for (const id of ['c1', 'c2', 'c3']) run.say(outcome(id, ActionTargetOutcome_Outcome.DONE));
    },
  };

  test.each(Object.entries(cases))('%s is partial', async (_what, play) => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    agent.actions.isHeld = true;
    const { id } = await bench.run();
    const run = await onlyRun(agent);
    play(run);
    run.end();
    const action = await bench.untilEnded(id);
    expect(action.status.state).toBe('partial');
    expect(action.parts[0]?.outcomes.some(({ outcome: told }) => told === 'pending')).toBe(false);
    expect(await bench.outcomeOf(id)).toMatchObject({ result: 'failed' });
  });

  test('with a check that did not pass is partial', async () => {
    const bench = await ActionBench.open();
    const agent = await bench.agent();
    agent.actions.isHeld = true;
    const { id } = await bench.run();
    const run = await onlyRun(agent);
    for (const target of ['c1', 'c2']) run.say(outcome(target, ActionTargetOutcome_Outcome.DONE));
    const checks = [{ name: 'sockets', passed: false, detail: 'One is open.' }];
    run.say({ case: 'end', value: { state: ActionEnd_State.SUCCEEDED, message: 'Done.', checks } });
    expect((await bench.untilEnded(id)).status).toMatchObject({
      state: 'partial',
      message: 'Done. 1 check did not pass.',
    });
  });
});

function outcome(targetId: string, told: ActionTargetOutcome_Outcome) {
  return { case: 'target', value: { targetId, outcome: told, message: 'So it is.' } } as const;
}
