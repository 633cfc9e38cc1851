import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { smallCpuProfile } from '../testing/small-cpu-profile.ts';
import { waitUntil } from '../testing/wait-until.ts';
import {
  AuditList,
  AuditVerification,
  Capture,
  CaptureList,
  Instance,
  InstanceDetail,
  Problem,
  Service,
  Session,
  System,
  TimelineEvent,
  VitalsHistory,
} from './contract/index.ts';
import { TestConsole } from './testing/test-console.ts';

const MISSING_INSTANCE = 'nobody.0123456789';
const MISSING_CAPTURE = 'cap_00000000000000000000';

describe('what is read', () => {
  test('answers by the contract', async () => {
    const opened = await TestConsole.open();
    const { instance } = await opened.connectAgent();
    await opened.capture(instance);
    for (const [path, shape] of [
      ['/api/v1/services', z.array(Service).length(1)],
      ['/api/v1/services/user-service', Service],
      ['/api/v1/instances', z.array(Instance).length(1)],
      ['/api/v1/instances?service=user-service', z.array(Instance).length(1)],
      ['/api/v1/instances?service=lobby', z.array(Instance).length(0)],
      [`/api/v1/instances/${instance.id}`, InstanceDetail],
      [`/api/v1/instances/${instance.id}/vitals`, VitalsHistory],
      [`/api/v1/instances/${instance.id}/vitals?since=2026-01-01T00:00:00.000Z`, VitalsHistory],
      ['/api/v1/captures', CaptureList],
      ['/api/v1/captures?service=user-service&kind=cpu&limit=1', CaptureList],
      ['/api/v1/timeline', z.array(TimelineEvent).min(1)],
      [`/api/v1/timeline?instanceId=${instance.id}&limit=1`, z.array(TimelineEvent).length(1)],
      ['/api/v1/audit', AuditList],
      ['/api/v1/audit?search=CAPTURE&action=capture.request&since=2026-01-01T00:00:00.000Z', AuditList],
      ['/api/v1/audit?search=%25', AuditList],
      ['/api/v1/audit/verify', AuditVerification],
      ['/api/v1/system', System],
      ['/api/v1/session', Session],
    ] as const) {
      const answer = await opened.send(path);
      expect.soft(answer.status, path).toBe(200);
      expect.soft(shape.safeParse(answer.json()).error, path).toBeUndefined();
      expect.soft(answer.headers['cache-control'], path).toBe('no-store');
    }
  });

  test.each([
    [`/api/v1/instances/${MISSING_INSTANCE}`, 'instance-not-found'],
    [`/api/v1/instances/${MISSING_INSTANCE}/vitals`, 'instance-not-found'],
    ['/api/v1/services/nobody', 'service-not-found'],
    [`/api/v1/captures/${MISSING_CAPTURE}`, 'capture-not-found'],
    [`/api/v1/captures/${MISSING_CAPTURE}/artifact`, 'capture-not-found'],
    [`/api/v1/captures/${MISSING_CAPTURE}/pprof`, 'capture-not-found'],
    [`/api/v1/captures/${MISSING_CAPTURE}/text`, 'capture-not-found'],
    ['/api/v1/nothing', 'route-not-found'],
    ['/api', 'route-not-found'],
  ])('at %s says that it is not there (%s)', async (path, code) => {
    const opened = await TestConsole.open();
    const answer = await opened.send(path);
    expect(answer.status).toBe(404);
    expect(Problem.parse(answer.json())).toMatchObject({ code, status: 404 });
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });

  test('says which methods an address knows', async () => {
    const opened = await TestConsole.open();
    const answer = await opened.change('PUT', '/api/v1/captures', {});
    expect(answer.status).toBe(405);
    expect(answer.headers.allow?.split(', ').sort()).toEqual(['GET', 'HEAD', 'POST']);
    expect((await opened.change('POST', '/', {})).status).toBe(405);
  });
});

