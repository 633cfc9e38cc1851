import { describe, expect, test } from 'vitest';
import type { Action, ActionPreview, AuditEntry, AuditVerification } from '../http/contract/index.ts';
import { ActingService } from '../testing/acting-service.ts';
import { ActionDrillServer } from '../testing/action-drill-server.ts';
import { KILL_MOMENTS, type KillMoment } from '../testing/action-server-process.ts';
import { freePort } from '../testing/drill.ts';
import { temporaryDirectory } from '../testing/temp-directory.ts';
import { waitUntil } from '../testing/wait-until.ts';

/** What each action does when it is done once. */
const wholeEffect = { 'pool.flush': ['closed c1', 'closed c2'], drain: ['cordoned'] };
type ActionType = keyof typeof wholeEffect;

/** How an action may stand after the restart, by the moment of the kill. It may never be anything else. */
const verdicts: Record<KillMoment, readonly Action['status']['state'][]> = {
  'before the intent is written': [],
  'when the intent is written and nobody is asked': ['failed'],
  'when the request to run is on its way': ['failed', 'succeeded'],
  'at the first event': ['succeeded'],
  'at the first outcome': ['succeeded'],
  'at the end, before it is recorded': ['succeeded'],
  'when the end is recorded and nobody was told': ['succeeded'],
};

async function drill(type: ActionType, moment: KillMoment) {
  const dataDirectory = temporaryDirectory();
  const port = await freePort();
  const [service, first] = await Promise.all([
    ActingService.start(`127.0.0.1:${port}`),
    ActionDrillServer.start(dataDirectory, port, moment),
  ]);
  await first.untilConnected();
  const preview = await first.ask<ActionPreview>({ kind: 'preview', type });
  const request = {
    previewId: preview.id,
    reason: 'A drill.',
    idempotencyKey: 'drill-0123456789abcdef',
    ...(preview.confirmation !== null && { confirmation: preview.confirmation }),
  };
  first.send({ kind: 'run', request });
  await first.untilDead();
  const second = await ActionDrillServer.start(dataDirectory, port);
  await second.untilConnected();
  return { service, second, request };
}

async function untilEnded(server: ActionDrillServer): Promise<Action | undefined> {
  return await waitUntil('nothing is under way', async () => {
    const actions = await server.ask<Action[]>({ kind: 'list' });
    const over = ['succeeded', 'partial', 'failed', 'cancelled', 'unknown'];
    return actions.every(({ status }) => over.includes(status.state)) && { action: actions[0] };
  }).then(({ action }) => action);
}

async function expectOneTruth(server: ActionDrillServer, action: Action | undefined): Promise<void> {
  expect(await server.ask<AuditVerification>({ kind: 'verify' })).toMatchObject({ verified: true });
  const entries = await server.ask<AuditEntry[]>({ kind: 'audit' });
  const results = entries.filter(({ phase }) => phase === 'outcome').map(({ result }) => result);
  if (!action) expect(entries).toEqual([]);
  else expect(results).toEqual([action.status.state === 'failed' ? 'failed' : 'succeeded']);
}

/** A drain differs from a flush in what happens while nobody follows it. */
const moments: Record<ActionType, readonly KillMoment[]> = {
  'pool.flush': KILL_MOMENTS,
  drain: ['when the request to run is on its way', 'at the first event', 'at the end, before it is recorded'],
};

describe('a server that is killed', { timeout: 60_000 }, () => {
  for (const type of ['pool.flush', 'drain'] as const) {
    test.each(moments[type])(`%s of a ${type} has one effect or none, and says which`, async (moment) => {
      const { service, second, request } = await drill(type, moment);
      const action = await untilEnded(second);

      const verdict = verdicts[moment];
      expect(verdict.length === 0 ? [] : verdict).toEqual(
        action ? expect.arrayContaining([action.status.state]) : [],
      );
      const isDone = action?.status.state === 'succeeded';
      expect(service.effects).toEqual(isDone ? wholeEffect[type] : []);
      if (action) expect(action.parts[0]?.outcomes.map(({ outcome }) => outcome)).not.toContain('pending');
      await expectOneTruth(second, action);

      // Whoever saw no answer sends the same again.
      const again = await second.ask<Action & { error?: string }>({ kind: 'run', request });
      if (action) expect(again.id).toBe(action.id);
      else expect(again.error).toBe('preview-expired');
      expect(service.effects).toEqual(isDone ? wholeEffect[type] : []);
      await second.kill();
    });
  }

  test('while an instance waits goes on to wait, and cancels what it is told to', async () => {
    const dataDirectory = temporaryDirectory();
    const port = await freePort();
    const service = await ActingService.start(`127.0.0.1:${port}`, 'draining');
    const first = await ActionDrillServer.start(dataDirectory, port);
    await first.untilConnected();
    const preview = await first.ask<ActionPreview>({ kind: 'preview', type: 'drain' });
    const request = { previewId: preview.id, reason: 'A drill.', idempotencyKey: 'drill-0123456789abcdef' };
    const { confirmation } = preview;
    const { id } = await first.ask<Action>({
      kind: 'run',
      request: { ...request, ...(confirmation !== null && { confirmation }) },
    });
    await service.untilStep('draining');
    await first.kill();

    const second = await ActionDrillServer.start(dataDirectory, port);
    await second.untilConnected();
    const waitingFor = await waitUntil('it is followed again', () => {
      const part = second.action?.parts[0];
      return part?.status.state === 'running' && part.waitingFor.length > 0 && part.waitingFor;
    });
    expect(waitingFor.map((target) => target.id)).toEqual(['room-1', 'room-2', 'room-3']);
    await second.ask({ kind: 'cancel', id });
    const action = await untilEnded(second);
    expect(action?.status.state).toBe('cancelled');
    expect(service.effects).toEqual(['cordoned', 'uncordoned']);
    await second.kill();
  });
});
