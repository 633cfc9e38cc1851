import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CaptureKind } from '../http/contract/index.ts';
import { CaptureBench } from '../testing/capture-bench.ts';
import { drillToken } from '../testing/drill-token.ts';
import { isAlive, RecordedService } from '../testing/recorded-service.ts';
import { temporaryDirectory } from '../testing/temp-directory.ts';
import { waitUntil } from '../testing/wait-until.ts';

const wish = { service: 'recorded-service', durationSeconds: 60, options: {} };

async function drill(times = {}) {
  const dataDirectory = temporaryDirectory();
  const bench = await CaptureBench.open({ registryToken: drillToken, dataDirectory, times });
  const service = await RecordedService.start(bench);
  return { bench, service, artifactFolder: join(dataDirectory, 'artifacts') };
}

async function record(bench: CaptureBench, kind: CaptureKind, thread = 'main') {
  const { id } = await bench.request({ ...wish, kind, thread });
  await bench.untilState(id, 'recording', 'writing');
  return id;
}

/** One of each way to record: V8's sampler, hooks in the service's thread, a child of the service. */
const kinds = ['cpu', 'wait', 'heapsnapshot'] as const satisfies CaptureKind[];

describe('a service that is killed while it is recorded', { timeout: 40_000 }, () => {
  test.each(kinds)('(%s) takes the capture along, and leaves nothing half-written', async (kind) => {
    const { bench, service, artifactFolder } = await drill();
    const id = await record(bench, kind);
    const children = service.listChildren();
    expect(children).toHaveLength(kind === 'heapsnapshot' ? 1 : 0);
    await service.kill();
    const { status } = await bench.untilState(id, 'failed');
    expect(status).toMatchObject({ code: 'instance-ended' });
    expect(readdirSync(artifactFolder)).toEqual([]);
    await waitUntil('its child is gone, too', () => !children.some(isAlive));
  });
});

describe('a thread that ends while it is recorded', { timeout: 40_000 }, () => {
  test.each([
    ['wait', 'complete'],
    ['cpu', 'failed'],
  ] as const)('(%s) ends its capture, as %s', async (kind, state) => {
    const { bench, service } = await drill();
    const thread = await waitUntil('its worker thread is known', () => service.instance?.threads[1]?.id);
    const id = await record(bench, kind, thread);
    // Until the first of it has been handed over.
    await delay(1_500);
    await service.endHelper();
    const { status, artifact } = await bench.untilEnded(id);
    expect(status).toMatchObject(state === 'failed' ? { state, code: 'thread-ended' } : { state });
    if (artifact) expect(artifact.endedBy).toBe('thread-ended');
  });
});

describe('an agent whose thread is killed while it records', { timeout: 40_000 }, () => {
  test.each(kinds)('(%s) leaves nothing on in the service, and records again', async (kind) => {
    const { bench, service } = await drill();
    const hooksBefore = await service.countHooks();
    const lost = await record(bench, kind);
    await service.killAgent();
    await waitUntil('its hooks are off', async () => (await service.countHooks()) === hooksBefore);
    await waitUntil('its child is gone', () => service.listChildren().length === 0);
    // From outside, an endpoint that is gone for a moment may look like a process that is.
    const { status } = await bench.untilState(lost, 'failed');
    expect(status.code).toMatch(/^(capture-lost|instance-ended)$/);
    await waitUntil('it is back', () => service.instance?.connection.state === 'connected');
    // Not to its end: the child of a snapshot is the last to get a processor on a machine that is full.
    await bench.service.cancel(await record(bench, kind), 'kim');
    await waitUntil('its hooks are off again', async () => (await service.countHooks()) === hooksBefore);
    await waitUntil('its child is gone, too', () => service.listChildren().length === 0);
  });
});

describe('a capture that its server has left', { timeout: 40_000 }, () => {
  test.each(kinds)('(%s) ends with its lease, and nothing of it is left', async (kind) => {
    const { bench, service } = await drill({ leaseMs: 1_000 });
    const hooksBefore = await service.countHooks();
    const id = await record(bench, kind);
    const { address = '' } = service.instance ?? {};
    await bench.close();

    const other = await CaptureBench.open({ registryToken: drillToken });
    other.source.findAddress(address);
    await waitUntil('the other server is connected', () =>
      other.directory.list().some(({ connection }) => connection.state === 'connected'),
    );
    const [instance] = other.directory.list();
    await waitUntil('the lease is over', async () => {
      const agent = instance && other.directory.findAgent(instance.id);
      const { heldCaptures = [] } = (await agent?.describe(AbortSignal.timeout(2_000))) ?? {};
      return !heldCaptures.some(({ captureId }) => captureId === id);
    });
    await waitUntil('its hooks are off', async () => (await service.countHooks()) === hooksBefore);
    await waitUntil('its child is gone', () => service.listChildren().length === 0);
    const left = readdirSync(service.temporaryFolder, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
    await service.kill();
  });
});

describe('two consoles that ask one agent at once', { timeout: 40_000 }, () => {
  test('for the same are told of each other, and the second may ask again', async () => {
    const { bench, service } = await drill();
    const other = await CaptureBench.open({ registryToken: drillToken });
    other.source.findAddress(service.instance?.address ?? '');
    await waitUntil('the other server is connected', () =>
      other.directory.list().some(({ connection }) => connection.state === 'connected'),
    );
    const first = await bench.request({ ...wish, kind: 'cpu', durationSeconds: 1.5 });
    await bench.untilState(first.id, 'recording');
    const second = await other.request({ ...wish, kind: 'cpu', durationSeconds: 0.2 });
    expect((await other.untilEnded(second.id)).status).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('already running'),
    });
    await bench.untilState(first.id, 'complete');
    const third = await other.request({ ...wish, kind: 'cpu', durationSeconds: 0.2 });
    await other.untilState(third.id, 'complete');
  });
});

test('what is pending in a service is read as the agent writes it', { timeout: 40_000 }, async () => {
  const { bench } = await drill();
  const { id } = await bench.request({ ...wish, kind: 'activity', durationSeconds: 0.5 });
  await bench.untilState(id, 'complete');
  const { bytes, fileName } = await bench.service.text(id, AbortSignal.timeout(20_000));
  expect(fileName).toMatch(/-activity-.*\.txt$/);
  const text = Buffer.from(bytes).toString();
  expect(text).toMatch(/^thread main "main thread" \[(executing|idle)\]:$/m);
  expect(text).toMatch(/^[1-9]\d* × timer Timeout \[(begun before the capture|oldest \d+ ms)\]/m);
  expect(text).toMatch(/^\d+ × (pipe|timer)/m);
});

/** Only root may mount. */
function mountSmallDisk(): string | undefined {
  const folder = temporaryDirectory();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return folder;
}

describe('a service whose disk is full', { timeout: 40_000 }, () => {
  test('has its captures fail with the reason, and runs on', async (context) => {
    const folder = mountSmallDisk();
    if (folder === undefined) return context.skip('a small disk can be mounted by root only');
    const bench = await CaptureBench.open({ registryToken: drillToken });
    const service = await RecordedService.start(bench, folder);
    const options = { intervalMicros: 50 };
    const { id } = await bench.request({ ...wish, kind: 'cpu', durationSeconds: 2, options });
    const { status } = await bench.untilEnded(id);
    expect(status).toMatchObject({ state: 'failed', code: 'disk-full' });
    const left = readdirSync(folder, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
    expect(service.instance?.connection.state).toBe('connected');
  });
});
