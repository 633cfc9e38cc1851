import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CaptureKind } from '../../proto/gen/opscenter/v1/capture_pb.ts';
import { AgentClient, type Received } from './agent-client.ts';
import { nodeVersions } from './node-versions.ts';
import { type InstalledService, installPackedAgent } from './packed-package.ts';
import { ServiceProcess } from './service-process.ts';
import { refusalOf } from './test-actions.ts';
import { TestRegistry, testToken } from './test-registry.ts';

/** Enough for a child to be caught at its work. */
const manyBets = 200_000;
const kind = CaptureKind.HEAPSNAPSHOT;

const options = (value: { keepStrings?: boolean; consentToPause?: boolean } = {}) => ({
  case: 'heapsnapshot' as const,
  value,
});

let installed: InstalledService;
const open: (Disposable | AsyncDisposable)[] = [];

beforeAll(async () => {
  installed = await installPackedAgent();
}, 60_000);

afterAll(() => installed[Symbol.asyncDispose]());

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) {
    if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
    else resource[Symbol.dispose]();
  }
});

async function startService(
  bets: number,
  {
    node = process.execPath,
    folder = installed.folder,
    temporary = installed.folder,
    scenario = 'bets',
  }: { node?: string; folder?: string; temporary?: string; scenario?: string } = {},
) {
  const registry = await TestRegistry.start();
  open.push(registry);
  const portFile = join(folder, 'port');
  await rm(portFile, { force: true });
  const service = new ServiceProcess({
    node,
    folder,
    args: ['service.mjs', scenario, String(bets)],
    environment: {
      OPSCENTER_SERVICE: 'tested',
      OPSCENTER_SERVER: registry.address,
      OPSCENTER_TOKEN: testToken,
      PORT_FILE: portFile,
      TMPDIR: temporary,
    },
  });
  open.push(service);
  const { agentAddress } = await registry.registration();
  const client = new AgentClient(agentAddress);
  open.push(client);
  return { service, client, portFile };
}

