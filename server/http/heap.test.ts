import { create } from '@bufbuild/protobuf';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { HeapQuery } from '#profile/heap/query/heap-query.ts';
import { heapFromText } from '#profile/heap/text/heap-from-text.ts';
import { CaptureCapabilitySchema, CaptureKind } from '#proto/gen/opscenter/v1/capture_pb.ts';
import { waitUntil } from '../testing/wait-until.ts';
import {
  type Capture,
  type CaptureId,
  type HeapQuestion,
  HeapReply,
  HeapState,
  Problem,
} from './contract/index.ts';
import { type Answer, TestConsole, type TestConsoleOptions } from './testing/test-console.ts';

const EARLIER = heapFromText(`
  root @1
    shortcut global: Window 16 @3
      sessions: Map 32 @5
        a: Session#a 100 @7
`).bytes;
const LATER = heapFromText(`
  root @1
    shortcut global: Window 16 @3
      sessions: Map 32 @5
        a: Session#a 100 @7
        b: Session#b 100 @9
        c: Session#c 100 @11
`).bytes;
const CLASSES = {
  ask: 'classes',
  filter: 'session',
  order: { by: 'retained', descending: true },
  page: { offset: 0, limit: 10 },
};

/** A service of which two heap snapshots were taken, one after the other. */
async function captured(options: TestConsoleOptions = {}) {
  const opened = await TestConsole.open(options);
  const headers: Record<string, string> =
    options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  const artifacts = [EARLIER, LATER];
  const { instance } = await opened.connectAgent(
    {
      artifact: () => artifacts.shift() ?? LATER,
      mediaType: 'application/vnd.v8.heapsnapshot+json',
      describe: (obedient) => ({
        ...obedient,
        captures: [
          create(CaptureCapabilitySchema, { kind: CaptureKind.HEAPSNAPSHOT, available: true, price: {} }),
        ],
      }),
    },
    headers,
  );
  const take = async () => {
    const wish = { instanceId: instance.id, kind: 'heapsnapshot' };
    const { id } = (await opened.change('POST', '/api/v1/captures', wish, headers)).json() as Capture;
    await waitUntil('the capture is complete', async () => {
      const capture = (await opened.send(`/api/v1/captures/${id}`, { headers })).json() as Capture;
      return capture.status.state === 'complete';
    });
    return id;
  };
  const [earlier, later] = [await take(), await take()];
  return {
    opened,
    earlier,
    later,
    state: async (id: CaptureId) =>
      HeapState.parse((await opened.send(`/api/v1/captures/${id}/heap`, { headers })).json()),
    post: (id: CaptureId, what: string, body?: unknown, sent = headers) =>
      opened.change('POST', `/api/v1/captures/${id}/heap/${what}`, body, sent),
  };
}

const told = (answer: Answer) => {
  const { status, code } = Problem.parse(answer.json());
  return { status, code };
};

describe('a question over HTTP', () => {
  test('is every question that there is', () => {
    expectTypeOf<HeapQuery['ask']>().toEqualTypeOf<HeapQuestion['ask']>();
    expectTypeOf<HeapQuestion>().toExtend<HeapQuery>();
  });
});

