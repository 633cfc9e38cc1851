import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Responsiveness_State } from '../../proto/gen/opscenter/v1/agent_pb.ts';
import {
  CaptureKind,
  type CaptureProgress,
  ChunkEncoding,
  RecordingPhase,
} from '../../proto/gen/opscenter/v1/capture_pb.ts';
import { AgentClient, nextEvent } from './agent-client.ts';
import { heapShares } from './heap-shares.ts';
import { copyLibrary } from './library-copy.ts';
import { lockRemarksOf, lockWaits } from './lock-waits.ts';
import { type NodeVersionName, nodeVersions } from './node-versions.ts';
import { type InstalledService, installPackedAgent } from './packed-package.ts';
import { profileTimes } from './profile-times.ts';
import { readWaits, waitsIn } from './read-waits.ts';
import { ServiceProcess } from './service-process.ts';
import { lines, refusalOf } from './test-actions.ts';
import { TestRegistry, testToken } from './test-registry.ts';
import { tracedThreads } from './traced-threads.ts';

let installed: InstalledService;
let leftAtFile: string;
const open: (Disposable | AsyncDisposable)[] = [];

function environment(registry: TestRegistry): Record<string, string> {
  return {
    OPSCENTER_SERVICE: 'tested',
    OPSCENTER_VERSION: '1.2.3',
    OPSCENTER_LABELS: 'tier=game,instance=tested-0',
    OPSCENTER_SERVER: registry.address,
    OPSCENTER_TOKEN: testToken,
    LEFT_AT_FILE: leftAtFile,
  };
}

async function startService(node: string, args: string[]) {
  const registry = await TestRegistry.start();
  open.push(registry);
  const service = new ServiceProcess({
    node,
    folder: installed.folder,
    args,
    environment: environment(registry),
  });
  open.push(service);
  const { agentAddress } = await registry.registration();
  const client = new AgentClient(agentAddress);
  open.push(client);
  return { registry, service, client };
}

const sampledAndFollowed = [CaptureKind.CPU, CaptureKind.HEAP, CaptureKind.WAIT, CaptureKind.LOCK];

const millisecondsSinceLeft = (atMs: number) => atMs - Number(readFileSync(leftAtFile, 'utf8'));
const inPhase = (phase: RecordingPhase) => (value: unknown) => (value as CaptureProgress).phase === phase;

/** What was said of the thread last while it was recorded: whether it is stuck is known a moment after the begin. */
const wasUnresponsive = (progress: CaptureProgress[]) =>
  progress.findLast(inPhase(RecordingPhase.RECORDING))?.threadUnresponsive;

