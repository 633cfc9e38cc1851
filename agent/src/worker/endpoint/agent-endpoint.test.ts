import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServiceError, status } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { CaptureKind, RecordingPhase } from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { AgentClient, nextEvent } from '../../../testing/agent-client.ts';
import { serveFile } from '../../../testing/file-endpoint.ts';
import { ManualMethod } from '../../../testing/manual-method.ts';
import { listenForTest, type TestEndpoint } from '../../../testing/test-endpoint.ts';
import { testToken } from '../../../testing/test-registry.ts';

const open: (Disposable | AsyncDisposable)[] = [];

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) {
    if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
    else resource[Symbol.dispose]();
  }
});

function clientOf({ address }: TestEndpoint, token = testToken): AgentClient {
  const client = new AgentClient(address, token);
  open.push(client);
  return client;
}

async function withMethod() {
  const method = new ManualMethod();
  const endpoint = await listenForTest([method], testToken);
  open.push(endpoint);
  return { method, endpoint, client: clientOf(endpoint) };
}

async function withFile(sizeBytes: number) {
  const folder = await mkdtemp(join(tmpdir(), 'opscenter-file-'));
  const bytes = randomBytes(sizeBytes);
  await writeFile(join(folder, 'file'), bytes);
  const endpoint = await serveFile(join(folder, 'file'), testToken);
  open.push({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }, endpoint);
  return { bytes, endpoint, client: clientOf(endpoint) };
}

async function statusOf(work: Promise<unknown>): Promise<{ code: status; word: unknown }> {
  const error = await work.then(
    () => {
      throw new Error('the call went well');
    },
    (reason: ServiceError) => reason,
  );
  return { code: error.code, word: error.metadata?.get('opscenter-error')[0] };
}