describe('a heap snapshot over HTTP', () => {
  test('is asked, tells how it stands, is closed, and goes with its capture', async () => {
    const { opened, later: id, state, post } = await captured();
    expect(await state(id)).toEqual({ state: 'closed', hasIndex: false });
    const { answer, comparedWith } = HeapReply.parse((await post(id, 'query', { query: CLASSES })).json());
    expect(answer).toMatchObject({
      total: 1,
      rows: [{ className: 'Session', count: 3, retainedBytes: 300 }],
    });
    expect(comparedWith).toBeNull();
    expect(await state(id)).toMatchObject({ state: 'open', from: 'artifact' });
    expect((await opened.send('/metrics')).text).toMatch(/opscenter_heap_snapshots\{state="open"\} 1/);
    expect(HeapState.parse((await post(id, 'close')).json())).toMatchObject({ state: 'closed' });
    expect((await post(id, 'open')).status).toBe(202);
    expect((await opened.change('DELETE', `/api/v1/captures/${id}`)).status).toBe(204);
    expect(told(await post(id, 'query', { query: CLASSES }))).toEqual({
      status: 404,
      code: 'capture-not-found',
    });
  });

  test('is compared with an earlier one of the same process', async () => {
    const { earlier, later, post } = await captured();
    const query = {
      ask: 'compareClasses',
      filter: '',
      order: { by: 'newBytes', descending: true },
      page: { offset: 0, limit: 1 },
    };
    const { answer, comparedWith } = HeapReply.parse((await post(later, 'query', { query, earlier })).json());
    expect(answer).toMatchObject({
      rows: [{ className: 'Session', newCount: 2, newBytes: 200, keptCount: 1 }],
    });
    expect(comparedWith).toEqual({ captureId: earlier, sameProcess: true });
    const whole = HeapReply.parse(
      (await post(later, 'query', { query: { ask: 'comparison' }, earlier })).json(),
    );
    expect(whole.answer).toMatchObject({ idsHold: true, processes: 'one' });
    const holders = { ask: 'compareRetainerPaths', className: 'Session', path: [], page: query.page };
    const held = HeapReply.parse((await post(later, 'query', { query: holders, earlier })).json());
    expect(held.answer).toMatchObject({
      rows: [{ className: 'Map', edgeName: 'b', heldCountBefore: 0, heldCountAfter: 1 }],
    });
    const missing = { status: 400, code: 'earlier-snapshot-missing' };
    expect(told(await post(later, 'query', { query }))).toEqual(missing);
    expect(told(await post(later, 'query', { query, earlier: later }))).toEqual(missing);
  });

  test('refuses in words what it cannot answer', async () => {
    const { later: id, post } = await captured();
    const refused: [unknown, number, string][] = [
      [{ query: { ...CLASSES, filter: '/(?=a)/' } }, 400, 'heap-filter-invalid'],
      [{ query: { ask: 'object', object: 12_345 } }, 404, 'heap-object-unknown'],
      [{ query: { ask: 'everything' } }, 400, 'request-invalid'],
      [{ query: { ...CLASSES, page: { offset: 0, limit: 501 } } }, 400, 'request-invalid'],
      [{ query: { ...CLASSES, page: { offset: -1, limit: 1 } } }, 400, 'request-invalid'],
      [{ query: { ...CLASSES, filter: 'x'.repeat(1001) } }, 400, 'request-invalid'],
      [{ query: { ask: 'object', object: '1; drop' } }, 400, 'request-invalid'],
      [{}, 400, 'request-invalid'],
      [{ query: { ask: 'retainers', ignored: new Array(40_000).fill(1) } }, 413, 'body-too-large'],
    ];
    for (const [body, status, code] of refused) {
      expect
        .soft(told(await post(id, 'query', body)), JSON.stringify(body).slice(0, 80))
        .toEqual({ status, code });
    }
  });

  test('is for whoever may download the artifact, and is not opened by other sites', async () => {
    const { opened, later: id, post, state } = await captured({ token: 'a-long-enough-token' });
    expect(told(await post(id, 'query', { query: CLASSES }, {}))).toMatchObject({ code: 'sign-in-required' });
    expect(told(await post(id, 'open', undefined, {}))).toMatchObject({ code: 'sign-in-required' });
    expect(told(await opened.send(`/api/v1/captures/${id}/heap`))).toMatchObject({
      code: 'sign-in-required',
    });
    const foreign = { origin: 'https://elsewhere.example', authorization: 'Bearer a-long-enough-token' };
    for (const what of ['query', 'open', 'close'])
      expect(told(await post(id, what, { query: CLASSES }, foreign)), what).toEqual({
        status: 403,
        code: 'foreign-request',
      });
    expect(await state(id)).toEqual({ state: 'closed', hasIndex: false });
  });
});