/** All that the packed agent promises, on one of the Node versions: each has a file of its own, so that two go side by side. */
export function testPackedAgent(name: NodeVersionName): void {
  beforeAll(async () => {
    installed = await installPackedAgent();
    for (const library of ['async-mutex', 'generic-pool', 'tslib']) copyLibrary(library, installed.folder);
    leftAtFile = join(installed.folder, 'left-at');
  }, 60_000);

  afterAll(() => installed[Symbol.asyncDispose]());

  afterEach(async ({ task }) => {
    // A service that ended by itself is the first thing to know of a failure.
    if (task.result?.state === 'fail')
      for (const resource of open) if (resource instanceof ServiceProcess) console.error(resource.state);
    for (const resource of open.splice(0).reverse()) {
      if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
      else resource[Symbol.dispose]();
    }
  });

  const node = nodeVersions.find((version) => version.name === name)?.path ?? '';

  it(`${name} is installed (if not: node agent/nodes/install.mjs)`, () => {
    expect(existsSync(node)).toBe(true);
  });

  describe(`the packed agent on ${name}`, () => {
    it.each([
      ['an ES module', ['service.mjs', 'work']],
      ['a CommonJS module', ['service.cjs', 'work']],
      ['a preload', ['--import', '@opscenter/agent/register', 'plain.cjs', 'work']],
    ])('started from %s, registers the process and tells its vitals', async (_, args) => {
      const { registry, service, client } = await startService(node, args);
      const { identity, runtime } = await registry.registration();
      expect(identity).toMatchObject({
        service: 'tested',
        version: '1.2.3',
        pid: service.pid,
        labels: { tier: 'game', instance: 'tested-0' },
      });
      expect((await client.describe()).runtime?.version).toBe(runtime?.version);
      const { vitals } = await client.watchUntil((message) => message.vitals?.cpuCores !== undefined);
      expect(vitals?.responsiveness?.state).toBe(Responsiveness_State.RESPONSIVE);
      expect(vitals?.eventLoopUtilization).toBeGreaterThan(0.1);
      expect(vitals?.eventLoopDelayP50Ms).toBeLessThan(20);
      // A busy machine gives it less than it asks for.
      expect(vitals?.mainThreadCpuCores).toBeGreaterThan(0.05);
      expect(Number(vitals?.heapUsedBytes)).toBeGreaterThan(1e6);
      expect(registry.registrations).toHaveLength(1);
      expect(service.output).toBe('');
    });

    it('says that a main thread in a loop is stuck in JavaScript, and finds the function', async () => {
      const { service, client } = await startService(node, ['service.mjs', 'spin']);
      service.go();
      const stuck = await client.watchUntil(
        ({ vitals }) => vitals?.responsiveness?.state === Responsiveness_State.STUCK_IN_JS,
      );
      expect(stuck.vitals?.heapUsedBytes).toBeUndefined();
      expect(stuck.vitals?.mainThreadCpuCores).toBeGreaterThan(0.05);
      const acceptEncodings = [ChunkEncoding.ZSTD, ChunkEncoding.GZIP];
      const wish = { captureId: 'spin', durationMs: 1_000, acceptEncodings };
      const { bytes, progress, chunks } = await client.collect(wish);
      // zstd came with Node.js 22.15.
      const encoding = name === 'Node 20' ? ChunkEncoding.GZIP : ChunkEncoding.ZSTD;
      expect(chunks.map((chunk) => chunk.encoding)).toEqual(chunks.map(() => encoding));
      expect(wasUnresponsive(progress)).toBe(true);
      const { top, self } = profileTimes(bytes);
      expect(top).toBe('spinForever');
      expect(self.get('spinForever')).toBeGreaterThan(0.4);
      expect(service.output).toBe('');
    });

    it('tells who waits for whose lock, in the main thread and in a worker thread', async () => {
      const { service, client } = await startService(node, ['service.cjs', 'contend']);
      const seen = async () => {
        const description = await client.describe();
        const worker = description.threads.find(({ name }) => name === 'records')?.id;
        return { remarks: lockRemarksOf(description), worker };
      };
      await expect.poll(seen, { timeout: 5_000 }).toEqual({
        remarks: expect.stringContaining('Follows the registered Wallet, async-mutex 0.5.0'),
        worker: expect.any(String),
      });
      const { worker = '' } = await seen();
      const wish = { kind: CaptureKind.LOCK, durationMs: 600 };
      const [main, inWorker] = await Promise.all([
        client.collect({ ...wish, captureId: 'main' }),
        client.collect({ ...wish, captureId: 'worker', threadId: worker }),
      ]);
      expect(main.artifact?.remarks.join(' ')).toMatch(/The longest holds: .* of (Wallet|async-mutex)/);
      expect(lockWaits(main.bytes)).toEqual([
        'Wallet: settleBet behind settleBet',
        'async-mutex: joinRoom behind joinRoom',
      ]);
      expect(lockWaits(inWorker.bytes)).toEqual(['generic-pool: writeRecord behind writeRecord']);
      const wrapped = async () =>
        (await client.readResource('wrapped')).state?.measures.map(({ value }) => value);
      expect(await wrapped()).toEqual([0]);
      const abandoned = client.openCollect({ ...wish, captureId: 'abandoned', durationMs: 60_000 });
      await expect.poll(wrapped).toEqual([1]);
      const second = await refusalOf(client.collect({ ...wish, captureId: 'second' }));
      expect(second.word).toBe('capture-in-progress');
      await client.stop('abandoned', true);
      await expect.poll(wrapped).toEqual([0]);
      abandoned.cancel();
      const { state } = await client.readResource('lock:wallet');
      expect(state?.measures.map(({ name }) => name)).toEqual([
        'waiting',
        'held',
        'longest wait',
        'longest hold',
      ]);
      expect((await client.readResource('queue:send')).state?.measures[0]).toMatchObject({ value: 1 });
      service.go();
      await new Promise((resolve) => setTimeout(resolve, 300));
      const stuck = await client.collect({ ...wish, captureId: 'stuck', durationMs: 1_500 });
      expect(wasUnresponsive(stuck.progress)).toBe(true);
      expect(stuck.artifact?.remarks.join(' ')).toContain('Follows the registered Wallet');
      expect(service.output).toBe('');
    });

    it('runs an action once, and none while the main thread is stuck', async () => {
      const { service, client } = await startService(node, ['service.cjs', 'actions']);
      await expect
        .poll(async () => (await client.describe()).actions.map(({ type }) => type), { timeout: 5_000 })
        .toEqual(['pool.flush']);
      expect((await client.readResource('pool')).items).toMatchObject([
        { id: 'connection-1', state: 'stale' },
      ]);
      const { targets } = await client.previewAction('pool.flush');
      const order = { type: 'pool.flush', confirmed: targets.map(({ id }) => id) };
      const told = ['step closing', 'done connection-1', 'end succeeded'];
      expect(lines(await client.run({ ...order, key: 'first' }))).toEqual(told);
      expect(lines(await client.run({ ...order, key: 'first' }))).toEqual(told);

      service.go();
      await new Promise((resolve) => setTimeout(resolve, 300));
      const askedMs = performance.now();
      const refusals = await Promise.all([
        refusalOf(client.run({ ...order, key: 'second' })),
        refusalOf(client.previewAction('pool.flush')),
        refusalOf(client.readResource('pool')),
      ]);
      expect(performance.now() - askedMs).toBeLessThan(2_000);
      for (const { word, sentence } of refusals) {
        expect(word).toBe('main-thread-stuck');
        expect(sentence).toMatch(/^The service's main thread has not answered for \d/);
      }
      expect(lines(await client.run({ ...order, key: 'first', attachOnly: true }))).toEqual(told);

      await client.watchUntil(
        ({ vitals }) => vitals?.responsiveness?.state === Responsiveness_State.RESPONSIVE,
      );
      const { resources } = await client.watchUntil(({ resources: [pool] }) => pool?.finding !== undefined);
      expect(resources[0]?.measures).toMatchObject([{ name: 'runs', value: 1 }]);
      expect((await refusalOf(client.run({ ...order, key: 'second' }))).word).toBe('main-thread-stuck');
      expect(lines(await client.run({ ...order, key: 'third' }))).toEqual(told);
      expect(service.output).toBe('');
    });

    it('finds the function whose regular expression backtracks', async () => {
      const { service, client } = await startService(node, ['service.cjs', 'regex']);
      service.go();
      await client.watchUntil(
        ({ vitals }) => vitals?.responsiveness?.state === Responsiveness_State.STUCK_IN_JS,
      );
      const { bytes } = await client.collect({ captureId: 'regex', durationMs: 700 });
      expect(profileTimes(bytes).total.get('backtrackForever')).toBeGreaterThan(0.6);
    });

    it('finds the function of a worker thread that is stuck, and leaves the others alone', async () => {
      const { service, client } = await startService(node, ['service.mjs', 'worker']);
      service.go();
      const { threads } = await client.describe();
      expect(threads.map(({ name }) => name)).toEqual(['main thread', 'matchmaker']);
      const threadId = threads[1]?.id ?? '';
      const { bytes } = await client.collect({ captureId: 'worker', durationMs: 700, threadId });
      expect(profileTimes(bytes).top).toBe('matchForever');
      const { vitals } = await client.watchUntil(() => true);
      expect(vitals?.responsiveness?.state).toBe(Responsiveness_State.RESPONSIVE);
      expect(service.output).toBe('');
    });

    it('tells what is in use from what was allocated, also while the main thread is stuck', async () => {
      const { service, client } = await startService(node, ['service.mjs', 'allocate']);
      const options = { case: 'heap' as const, value: { intervalBytes: 16_384 } };
      const inUse = await client.collect({ captureId: 'heap', kind: CaptureKind.HEAP, options });
      expect(inUse.failed).toBeUndefined();
      expect(inUse.artifact?.mediaType).toBe('application/vnd.v8.heapprofile+json');
      const held = heapShares(inUse.bytes);
      expect(held.get('keepRecords')).toBeGreaterThan(0.9);
      expect(held.get('makeGarbage') ?? 0).toBeLessThan(0.05);
      const [, refused] = await Promise.all([
        client.collect({ captureId: 'allocation', kind: CaptureKind.ALLOCATION, options }).then((all) => {
          const made = heapShares(all.bytes);
          expect(made.get('makeGarbage')).toBeGreaterThan(0.7);
        }),
        refusalOf(client.collect({ captureId: 'second', kind: CaptureKind.HEAP, options })).then(
          ({ word }) => word,
        ),
      ]);
      expect(refused).toBe('too-many-captures');
      expect(service.output).toBe('');

      const stuck = await startService(node, ['service.cjs', 'allocate-stuck']);
      stuck.service.go();
      await stuck.client.watchUntil(
        ({ vitals }) => vitals?.responsiveness?.state === Responsiveness_State.STUCK_IN_JS,
      );
      const { bytes, progress } = await stuck.client.collect({
        captureId: 'stuck',
        kind: CaptureKind.ALLOCATION,
        options,
      });
      expect(wasUnresponsive(progress)).toBe(true);
      expect(heapShares(bytes).get('allocateForever')).toBeGreaterThan(0.9);
      expect(stuck.service.output).toBe('');
    });

    it('tells what is waited for and what is pending, in each thread, and in one that is stuck', async () => {
      const { service, client } = await startService(node, ['service.cjs', 'waits']);
      const findWorker = async () =>
        (await client.describe()).threads.find(({ name }) => name === 'waiter')?.id ?? '';
      await expect.poll(findWorker, { timeout: 5_000 }).not.toBe('');
      const options = { case: 'wait' as const, value: { sampleEvery: 1 } };
      const wish = { kind: CaptureKind.WAIT, options, durationMs: 800 };
      const recorded = await Promise.all([
        client.collect({ ...wish, captureId: 'main' }),
        client.collect({ ...wish, captureId: 'worker', threadId: await findWorker() }),
      ]);
      for (const { bytes, artifact } of recorded) {
        const waits = readWaits(bytes);
        const average = (name: string, type: string) => waitsIn(waits, name, type).averageMs;
        expect(average('nap', 'timer')).toBeGreaterThan(24);
        expect(average('query', 'network')).toBeGreaterThan(14);
        expect(average('fetchRecord', 'network')).toBeGreaterThan(14);
        expect(average('readLevel', 'file')).toBeGreaterThan(0);
        expect(average('lookUpPeer', 'dns')).toBeGreaterThan(0);
        const requests = waits.filter(({ resource }) => resource === 'http request');
        expect(requests.length).toBeGreaterThan(0);
        // The recording may end between the setting of a timer and its clearing.
        const cleared = waits.filter(({ stack }) => stack.includes('giveUpAfterAWhile'));
        expect(cleared.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(1);
        const retries = waits.filter(({ stack }) => stack.includes('retryLater'));
        // What the agent does where it interrupts is no wait of the function that it has interrupted.
        expect(new Set(retries.map(({ isPending }) => isPending))).toEqual(new Set([true]));
        expect(artifact?.remarks[0]).toMatch(/^Every one was followed: \d+ in all\.$/);
        expect(artifact?.cost?.threadShare).toBeGreaterThan(0);
      }

      const activity = { kind: CaptureKind.ACTIVITY, durationMs: 500 };
      const { bytes } = await client.collect({ ...activity, captureId: 'activity' });
      const { threads, operations, handles } = JSON.parse(bytes.toString());
      expect(threads.map(({ name }: { name: string }) => name)).toEqual(['main thread', 'waiter']);
      const isRetry = ({ stack }: { stack: { name: string }[] | null }) =>
        stack?.some(({ name }) => name === 'retryLater');
      expect(operations.find(isRetry)?.type).toBe('timer');
      expect(operations.find(isRetry)?.oldestAgeMs).toBeLessThan(2_000);
      expect(handles).toContainEqual({ kind: 'server', count: 2, details: expect.any(Array) });

      service.go();
      await client.watchUntil(
        ({ vitals }) => vitals?.responsiveness?.state === Responsiveness_State.STUCK_IN_JS,
      );
      const stuck = await client.collect({ ...activity, captureId: 'stuck' });
      const [main, waiter] = JSON.parse(stuck.bytes.toString()).threads;
      expect(main).toMatchObject({ state: 'stuck', stacks: [{ frames: [{ name: 'spinForever' }, {}, {}] }] });
      expect(waiter.state).not.toBe('unknown');
      expect(service.output).toBe('');
    });

    it('leaves what it interrupts as it was, though that be in the middle of what Node reads', async () => {
      // What is compiled well can be interrupted in fewer places.
      const { service, client } = await startService(node, ['--no-opt', 'service.cjs', 'reads']);
      const findReader = async () =>
        (await client.describe()).threads.find(({ name }) => name === 'reader')?.id ?? '';
      await expect.poll(findReader, { timeout: 5_000 }).not.toBe('');
      const reader = await findReader();
      const ended: (string | undefined)[] = [];
      const record = async (kind: CaptureKind, threadId: string) => {
        const captureId = `${kind}-${threadId}-${ended.length}`;
        const { failed } = await client.collect({ captureId, kind, threadId, durationMs: 150 });
        ended.push(failed?.message);
      };
      for (const kind of [CaptureKind.WAIT, CaptureKind.LOCK])
        await Promise.all(['', reader].map((threadId) => record(kind, threadId)));
      for (let times = 0; times < 10; times += 1) await record(CaptureKind.ACTIVITY, '');
      expect(ended.filter((failure) => failure !== undefined)).toEqual([]);
      expect(service.output).toBe('');
      expect(service.isAlive).toBe(true);
    });

    it('traces when each thread executed, waited and collected garbage, and what it asked others', async () => {
      const { service, client } = await startService(node, ['service.mjs', 'traced']);
      service.go();
      await new Promise((resolve) => setTimeout(resolve, 200));
      const { bytes, failed } = await client.collect({
        captureId: 'trace',
        kind: CaptureKind.TRACE,
        durationMs: 2_500,
      });
      expect(failed).toBeUndefined();
      const { threads, names } = tracedThreads(bytes);
      expect([...threads.keys()]).toEqual(['main thread', 'matchmaker']);
      const [main, matchmaker] = [...threads.values()].map(({ executing, waiting, collections }) => ({
        busy: executing / (executing + waiting),
        whole: executing + waiting,
        collections,
      }));
      expect(main?.whole).toBeGreaterThan(2_000_000);
      expect(main?.busy).toBeGreaterThan(0.2);
      expect(main?.busy).toBeLessThan(0.9);
      expect(main?.collections).toBeGreaterThan(0);
      expect(matchmaker?.busy).toBeGreaterThan(0.9);
      for (const name of ['http.server GET /rooms', 'pg:query', 'V8.GCScavenger'])
        expect(names).toContain(name);
      expect([...names].some((name) => /^http\.client GET .*\/rooms$/.test(name))).toBe(true);
      expect(bytes.includes('/rooms')).toBe(true);
      expect(bytes.includes('planted-secret')).toBe(false);
      expect(service.output).toBe('');

      const stuck = await startService(node, ['service.cjs', 'spin']);
      stuck.service.go();
      await stuck.client.watchUntil(
        ({ vitals }) => vitals?.responsiveness?.state === Responsiveness_State.STUCK_IN_JS,
      );
      const still = await stuck.client.collect({
        captureId: 'stuck',
        kind: CaptureKind.TRACE,
        durationMs: 3_000,
      });
      expect(wasUnresponsive(still.progress)).toBe(true);
      const lane = tracedThreads(still.bytes).threads.get('main thread');
      expect(lane?.waiting).toBe(0);
      expect(lane?.executing).toBeGreaterThan(500_000);
      expect(stuck.service.output).toBe('');
    });

    it('waits for a native call to return and records what comes after it', async () => {
      const { service, client } = await startService(node, ['service.mjs', 'native']);
      service.go();
      await client.watchUntil(
        ({ vitals }) => vitals?.responsiveness?.state === Responsiveness_State.STUCK_IN_NATIVE_CALL,
      );
      const stream = client.openCollect({ captureId: 'native', durationMs: 600 });
      await nextEvent(stream, 'progress', inPhase(RecordingPhase.WAITING_FOR_THREAD));
      const { bytes, progress } = await client.collect({ captureId: 'native' });
      expect(wasUnresponsive(progress)).toBe(false);
      expect(profileTimes(bytes).total.get('afterwards')).toBeGreaterThan(0.2);
    });

    it.each(['end', 'exit'])(
      'does not hold up a process that leaves by %s, and deregisters it',
      async (how) => {
        // The farewell has 20 ms and is left out when that is not enough, which a busy machine may need another try for.
        for (let left = 3; left > 0; left -= 1) {
          const { registry, service, client } = await startService(node, ['service.mjs', how]);
          client.watch().on('data', () => {});
          await registry.heartbeat(1);
          service.go();
          const { code, atMs } = await service.end();
          expect(code).toBe(0);
          expect(millisecondsSinceLeft(atMs)).toBeLessThan(1_000);
          expect(service.output).toBe('');
          const reasons = registry.deregistrations.map(({ reason }) => reason);
          if (reasons.length === 0 && left > 1) continue;
          expect(reasons).toEqual(['the process exits with code 0']);
          return;
        }
      },
    );

    it('does not keep a process alive that has nothing to do, whether or not the server is there', async () => {
      const service = new ServiceProcess({
        node,
        folder: installed.folder,
        args: ['service.mjs', 'short'],
        environment: {
          OPSCENTER_SERVICE: 'tested',
          OPSCENTER_SERVER: '127.0.0.1:1',
          OPSCENTER_TOKEN: testToken,
        },
      });
      open.push(service);
      expect((await service.end()).code).toBe(0);
      expect(service.output).toBe('');
    });

    it.each([
      ['end', sampledAndFollowed],
      ['contend-exit', sampledAndFollowed],
      ['exit', [CaptureKind.TRACE, CaptureKind.ALLOCATION, CaptureKind.ACTIVITY]],
      ['exit', [CaptureKind.HEAPSNAPSHOT]],
    ])(
      'does not hold up or print at the %s of a process that is being recorded (kinds %j)',
      async (how, kinds) => {
        const { service, client } = await startService(node, ['service.mjs', how]);
        const { captures } = await client.describe();
        const isThere = (kind: CaptureKind) =>
          captures.some((capture) => capture.kind === kind && capture.available);
        const streams = kinds
          .filter(isThere)
          .map((kind) => client.openCollect({ captureId: `kind-${kind}`, kind, durationMs: 60_000 }));
        await Promise.all(streams.map((stream) => nextEvent(stream, 'started')));
        // Recorders that take a moment to start are met at that, too.
        await new Promise((resolve) => setTimeout(resolve, 150));
        service.go();
        const { code, atMs } = await service.end();
        expect(code).toBe(0);
        expect(millisecondsSinceLeft(atMs)).toBeLessThan(1_000);
        expect(service.output).toBe('');
      },
    );

    it('adds nothing to what the service prints when it fails itself', async () => {
      const { service, client } = await startService(node, ['service.mjs', 'throw']);
      await nextEvent(client.openCollect({ captureId: 'throw', durationMs: 60_000 }), 'progress');
      service.go();
      expect((await service.end()).code).toBe(1);
      expect(service.output).toContain('the service itself failed');
      expect(service.output).not.toContain('debugger');
    });
  });
}
