import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Action, ActionId, Instance } from '../http/contract/index.ts';
import { ActingService } from '../testing/acting-service.ts';
import { ActionBench } from '../testing/action-bench.ts';
import { drillToken } from '../testing/drill-token.ts';
import { waitUntil } from '../testing/wait-until.ts';

type ActionType = 'pool.flush' | 'drain';

/** Every step of both actions, with what has been done when it is reached and what is done in the end. */
const steps: readonly [type: ActionType, step: string, before: string[], whole: string[]][] = [
  ['pool.flush', 'fencing', [], ['closed c1', 'closed c2']],
  ['pool.flush', 'closed c1', ['closed c1'], ['closed c1', 'closed c2']],
  ['pool.flush', 'verifying', ['closed c1', 'closed c2'], ['closed c1', 'closed c2']],
  ['drain', 'cordoned', ['cordoned'], ['cordoned']],
  ['drain', 'draining', ['cordoned'], ['cordoned']],
  ['drain', 'empty', ['cordoned'], ['cordoned']],
];

async function drill(type: ActionType, step: string, giveUpMs = 30_000) {
  const bench = await ActionBench.open({ registryToken: drillToken, times: { giveUpMs } });
  const service = await ActingService.start(bench.registryAddress, step);
  await untilOffered(bench, service);
  const { id } = await run(bench, type);
  await service.untilStep(step);
  await waitUntil('the server has heard of it', async () => {
    const part = (await bench.service.find(id))?.parts[0];
    return part?.status.state === 'running' && part.status.message !== '';
  });
  return { bench, service, id };
}

function instanceOf(bench: ActionBench, { child }: ActingService): Instance | undefined {
  return bench.directory.list().find(({ pid }) => pid === child.pid);
}

async function untilOffered(bench: ActionBench, service: ActingService): Promise<void> {
  await waitUntil('its actions are offered', () => {
    const instance = instanceOf(bench, service);
    return instance?.connection.state === 'connected' && instance.actionTypes.length === 2;
  });
}

async function run(bench: ActionBench, type: ActionType): Promise<Action> {
  const preview = await bench.service.preview({ type, params: {}, service: 'acting-service' });
  return (await bench.service.request(bench.toRequest(preview), 'drill')).action;
}

async function expectOutcome(bench: ActionBench, id: ActionId, result: string): Promise<void> {
  expect(await bench.outcomeOf(id)).toMatchObject({ result });
  expect(await bench.audit.verify()).toMatchObject({ verified: true });
}

describe('an instance that is killed', { timeout: 60_000 }, () => {
  test.each(steps)(
    'in a %s, at "%s", leaves the action unknown within seconds',
    async (type, step, before) => {
      const { bench, service, id } = await drill(type, step);
      await service.kill();
      const killedAt = performance.now();
      const action = await bench.untilEnded(id);
      expect((performance.now() - killedAt) / 1000).toBeLessThan(15);
      expect(action.status).toMatchObject({
        state: 'unknown',
        message: expect.stringContaining('Preview the action again'),
      });
      expect(action.parts[0]?.outcomes.map(({ outcome }) => outcome)).not.toContain('pending');
      await expectOutcome(bench, id, 'unknown');
      expect(service.effects).toEqual(before);

      // What to do is possible: its successor is looked at and acted on like any other.
      const successor = await service.restart(bench.registryAddress);
      await untilOffered(bench, successor);
      const again = await run(bench, type);
      expect(again.id).not.toBe(id);
      expect((await bench.untilEnded(again.id)).status.state).toBe('succeeded');
    },
  );
});

describe('an instance that is stopped for a while', { timeout: 60_000 }, () => {
  test.each(steps)('in a %s, at "%s", is waited for and does it once', async (type, step, before, whole) => {
    const { bench, service, id } = await drill(type, step);
    service.child.kill('SIGSTOP');
    // It hears of it when it goes on.
    service.release();
    await waitUntil(
      'it is interrupted',
      async () => (await bench.service.find(id))?.parts[0]?.status.state === 'interrupted',
    );
    expect(service.effects.length).toBeGreaterThanOrEqual(before.length);
    await delay(300);
    service.child.kill('SIGCONT');
    const action = await bench.untilEnded(id);
    expect(action.status.state).toBe('succeeded');
    expect(service.effects).toEqual(whole);
    await expectOutcome(bench, id, 'succeeded');
  });

  test('for longer than anybody waits is never called a success, though it does it later', async () => {
    const { bench, service, id } = await drill('pool.flush', 'fencing', 1000);
    service.child.kill('SIGSTOP');
    const action = await bench.untilEnded(id);
    expect(action.status.state).toBe('unknown');
    await expectOutcome(bench, id, 'unknown');
    service.child.kill('SIGCONT');
    service.release();
    await service.untilStep('ended');
    await untilOffered(bench, service);
    expect(service.effects).toEqual(['closed c1', 'closed c2']);
    expect((await bench.service.find(id))?.status.state).toBe('unknown');
    // The preview says what is left to do.
    const preview = await bench.service.preview({
      type: 'pool.flush',
      params: {},
      service: 'acting-service',
    });
    expect(preview.warnings).toEqual(['Nothing is there now that it would touch.']);
  });
});
