import { afterEach, describe, expect, it } from 'vitest';
import { CaptureKind, RecordingPhase } from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { AgentClient, nextEvent } from '../../../testing/agent-client.ts';
import { ManualMethod } from '../../../testing/manual-method.ts';
import { refusalOf } from '../../../testing/test-actions.ts';
import { listenForTest } from '../../../testing/test-endpoint.ts';
import { testToken } from '../../../testing/test-registry.ts';
import { toDuration } from './duration.ts';

const open: (Disposable | AsyncDisposable)[] = [];

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) {
    if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
    else resource[Symbol.dispose]();
  }
});

async function listen(...methods: ManualMethod[]) {
  const endpoint = await listenForTest(methods, testToken);
  open.push(endpoint);
  const consoleOf = () => {
    const client = new AgentClient(endpoint.address);
    open.push(client);
    return client;
  };
  return { service: endpoint.service, client: consoleOf(), secondClient: consoleOf() };
}

async function withCpu() {
  const method = new ManualMethod();
  return { method, ...(await listen(method)) };
}

const isRecording = (value: unknown) =>
  (value as { phase: RecordingPhase }).phase === RecordingPhase.RECORDING;

describe('a capture that costs more than it may', () => {
  it('of pauses ends by itself, keeps what it has and says so', async () => {
    const { client, service } = await withCpu();
    const wish = { captureId: 'a', durationMs: 1_900, budget: { pause: toDuration(200) } };
    await nextEvent(client.openCollect(wish), 'progress', isRecording);
    setTimeout(() => service.stick(), 100);
    const { artifact, bytes } = await client.collect(wish);
    service.comeBack();
    expect(artifact?.endedBy).toBe('budget');
    expect(artifact?.endedReason).toMatch(
      /^The thread did not answer for \d+ ms at worst; the budget is 200 ms/,
    );
    expect(artifact?.cost?.worstPause?.nanos).toBeGreaterThan(200e6);
    expect(bytes.toString()).toBe('recorded');
  });

  it('goes on when nobody asked for less than the stall it has met', async () => {
    const { client, service } = await withCpu();
    await nextEvent(client.openCollect({ captureId: 'a', durationMs: 600 }), 'progress', isRecording);
    service.stick();
    const { artifact } = await client.collect({ captureId: 'a' });
    service.comeBack();
    expect(artifact).toMatchObject({ endedBy: 'duration', endedReason: '' });
  });

  it('of a thread that was stuck at the start goes on, whatever was asked for', async () => {
    const { client, service } = await withCpu();
    service.stick();
    const watching = client.watch().on('data', () => {});
    await new Promise((resolve) => setTimeout(resolve, 500));
    const wish = { captureId: 'a', durationMs: 500, budget: { pause: toDuration(1) } };
    expect((await client.collect(wish)).artifact?.endedBy).toBe('duration');
    watching.cancel();
    service.comeBack();
  });

  it('of memory of its child ends at once', async () => {
    const { client, method } = await withCpu();
    const stream = client.openCollect({ captureId: 'a', budget: { memoryBytes: 2n ** 20n } });
    await nextEvent(stream, 'progress', isRecording);
    method.recording?.spent({ childMemoryBytes: 3e6 });
    const { artifact } = await client.collect({ captureId: 'a' });
    expect(artifact).toMatchObject({
      endedBy: 'budget',
      endedReason: "The recorder's child took 3 MB; the capture's budget is 1 MB.",
    });
  });

  it('fails when there is nothing yet to keep, and its recorder is told to leave', async () => {
    const method = new ManualMethod(CaptureKind.HEAPSNAPSHOT, 'heapsnapshot');
    method.isComplete = true;
    method.holdStart();
    const { client } = await listen(method);
    const wish = { captureId: 'a', kind: method.kind, budget: { memoryBytes: 2n ** 20n } };
    await nextEvent(client.openCollect(wish), 'progress');
    method.recording?.spent({ childMemoryBytes: 3e6, childCpuMs: 10 });
    const { failed } = await client.collect(wish);
    expect(failed?.code).toBe('over-budget');
    expect(failed?.message).toMatch(/^The recorder's child took 3 MB/);
    expect(method.recording?.discarded.aborted).toBe(true);
    method.answerStart();
  });

  it('is not begun with a budget that makes no sense', async () => {
    const { client } = await withCpu();
    const refusal = await refusalOf(client.collect({ captureId: 'a', budget: { threadShare: 2 } }));
    expect(refusal.word).toBe('invalid-request');
  });
});

describe('what a capture cost', () => {
  it('is told while it is recorded and with its artifact, as far as it could be measured', async () => {
    const { client, method } = await withCpu();
    const stream = client.openCollect({ captureId: 'a', durationMs: 1_500 });
    await nextEvent(stream, 'progress', isRecording);
    method.recording?.spent({ threadShare: 0.04 });
    const { progress, artifact } = await client.collect({ captureId: 'a' });
    expect(progress.at(-1)?.cost?.threadShare).toBe(0.04);
    expect(artifact?.cost?.threadShare).toBe(0.04);
    expect(artifact?.cost?.worstPause).toBeDefined();
    expect(artifact?.cost?.usualPause).toBeUndefined();
    if (process.platform === 'linux') expect(artifact?.cost?.recorderCpuCores).toBeGreaterThan(0);
  });
});

describe('captures that are asked for at once', () => {
  it('by two consoles, of one kind and thread, are one capture and a refusal', async () => {
    const { client, secondClient, method } = await withCpu();
    const first = client.collect({ captureId: 'first', durationMs: 300 });
    await expect.poll(() => method.started).toBe(1);
    expect((await refusalOf(secondClient.collect({ captureId: 'second' }))).word).toBe('capture-in-progress');
    expect((await first).artifact?.endedBy).toBe('duration');
    expect((await secondClient.collect({ captureId: 'second', durationMs: 100 })).artifact).toBeDefined();
  });

  it('by two consoles, of kinds that go well together, are both recorded', async () => {
    const [cpu, wait] = [new ManualMethod(), new ManualMethod(CaptureKind.WAIT, 'wait')];
    const { client, secondClient } = await listen(cpu, wait);
    const both = await Promise.all([
      client.collect({ captureId: 'first', durationMs: 300 }),
      secondClient.collect({ captureId: 'second', durationMs: 300, kind: wait.kind }),
    ]);
    expect(both.map(({ artifact }) => artifact?.endedBy)).toEqual(['duration', 'duration']);
  });

  it.each([
    [CaptureKind.WAIT, CaptureKind.TRACE],
    [CaptureKind.CPU, CaptureKind.HEAPSNAPSHOT],
    [CaptureKind.HEAP, CaptureKind.ALLOCATION],
  ])('of the kinds %i and %i wait for each other, and the refusal says why', async (one, other) => {
    const [running, waiting] = [new ManualMethod(one, 'one'), new ManualMethod(other, 'other')];
    const { client, secondClient } = await listen(running, waiting);
    const first = client.collect({ captureId: 'first', durationMs: 300, kind: one });
    await expect.poll(() => running.started).toBe(1);
    const refusal = await refusalOf(secondClient.collect({ captureId: 'second', kind: other }));
    expect(refusal.word).toBe('too-many-captures');
    expect(refusal.sentence).toMatch(
      /^A capture of thread main is under way; one and other are not recorded at once: /,
    );
    await first;
    const second = await secondClient.collect({ captureId: 'third', durationMs: 100, kind: other });
    expect(second.artifact).toBeDefined();
  });

  it('are four at most', async () => {
    const kinds = [
      CaptureKind.CPU,
      CaptureKind.HEAP,
      CaptureKind.WAIT,
      CaptureKind.LOCK,
      CaptureKind.ACTIVITY,
    ];
    const methods = kinds.map((kind) => new ManualMethod(kind, `kind ${kind}`));
    const { client } = await listen(...methods);
    for (const kind of kinds.slice(0, 4))
      client.openCollect({ captureId: `k${kind}`, kind, durationMs: 1_000 });
    await expect.poll(() => methods.filter(({ started }) => started > 0).length).toBe(4);
    const refusal = await refusalOf(client.collect({ captureId: 'fifth', kind: CaptureKind.ACTIVITY }));
    expect(refusal.word).toBe('too-many-captures');
  });
});

describe('a recorder that comes to its own end', () => {
  it('keeps what it has and says why', async () => {
    const { client, method } = await withCpu();
    const stream = client.openCollect({ captureId: 'a', durationMs: 1_900 });
    await nextEvent(stream, 'progress', isRecording);
    method.recording?.end('thread-ended', 'Thread worker-3 ended while it was being recorded.');
    const { artifact } = await client.collect({ captureId: 'a' });
    expect(artifact).toMatchObject({
      endedBy: 'thread-ended',
      endedReason: 'Thread worker-3 ended while it was being recorded.',
    });
  });
});