describe('a capture by HTTP', () => {
  test('is answered before it is taken, and followed at its own address', async () => {
    const opened = await TestConsole.open();
    const { instance } = await opened.connectAgent();
    const answer = await opened.change('POST', '/api/v1/captures', {
      service: 'user-service',
      kind: 'cpu',
      durationSeconds: 0.05,
    });
    expect(answer.status).toBe(202);
    const capture = Capture.parse(answer.json());
    expect(capture).toMatchObject({ instanceId: instance.id, requestedBy: 'local', thread: 'main' });
    expect(answer.headers.location).toBe(`/api/v1/captures/${capture.id}`);
    await waitUntil('it is complete', async () => {
      const now = Capture.parse((await opened.send(`/api/v1/captures/${capture.id}`)).json());
      return now.status.state === 'complete';
    });
  });

  test.each([
    [{ kind: 'cpu', durationSeconds: 1 }, 400, 'request-invalid'],
    [
      { service: 'user-service', instanceId: MISSING_INSTANCE, kind: 'cpu', durationSeconds: 1 },
      400,
      'request-invalid',
    ],
    [{ service: 'user-service', kind: 'cpu', durationSeconds: 1, price: 0 }, 400, 'request-invalid'],
    [{ service: 'user-service', kind: 'telepathy', durationSeconds: 1 }, 400, 'request-invalid'],
    [{ service: 'user-service', kind: 'cpu', durationSeconds: 1e9 }, 400, 'request-invalid'],
    [
      { service: 'user-service', kind: 'cpu', durationSeconds: 1, options: { intervalMicros: 1 } },
      400,
      'request-invalid',
    ],
    [{ service: 'nobody', kind: 'cpu', durationSeconds: 1 }, 404, 'service-not-found'],
    [{ instanceId: MISSING_INSTANCE, kind: 'cpu', durationSeconds: 1 }, 404, 'instance-not-found'],
    [{ service: 'user-service', kind: 'cpu', durationSeconds: 1, thread: 'nobody' }, 404, 'thread-not-found'],
    [{ service: 'user-service', kind: 'heap', durationSeconds: 1 }, 409, 'capture-kind-unavailable'],
  ])('asked for as %j is refused with %i %s', async (wish, status, code) => {
    const opened = await TestConsole.open();
    await opened.connectAgent();
    const answer = await opened.change('POST', '/api/v1/captures', wish);
    expect(answer.status).toBe(status);
    expect(Problem.parse(answer.json()).code).toBe(code);
  });

  test('of a kind and instance that is under way already is refused with 429', async () => {
    const opened = await TestConsole.open();
    await opened.connectAgent();
    const wish = { service: 'user-service', kind: 'cpu', durationSeconds: 30 };
    const first = Capture.parse((await opened.change('POST', '/api/v1/captures', wish)).json());
    const second = await opened.change('POST', '/api/v1/captures', wish);
    expect(second.status).toBe(429);
    expect(second.headers['retry-after']).toBeDefined();
    expect(Problem.parse(second.json())).toMatchObject({
      code: 'capture-in-progress',
      detail: expect.stringContaining(first.id),
    });
    await opened.change('POST', `/api/v1/captures/${first.id}/cancel`);
  });

  test('that fails to meet the form says where, path by path', async () => {
    const opened = await TestConsole.open();
    const answer = await opened.change('POST', '/api/v1/captures', {
      service: 'user-service',
      kind: 'cpu',
      durationSeconds: 'long',
      options: { intervalMicros: 'x' },
    });
    expect(Problem.parse(answer.json()).errors?.map(({ path }) => path)).toEqual([
      'body.durationSeconds',
      'body.options.intervalMicros',
    ]);
  });

  test('is stopped early and kept, or cancelled and discarded', async () => {
    const opened = await TestConsole.open();
    await opened.connectAgent();
    for (const [verb, outcome] of [
      ['stop', 'complete'],
      ['cancel', 'cancelled'],
    ] as const) {
      const wish = { service: 'user-service', kind: 'cpu', durationSeconds: 60 };
      const { id } = Capture.parse((await opened.change('POST', '/api/v1/captures', wish)).json());
      await waitUntil('it is recording', async () => {
        const now = Capture.parse((await opened.send(`/api/v1/captures/${id}`)).json());
        return now.status.state === 'recording';
      });
      const answer = await opened.change('POST', `/api/v1/captures/${id}/${verb}`);
      expect(answer.status).toBe(202);
      const { ending, status } = Capture.parse(answer.json());
      expect([verb, outcome]).toContain(ending ?? status.state);
      await waitUntil(`it is ${outcome}`, async () => {
        const now = Capture.parse((await opened.send(`/api/v1/captures/${id}`)).json());
        return now.status.state === outcome;
      });
    }
  });

  test('is pinned, noted on and deleted, and the audit knows who did it', async () => {
    const opened = await TestConsole.open();
    const { instance } = await opened.connectAgent();
    const { id } = await opened.capture(instance);
    const changed = await opened.change('PATCH', `/api/v1/captures/${id}`, {
      pinned: true,
      note: 'slow — 遅い',
    });
    expect(Capture.parse(changed.json())).toMatchObject({
      pinned: true,
      note: 'slow — 遅い',
      expiresAt: null,
    });
    const deleted = await opened.change('DELETE', `/api/v1/captures/${id}`);
    expect(deleted).toMatchObject({ status: 204, text: '' });
    expect((await opened.send(`/api/v1/captures/${id}`)).status).toBe(404);
    expect((await opened.change('DELETE', `/api/v1/captures/${id}`)).status).toBe(404);

    const { entries } = AuditList.parse((await opened.send('/api/v1/audit')).json());
    const intents = entries
      .filter(({ phase }) => phase === 'intent')
      .map(({ action, actor, target }) => ({ action, actor, target }));
    expect(intents).toContainEqual({ action: 'capture.delete', actor: 'local', target: id });
    expect(AuditVerification.parse((await opened.send('/api/v1/audit/verify')).json()).verified).toBe(true);
  });

  test('that still runs cannot be deleted, and has no artifact', async () => {
    const opened = await TestConsole.open();
    await opened.connectAgent();
    const wish = { service: 'user-service', kind: 'cpu', durationSeconds: 60 };
    const { id } = Capture.parse((await opened.change('POST', '/api/v1/captures', wish)).json());
    expect((await opened.change('DELETE', `/api/v1/captures/${id}`)).status).toBe(409);
    for (const file of ['artifact', 'pprof', 'collapsed', 'speedscope', 'text']) {
      const answer = await opened.send(`/api/v1/captures/${id}/${file}`);
      expect(Problem.parse(answer.json()).code).toBe('artifact-not-available');
    }
    await opened.change('POST', `/api/v1/captures/${id}/cancel`);
  });
});

