import { describe, expect, test } from 'vitest';
import { waitUntil } from '../testing/wait-until.ts';
import { Action, ActionList, ActionPreview, Problem } from './contract/index.ts';
import { TestConsole } from './testing/test-console.ts';

async function open() {
  const opened = await TestConsole.open();
  const { agent, instance } = await opened.connectAgent();
  const preview = async () => {
    const wish = { type: 'pool.flush', instanceIds: [instance.id] };
    return ActionPreview.parse((await opened.change('POST', '/api/v1/actions/preview', wish)).json());
  };
  const toRequest = ({ id: previewId }: ActionPreview) => ({
    previewId,
    reason: 'Players cannot log in.',
    idempotencyKey: 'minted-when-the-dialog-opens',
  });
  const read = async (id: string) => Action.parse((await opened.send(`/api/v1/actions/${id}`)).json());
  return { opened, agent, instance, preview, toRequest, read };
}

describe('an action by HTTP', () => {
  test('is previewed, confirmed, followed at its own address and found in the list', async () => {
    const { opened, instance, preview, toRequest, read } = await open();
    const answer = await opened.change('POST', '/api/v1/actions', toRequest(await preview()));
    expect(answer.status).toBe(202);
    const { id } = Action.parse(answer.json());
    expect(answer.headers.location).toBe(`/api/v1/actions/${id}`);
    const action = await waitUntil('it has ended', async () => {
      const found = await read(id);
      return found.status.state === 'succeeded' && found;
    });
    expect(action).toMatchObject({ reason: 'Players cannot log in.', cancellable: false });
    for (const [query, count] of [
      ['', 1],
      ['?type=pool.flush&service=user-service&limit=1', 1],
      [`?instanceId=${instance.id}`, 1],
      ['?type=drain', 0],
      ['?service=lobby', 0],
      [`?before=${id}`, 0],
    ] as const) {
      const { actions } = ActionList.parse((await opened.send(`/api/v1/actions${query}`)).json());
      expect.soft(actions.length, query).toBe(count);
    }
  });

  test('that is sent again is answered with the same action, and does nothing more', async () => {
    const { opened, agent, preview, toRequest } = await open();
    const request = toRequest(await preview());
    const first = await opened.change('POST', '/api/v1/actions', request);
    const again = await opened.change('POST', '/api/v1/actions', request);
    expect([first.status, again.status]).toEqual([202, 200]);
    expect(Action.parse(again.json()).id).toBe(Action.parse(first.json()).id);
    expect(agent.calls.filter((call) => call.startsWith('run '))).toHaveLength(1);
  });

  test('is told to the pages by the events', async () => {
    const { opened, preview, toRequest } = await open();
    const request = await preview().then(toRequest);
    const events = fetch(`${opened.origin}/api/v1/events?vitals=off`, {
      signal: AbortSignal.timeout(15_000),
    });
    const reader = (await events).body?.pipeThrough(new TextDecoderStream()).getReader();
    await opened.change('POST', '/api/v1/actions', request);
    let text = '';
    while (!/"type":"action".*"state":"succeeded"/.test(text)) text += (await reader?.read())?.value ?? '';
    expect(text).toContain('"kind":"action-succeeded"');
    await reader?.cancel();
  });

  test('says what is wrong, with the code and the status that is documented', async () => {
    const { opened, instance, preview, toRequest } = await open();
    const request = toRequest(await preview());
    const missing = 'act_00000000000000000000';
    for (const [path, body, status, code] of [
      ['actions/preview', { type: 'reboot', instanceIds: [instance.id] }, 409, 'action-unavailable'],
      ['actions/preview', { type: 'pool.flush', service: 'nobody' }, 404, 'service-not-found'],
      ['actions/preview', { type: 'POOL FLUSH', service: 'nobody' }, 400, 'request-invalid'],
      ['actions', { ...request, previewId: 'pre_00000000000000000000' }, 409, 'preview-expired'],
      ['actions', { ...request, reason: '  ' }, 400, 'request-invalid'],
      ['actions', { ...request, idempotencyKey: 'short' }, 400, 'request-invalid'],
      [`actions/${missing}/cancel`, undefined, 404, 'action-not-found'],
      [`actions/${missing}/extend`, { deadlineSeconds: 60 }, 404, 'action-not-found'],
    ] as const) {
      const answer = await opened.change('POST', `/api/v1/${path}`, body);
      expect.soft(Problem.parse(answer.json()), path).toMatchObject({ status, code });
    }
    expect((await opened.send(`/api/v1/actions/${missing}`)).status).toBe(404);
  });

  test('names the parameter that does not fit, as everywhere', async () => {
    const opened = await TestConsole.open();
    await opened.connectAgent({
      describe: (obedient) => {
        for (const action of obedient.actions) action.parametersSchemaJson = '{"required":["game"]}';
        return obedient;
      },
    });
    const wish = { type: 'pool.flush', service: 'user-service' };
    const answer = await opened.change('POST', '/api/v1/actions/preview', wish);
    expect(Problem.parse(answer.json())).toMatchObject({
      status: 400,
      code: 'action-parameters-invalid',
      errors: [{ path: 'body.params.game', message: 'is missing' }],
    });
  });

  test('waits, is given time and is cancelled', async () => {
    const { opened, agent, preview, toRequest, read } = await open();
    agent.actions.isHeld = true;
    const { id } = Action.parse(
      (await opened.change('POST', '/api/v1/actions', toRequest(await preview()))).json(),
    );
    const extended = await opened.change('POST', `/api/v1/actions/${id}/extend`, { deadlineSeconds: 3600 });
    expect(Date.parse(Action.parse(extended.json()).deadlineAt)).toBeGreaterThan(Date.now() + 3000_000);
    const cancelled = await opened.change('POST', `/api/v1/actions/${id}/cancel`);
    expect(cancelled.status).toBe(202);
    await waitUntil('it is cancelled', async () => (await read(id)).status.state === 'cancelled');
    const late = await opened.change('POST', `/api/v1/actions/${id}/extend`, { deadlineSeconds: 3600 });
    expect(Problem.parse(late.json())).toMatchObject({ status: 409, code: 'action-ended' });
  });

  test('needs the header of programs like everything that changes something', async () => {
    const { opened, preview, toRequest } = await open();
    const body = JSON.stringify(toRequest(await preview()));
    const headers = { 'content-type': 'application/json' };
    const answer = await opened.send('/api/v1/actions', { method: 'POST', headers, body });
    expect(answer.status).toBe(403);
  });
});