describe('a call without the token', () => {
  it.each(['', 'wrong', `${testToken}x`])('is refused (%j)', async (token) => {
    const { endpoint } = await withMethod();
    const client = clientOf(endpoint, token);
    expect((await statusOf(client.describe())).code).toBe(status.UNAUTHENTICATED);
    expect((await statusOf(client.collect({ captureId: 'a' }))).code).toBe(status.UNAUTHENTICATED);
    expect(endpoint.desk.list()).toEqual([]);
  });

  it('is refused before its body is read', async () => {
    const { endpoint } = await withMethod();
    const session = connectHttp2(`http://${endpoint.address}`);
    const stream = session.request({
      ':method': 'POST',
      ':path': '/opscenter.v1.Agent/Describe',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const [headers] = await once(stream, 'response');
    expect(headers['grpc-status']).toBe(String(status.UNAUTHENTICATED));
    session.destroy();
  });
});

describe('a request that cannot be served', () => {
  it.each([
    ['an id with a slash', { captureId: 'a/b' }, status.INVALID_ARGUMENT, 'invalid-request'],
    ['no duration', { captureId: 'a', durationMs: 0 }, status.INVALID_ARGUMENT, 'invalid-request'],
    ['two hours', { captureId: 'a', durationMs: 7_200_000 }, status.INVALID_ARGUMENT, 'invalid-request'],
    [
      'a lease of two hours',
      { captureId: 'a', leaseMs: 7_200_000 },
      status.INVALID_ARGUMENT,
      'invalid-request',
    ],
    ['no such thread', { captureId: 'a', threadId: '../etc' }, status.NOT_FOUND, 'unknown-thread'],
    [
      'another kind',
      { captureId: 'a', kind: CaptureKind.GOROUTINE },
      status.UNIMPLEMENTED,
      'kind-unavailable',
    ],
  ])('for %s is answered with its code and the agent’s word', async (_, wish, code, word) => {
    const { client } = await withMethod();
    expect(await statusOf(client.collect(wish))).toEqual({ code, word });
  });

  it('larger than 512 KiB is refused', async () => {
    const { client } = await withMethod();
    const { code } = await statusOf(client.collect({ captureId: 'a', threadId: 'x'.repeat(600_000) }));
    expect(code).toBe(status.RESOURCE_EXHAUSTED);
  });

  it('for bytes that are no HTTP/2 costs the connection and nothing else', async () => {
    const { endpoint, client } = await withMethod();
    const socket = connect(Number(endpoint.address.split(':')[1]), '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    socket.end(randomBytes(100_000));
    await once(socket, 'close');
    expect((await client.describe()).identity?.service).toBe('tested');
  });
});

describe('a capture', () => {
  it('tells how it gets on, then sends what it left', async () => {
    const { client } = await withMethod();
    const { progress, artifact, bytes } = await client.collect({ captureId: 'a', durationMs: 50 });
    expect(progress.map(({ phase }) => phase)).toContain(RecordingPhase.RECORDING);
    expect(bytes.toString()).toBe('recorded');
    expect(artifact).toMatchObject({ mediaType: 'text/plain', endedBy: 'duration', sizeBytes: 8n });
  });

  it('is followed, and not started again, by a second call with its id', async () => {
    const { method, client } = await withMethod();
    const both = await Promise.all([
      client.collect({ captureId: 'a', durationMs: 100 }),
      client.collect({ captureId: 'a', durationMs: 100 }),
    ]);
    expect(both.map(({ bytes }) => bytes.toString())).toEqual(['recorded', 'recorded']);
    expect((await client.collect({ captureId: 'a' })).bytes.toString()).toBe('recorded');
    expect(method.started).toBe(1);
  });

  it('goes on when the stream that follows it is lost', async () => {
    const { client } = await withMethod();
    const stream = client.openCollect({ captureId: 'a', durationMs: 300 });
    await nextEvent(stream, 'progress');
    stream.cancel();
    const { artifact } = await client.collect({ captureId: 'a' });
    expect(artifact?.endedBy).toBe('duration');
  });

  it('that is stopped keeps what was recorded', async () => {
    const { client } = await withMethod();
    const following = client.collect({ captureId: 'a', durationMs: 60_000 });
    await nextEvent(client.openCollect({ captureId: 'a' }), 'progress');
    await client.stop('a');
    expect((await following).artifact?.endedBy).toBe('stopped');
  });

  it('ends at the recorder’s own limit', async () => {
    const { client } = await withMethod();
    const { artifact } = await client.collect({ captureId: 'a', durationMs: 60_000 });
    expect(artifact?.endedBy).toBe('limit');
    expect(artifact?.endedReason).toMatch(/^With these options at most 2 s are recorded/);
  });

  it('that is thrown away fails and leaves nothing, in every phase', async () => {
    const { method, endpoint, client } = await withMethod();
    method.holdStart();
    const waiting = client.collect({ captureId: 'waiting' });
    await nextEvent(client.openCollect({ captureId: 'waiting' }), 'started');
    await client.stop('waiting', true);
    expect((await waiting).failed?.code).toBe('capture-discarded');
    method.answerStart();
    const recording = client.collect({ captureId: 'recording', durationMs: 60_000 });
    await nextEvent(client.openCollect({ captureId: 'recording' }), 'progress');
    await client.stop('recording', true);
    expect((await recording).failed?.code).toBe('capture-discarded');
    await client.collect({ captureId: 'held', durationMs: 20 });
    await client.stop('held', true);
    expect(await statusOf(client.read('held'))).toEqual({
      code: status.FAILED_PRECONDITION,
      word: 'capture-discarded',
    });
    expect(endpoint.desk.list().every(({ state }) => state.state === 'failed')).toBe(true);
  });

  it('that is stopped before its thread has answered has recorded nothing', async () => {
    const { method, client } = await withMethod();
    method.holdStart();
    const following = client.collect({ captureId: 'a' });
    const second = client.openCollect({ captureId: 'a' });
    await nextEvent(second, 'progress');
    expect((await client.describe()).heldCaptures).toMatchObject([
      { captureId: 'a', phase: RecordingPhase.WAITING_FOR_THREAD },
    ]);
    await client.stop('a');
    expect((await following).failed?.code).toBe('nothing-recorded');
  });

  it('of a kind and thread that is being recorded has to wait', async () => {
    const { client } = await withMethod();
    await nextEvent(client.openCollect({ captureId: 'a', durationMs: 60_000 }), 'progress');
    expect(await statusOf(client.collect({ captureId: 'b' }))).toEqual({
      code: status.RESOURCE_EXHAUSTED,
      word: 'capture-in-progress',
    });
    const elsewhere = await client.collect({ captureId: 'c', threadId: 'worker-1', durationMs: 20 });
    expect(elsewhere.artifact?.endedBy).toBe('duration');
  });

  it('is let go when nobody asks for it within its lease, recorded or not', async () => {
    const { endpoint, client } = await withMethod();
    await client.collect({ captureId: 'held', durationMs: 20, leaseMs: 1_000 });
    const lost = client.openCollect({ captureId: 'running', durationMs: 60_000, leaseMs: 1_000 });
    await nextEvent(lost, 'progress');
    lost.cancel();
    await expect.poll(() => endpoint.desk.list(), { timeout: 5_000 }).toEqual([]);
    expect((await client.collect({ captureId: 'running' })).failed?.code).toBe('lease-expired');
    expect((await statusOf(client.read('held'))).code).toBe(status.NOT_FOUND);
  });

  it('is held as long as a stream follows it, whatever its lease', async () => {
    const { client } = await withMethod();
    const { artifact } = await client.collect({ captureId: 'a', durationMs: 1_600, leaseMs: 1_000 });
    expect(artifact?.endedBy).toBe('duration');
  });

  it('whose recorder fails tells so in a sentence', async () => {
    const { method, client } = await withMethod();
    method.data = {
      recordedMs: 0,
      get pieces(): string[] {
        throw new Error('the engine has no memory left');
      },
    };
    const { failed } = await client.collect({ captureId: 'a', durationMs: 20 });
    expect(failed?.code).toBe('recorder-failed');
    expect(failed?.message).toContain('no memory left');
  });

  it('that was released is not recorded again by a late call', async () => {
    const { method, client } = await withMethod();
    await client.collect({ captureId: 'a', durationMs: 20 });
    await client.release('a');
    await client.release('a');
    expect((await client.collect({ captureId: 'a' })).failed?.code).toBe('artifact-released');
    expect(method.started).toBe(1);
  });

  it('that is still recorded cannot be released', async () => {
    const { client } = await withMethod();
    await nextEvent(client.openCollect({ captureId: 'a', durationMs: 60_000 }), 'progress');
    expect((await statusOf(client.release('a'))).word).toBe('artifact-not-ready');
    expect((await statusOf(client.read('a'))).word).toBe('artifact-not-ready');
  });

  it('is not taken when sixteen are held, unless one of them has failed', async () => {
    const { client } = await withMethod();
    for (let number = 0; number < 16; number += 1) {
      await client.collect({ captureId: `held-${number}`, durationMs: 5 });
    }
    expect((await statusOf(client.collect({ captureId: 'more' }))).word).toBe('too-many-captures');
    await client.stop('held-3', true);
    expect((await client.collect({ captureId: 'more', durationMs: 5 })).artifact?.endedBy).toBe('duration');
  });

  it('has four readers at most', async () => {
    const { client } = await withMethod();
    for (let number = 0; number < 4; number += 1) {
      await nextEvent(client.openCollect({ captureId: 'a', durationMs: 60_000 }), 'started');
    }
    expect((await statusOf(client.collect({ captureId: 'a' }))).word).toBe('too-many-readers');
  });
});

describe('an artifact', () => {
  it.each([1, 32_768, 32_769, 8 * 32_768, 3_000_000])('of %d bytes arrives whole', async (sizeBytes) => {
    const { bytes, client } = await withFile(sizeBytes);
    expect((await client.collect({ captureId: 'a' })).bytes.equals(bytes)).toBe(true);
  });

  it.each([0, 1, 32_768, 99_999, 100_000])('is read again from offset %d', async (offset) => {
    const { bytes, client } = await withFile(100_000);
    await client.collect({ captureId: 'a' });
    const again = await client.read('a', offset);
    expect(again.bytes.equals(bytes.subarray(offset))).toBe(true);
    expect(again.artifact?.sizeBytes).toBe(100_000n);
  });

  it('is not read from beyond its end', async () => {
    const { client } = await withFile(10);
    await client.collect({ captureId: 'a' });
    expect((await statusOf(client.read('a', 11))).code).toBe(status.INVALID_ARGUMENT);
  });

  it('is sent no faster than it is read, and is let go when its reader leaves', async () => {
    const { client, endpoint } = await withFile(64 * 1024 * 1024);
    await client.collect({ captureId: 'a' });
    const before = process.memoryUsage();
    const stalled = client.openRead('a');
    await once(stalled, 'data');
    stalled.pause();
    // Both ends live in this process: what the reader does not take would have to be held somewhere here.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const after = process.memoryUsage();
    const held = after.arrayBuffers - before.arrayBuffers;
    expect(held).toBeLessThan(8 * 1024 * 1024);
    stalled.cancel();
    await client.release('a');
    expect(endpoint.desk.list()).toEqual([]);
  });
});

describe('many connections', () => {
  it('beyond the cap are closed, and those within it are served', async () => {
    const { endpoint, client } = await withMethod();
    await client.describe();
    const port = Number(endpoint.address.split(':')[1]);
    const sockets = Array.from({ length: 40 }, () => connect(port, '127.0.0.1').on('error', () => {}));
    let closed = 0;
    for (const socket of sockets) socket.on('close', () => (closed += 1));
    await expect.poll(() => closed, { timeout: 5_000 }).toBeGreaterThanOrEqual(9);
    expect((await client.describe()).identity?.service).toBe('tested');
    for (const socket of sockets) socket.destroy();
  });
});