describe('an artifact', () => {
  async function withArtifact(bytes: Uint8Array, mediaType?: string) {
    const opened = await TestConsole.open();
    const { instance } = await opened.connectAgent({
      artifact: () => bytes,
      ...(mediaType ? { mediaType } : {}),
    });
    const capture = await opened.capture(instance);
    return { opened, capture, path: `/api/v1/captures/${capture.id}/artifact` };
  }

  test('comes as it was recorded, as a file, named by the SHA-256 of its bytes', async () => {
    const bytes = randomBytes(300_000);
    const { opened, path } = await withArtifact(bytes);
    const answer = await opened.send(path);
    expect(answer.body.equals(bytes)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-length': '300000',
      etag: `"${createHash('sha256').update(bytes).digest('hex')}"`,
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="user-service[\w.-]+"$/);
  });

  test('comes in ranges', async () => {
    const bytes = randomBytes(1000);
    const { opened, path } = await withArtifact(bytes);
    const ask = (range: string, more = {}) => opened.send(path, { headers: { range, ...more } });
    const part = await ask('bytes=100-199');
    expect(part).toMatchObject({
      status: 206,
      headers: { 'content-range': 'bytes 100-199/1000', 'content-length': '100' },
    });
    expect(part.body.equals(bytes.subarray(100, 200))).toBe(true);
    expect((await ask('bytes=-10')).body.equals(bytes.subarray(990))).toBe(true);
    expect((await ask('bytes=990-')).body.equals(bytes.subarray(990))).toBe(true);
    const beyond = await ask('bytes=1000-');
    expect(beyond).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */1000' } });
    expect(Problem.parse(beyond.json()).code).toBe('range-unsatisfiable');
    const { etag = '' } = part.headers;
    expect((await ask('bytes=0-9', { 'if-range': etag })).status).toBe(206);
    expect((await ask('bytes=0-9', { 'if-range': '"another"' })).status).toBe(200);
  });

  test('is not sent again to whoever has it', async () => {
    const { opened, path } = await withArtifact(smallCpuProfile);
    const { etag = '' } = (await opened.send(path)).headers;
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      expect(await opened.send(path, { headers: { 'if-none-match': tag } })).toMatchObject({
        status: 304,
        text: '',
      });
    }
    expect((await opened.send(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  test('tells its size to whoever asks for nothing more', async () => {
    const { opened, path } = await withArtifact(randomBytes(5000));
    const answer = await opened.send(path, { method: 'HEAD' });
    expect(answer).toMatchObject({ status: 200, text: '', headers: { 'content-length': '5000' } });
    expect(answer.headers.etag).toBeDefined();
  });

  test.each([
    'text/html',
    'image/svg+xml',
    'application/xhtml+xml',
    'application/javascript',
    'application/pdf',
  ])('that its agent calls %s is offered as bytes to keep, never to show', async (mediaType) => {
    const { opened, path } = await withArtifact(
      new TextEncoder().encode('<script>alert(1)</script>'),
      mediaType,
    );
    const { headers } = await opened.send(path);
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-disposition']).toMatch(/^attachment;/);
    expect(headers['content-security-policy']).toContain('sandbox');
  });

  test('of a CPU profile can be had as pprof', async () => {
    const { opened, capture } = await withArtifact(smallCpuProfile);
    const answer = await opened.send(`/api/v1/captures/${capture.id}/pprof`);
    expect(answer.status).toBe(200);
    expect([...answer.body.subarray(0, 2)]).toEqual([0x1f, 0x8b]);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[\w.-]+\.pb\.gz"$/);
  });

  test('of a CPU profile can be had as collapsed stacks and for speedscope', async () => {
    const { opened, capture } = await withArtifact(smallCpuProfile);
    const stacks = await opened.send(`/api/v1/captures/${capture.id}/collapsed`);
    expect(stacks.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(stacks.headers['content-disposition']).toMatch(/^attachment; filename="[\w.-]+\.folded"$/);
    expect(stacks.text).toMatch(/^\S.* \d+\n/);
    const speedscope = await opened.send(`/api/v1/captures/${capture.id}/speedscope`);
    expect(speedscope.headers['content-disposition']).toMatch(/filename="[\w.-]+\.speedscope\.json"$/);
    expect(speedscope.json()).toMatchObject({ profiles: [{ type: 'evented', unit: 'microseconds' }] });
  });

  test('that is no profile cannot be had as pprof, and says so', async () => {
    const { opened, capture } = await withArtifact(new TextEncoder().encode('{"nodes":'));
    const answer = await opened.send(`/api/v1/captures/${capture.id}/pprof`);
    expect(answer.status).toBe(422);
    expect(Problem.parse(answer.json()).code).toBe('artifact-unreadable');
  });
});

describe('the text of what was pending', () => {
  const mediaType = 'application/vnd.opscenter.activity+json';
  async function textOf(artifact: string, type = mediaType) {
    const opened = await TestConsole.open();
    const bytes = new TextEncoder().encode(artifact);
    const { instance } = await opened.connectAgent({ artifact: () => bytes, mediaType: type });
    const { id } = await opened.capture(instance);
    return await opened.send(`/api/v1/captures/${id}/text`);
  }
  const nothing = { version: 1, takenAtMs: 0, watchedMs: 500, threadId: 'main', threads: [], handles: [] };

  test('is a file of plain text', async () => {
    const frame = { name: 'loadLevel', url: 'file:///srv/<b>.js', line: 4, column: 2 };
    const operation = { type: 'file', resource: 'FSREQCALLBACK', count: 3, oldestAgeMs: 20, weight: 1 };
    const operations = [{ ...operation, stack: [frame] }];
    const answer = await textOf(JSON.stringify({ ...nothing, operations, remarks: [] }));
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[\w.-]+\.txt"$/);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    const text = answer.body.toString();
    expect(text).toContain('3 × file FSREQCALLBACK [oldest 20 ms]:\nloadLevel\n\tfile:///srv/<b>.js:4:2\n');
  });

  test.each([
    ['is cut off', '{"version":1', mediaType, 'it is not JSON'],
    ['lacks a field', JSON.stringify(nothing), mediaType, 'operations must be a list'],
    ['is of another kind', '{}', 'application/vnd.v8.cpuprofile+json', 'kind activity'],
  ])('is refused in a sentence when the artifact %s', async (_, artifact, type, sentence) => {
    const answer = await textOf(artifact, type);
    expect(answer.status).toBe(422);
    const problem = Problem.parse(answer.json());
    expect(problem.code).toBe('artifact-unreadable');
    expect(problem.detail).toContain(sentence);
  });
});

describe('a server that stops', () => {
  test('finishes the answer that it is giving', async () => {
    const bytes = randomBytes(2_000_000);
    const opened = await TestConsole.open();
    const { instance } = await opened.connectAgent({ artifact: () => bytes });
    const { id } = await opened.capture(instance);
    const reader = connect(opened.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    const begun = new Promise((resolve) => reader.once('data', resolve));
    reader.on('data', (chunk) => chunks.push(chunk));
    const closed = new Promise((resolve) => reader.once('close', resolve));
    reader.write(`GET /api/v1/captures/${id}/artifact HTTP/1.1\r\nhost: localhost\r\n\r\n`);
    await begun;
    await Promise.all([closed, opened[Symbol.asyncDispose]()]);
    expect(Buffer.concat(chunks).subarray(-bytes.length).equals(bytes)).toBe(true);
  });

  test('does not wait for a reader that takes nothing', async () => {
    const opened = await TestConsole.open();
    const { instance } = await opened.connectAgent({ artifact: () => randomBytes(32_000_000) });
    const { id } = await opened.capture(instance);
    const stalled = connect(opened.port, '127.0.0.1');
    stalled.on('error', () => {});
    stalled.write(`GET /api/v1/captures/${id}/artifact HTTP/1.1\r\nhost: localhost\r\n\r\n`);
    await new Promise((resolve) => stalled.once('readable', resolve));
    const startedAt = performance.now();
    await opened[Symbol.asyncDispose]();
    expect(performance.now() - startedAt).toBeLessThan(4000);
    stalled.destroy();
  });
});