async function capabilityOf(client: AgentClient) {
  const { captures } = await client.describe();
  return captures.find((capability) => capability.kind === kind);
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

async function nextChildOf(pid: number): Promise<number> {
  const deadlineMs = Date.now() + 10_000;
  while (Date.now() < deadlineMs) {
    const [child] = childrenOf(pid);
    if (child !== undefined) return child;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('no child was forked');
}

const expectNoChild = (pid: number) => expect.poll(() => childrenOf(pid), { timeout: 10_000 }).toEqual([]);

/** How much of the process's memory a child would not get. */
const countMarked = (pid: number) =>
  readFileSync(`/proc/${pid}/smaps`, 'utf8').match(/^VmFlags:.* dc/gm)?.length ?? 0;

interface Counts {
  nodes: number;
  instancesOf(name: string): number;
}

function read({ bytes }: Received): Counts {
  const { snapshot, nodes, strings } = JSON.parse(bytes.toString());
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const objectType = types[0].indexOf('object');
  return {
    nodes: nodes.length / fields.length,
    instancesOf(name) {
      const wanted = strings.indexOf(name);
      let count = 0;
      for (let at = 0; at < nodes.length; at += fields.length) {
        if (nodes[at] === objectType && nodes[at + 1] === wanted) count += 1;
      }
      return count;
    },
  };
}

async function connectTo(portFile: string): Promise<Socket> {
  await expect.poll(() => existsSync(portFile) && readFileSync(portFile, 'utf8')).toBeTruthy();
  const socket = connect(Number(readFileSync(portFile, 'utf8')), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

describe.skipIf(process.platform !== 'linux').each(nodeVersions)(
  'a heap snapshot on $name',
  ({ path: node }) => {
    it('is taken of a running and of a stuck main thread and of a worker thread, and leaves nothing behind', async () => {
      const { service, client } = await startService(1_500, { node });
      const price = (await capabilityOf(client))?.price;
      expect(Number(price?.memoryBytes)).toBeGreaterThan(20e6);
      expect(price?.startPause?.nanos).toBeLessThan(50e6);
      const marked = countMarked(service.pid);

      const running = await client.collect({ captureId: 'running', kind, options: options() });
      expect(running.failed).toBeUndefined();
      expect(read(running).instancesOf('PlacedBet')).toBe(1_500);
      expect(running.bytes.includes('secret-of-the-heap')).toBe(false);
      expect(running.artifact).toMatchObject({ redacted: true, endedBy: 'complete' });
      expect(running.artifact?.cost?.startPause?.nanos).toBeGreaterThan(100_000);

      const { threads } = await client.describe();
      const threadId = threads.find(({ name }) => name === 'settler')?.id ?? '';
      const worker = await client.collect({ captureId: 'worker', kind, threadId, options: options() });
      expect(read(worker).instancesOf('WorkerBet')).toBe(1_234);
      expect(read(worker).instancesOf('PlacedBet')).toBe(0);

      service.go();
      await new Promise((resolve) => setTimeout(resolve, 100));
      const stuck = await client.collect({
        captureId: 'stuck',
        kind,
        options: options({ keepStrings: true }),
      });
      expect(stuck.failed).toBeUndefined();
      expect(read(stuck).instancesOf('PlacedBet')).toBe(1_500);
      expect(stuck.bytes.includes('secret-of-the-heap')).toBe(true);
      expect(stuck.artifact?.redacted).toBe(false);
      expect(stuck.progress.some(({ threadUnresponsive }) => threadUnresponsive)).toBe(true);

      await expectNoChild(service.pid);
      expect(countMarked(service.pid)).toBeGreaterThan(marked / 2);
      expect(service.output).toBe('');
    }, 120_000);

    it('is taken at the first try while another thread collects its garbage', async () => {
      const { service, client } = await startService(1_500, { node, scenario: 'collects' });
      for (const captureId of ['one', 'two']) {
        const { failed, artifact } = await client.collect({ captureId, kind, options: options() });
        expect(failed).toBeUndefined();
        expect(artifact?.remarks).toEqual([]);
      }
      expect(service.output).toBe('');
    }, 120_000);
  },
);

describe.skipIf(process.platform !== 'linux')('the child that writes a heap snapshot', () => {
  it('that is killed is told of, and the service goes on', async () => {
    const { service, client, portFile } = await startService(manyBets);
    const captured = client.collect({ captureId: 'killed', kind, options: options() });
    process.kill(await nextChildOf(service.pid), 'SIGKILL');
    expect((await captured).failed).toMatchObject({
      code: 'snapshot-child-killed',
      message: expect.stringMatching(/it had taken \d+ MB/),
    });
    (await connectTo(portFile)).destroy();
    await expectNoChild(service.pid);
    expect(service.output).toBe('');
  });

  it('that hangs is followed by another, and keeps no connection of the service open', async () => {
    const { service, client, portFile } = await startService(manyBets);
    const socket = await connectTo(portFile);
    const captured = client.collect({ captureId: 'hung', kind, options: options() });
    const child = await nextChildOf(service.pid);
    // Once it has lowered its priority it has still to let go of the descriptors, which takes less than a millisecond.
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.kill(child, 'SIGSTOP');
    socket.write('please close');
    await once(socket.resume(), 'end');
    expect(childrenOf(service.pid)).toContain(child);
    const { failed, artifact } = await captured;
    expect(failed).toBeUndefined();
    expect(artifact?.remarks[0]).toMatch(/^Child 1 did nothing for 5 s\.$/);
    await expectNoChild(service.pid);
  }, 60_000);

  it('is gone at once when the capture is discarded, and when the service ends', async () => {
    const { service, client } = await startService(manyBets);
    const discarded = client.collect({ captureId: 'discarded', kind, options: options() });
    await nextChildOf(service.pid);
    await client.stop('discarded', true);
    expect((await discarded).failed?.code).toBe('capture-discarded');
    await expectNoChild(service.pid);

    client.collect({ captureId: 'left', kind, options: options() }).catch(() => {});
    const child = await nextChildOf(service.pid);
    service.signal('SIGTERM');
    await service.end();
    await expect.poll(() => existsSync(`/proc/${child}`), { timeout: 5_000 }).toBe(false);
    expect(service.output).toBe('');
  });

  it.runIf(canMount())('is ended by a disk that is full, and the next one has room', async () => {
    const temporary = join(installed.folder, 'small');
    mkdirSync(temporary);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', temporary]);
    try {
      const { service, client } = await startService(manyBets, { temporary });
      const { failed } = await client.collect({ captureId: 'full', kind, options: options() });
      expect(failed).toMatchObject({ code: 'disk-full' });
      await expectNoChild(service.pid);
      expect(
        readdirSync(temporary, { recursive: true }).filter((name) => /[0-9a-f-]{36}/.test(String(name))),
      ).toEqual([]);
      await service[Symbol.asyncDispose]();
    } finally {
      execFileSync('umount', ['-l', temporary]);
    }
  });

  const group = '/sys/fs/cgroup/memory/opscenter-test';

  it.runIf(canLimitMemory(group))(
    'is not begun where its memory would not fit, and that is said in numbers',
    async () => {
      const { service, client } = await startService(manyBets);
      writeFileSync(`${group}/memory.limit_in_bytes`, String(250e6));
      writeFileSync(`${group}/cgroup.procs`, String(service.pid));
      try {
        const capability = await capabilityOf(client);
        expect(capability).toMatchObject({ available: false, instead: CaptureKind.HEAP });
        expect(capability?.unavailableReason).toMatch(
          /expected to take \d+ MB .* the container has \d+ MB left/,
        );
        const refusal = await refusalOf(client.collect({ captureId: 'refused', kind, options: options() }));
        expect(refusal.word).toBe('kind-unavailable');
        expect(childrenOf(service.pid)).toEqual([]);
      } finally {
        await service[Symbol.asyncDispose]();
        await expect.poll(() => removeGroup(group)).toBe(true);
      }
    },
  );
});

describe('without the addon, a heap snapshot', () => {
  it('is taken after consent only, by V8 in the process itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'opscenter-without-addon-'));
    open.push({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) });
    const isWanted = (path: string) => !path.includes('agent/native/') && !path.endsWith('/source');
    await cp(installed.folder, folder, { recursive: true, verbatimSymlinks: true, filter: isWanted });
    const { service, client } = await startService(1_500, { folder });
    const capability = await capabilityOf(client);
    expect(capability?.needsConsent).toMatch(/^The service stands still for about \d+ s/);
    const refusal = await refusalOf(client.collect({ captureId: 'refused', kind, options: options() }));
    expect(refusal.word).toBe('invalid-request');
    const consent = { captureId: 'agreed', kind, options: options({ consentToPause: true }) };
    const { artifact, ...received } = await client.collect(consent);
    expect(received.failed).toBeUndefined();
    expect(read({ artifact, ...received }).instancesOf('PlacedBet')).toBe(1_500);
    expect(received.bytes.includes('secret-of-the-heap')).toBe(false);
    expect(artifact?.redacted).toBe(true);
    expect(artifact?.remarks[0]).toContain('stood still');
    expect(service.output).toBe('');
  });
});

function canMount(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
}

function canLimitMemory(group: string): boolean {
  try {
    removeGroup(group);
    mkdirSync(group);
    return existsSync(`${group}/memory.limit_in_bytes`);
  } catch {
    return false;
  }
}

function removeGroup(group: string): boolean {
  try {
    rmdirSync(group);
  } catch {
    return !existsSync(group);
  }
  return true;
}
