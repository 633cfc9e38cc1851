import { setTimeout as delay } from 'node:timers/promises';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { Client, credentials } from '@grpc/grpc-js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Responsiveness_State } from '#proto/gen/opscenter/v1/agent_pb.ts';
import { Registry } from '#proto/gen/opscenter/v1/registry_pb.ts';
import { callUnary, tokenMetadata } from '#proto/grpc/client.ts';
import { RegistrySource } from '../discovery/index.ts';
import {
  Instance,
  InstanceDetail,
  type StateChange,
  type VitalsBatch,
  VitalsBatch as VitalsBatchSchema,
} from '../http/contract/index.ts';
import { systemClock } from '../store/index.ts';
import { identityOf } from '../testing/identity.ts';
import { localhostTls } from '../testing/localhost-tls.ts';
import { ManualSource } from '../testing/manual-source.ts';
import { type AgentScript, ScriptedAgent } from '../testing/scripted-agent.ts';
import { silentLog } from '../testing/silent-log.ts';
import { openTestStore } from '../testing/test-store.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { InstanceDirectory } from './index.ts';

const token = 'the-token';

async function startDirectory(agentCa?: Buffer) {
  const store = await openTestStore();
  const source = new ManualSource();
  const directory = await InstanceDirectory.start({
    sources: [source],
    agentToken: token,
    ...(agentCa && { agentCa }),
    timeline: store.timeline,
    clock: systemClock,
    log: silentLog,
  });
  onTestFinished(() => directory[Symbol.asyncDispose]());
  const changes: StateChange[] = [];
  directory.onChange((change) => changes.push(change));
  return { directory, source, store, changes };
}

async function startAgent(script: AgentScript = {}) {
  const agent = await ScriptedAgent.start({ token, ...script });
  onTestFinished(() => agent[Symbol.asyncDispose]());
  return agent;
}

const state = (directory: InstanceDirectory, service = 'user-service') =>
  directory.list().find((instance) => instance.service === service)?.connection.state;

const untilState = (
  directory: InstanceDirectory,
  wanted: Instance['connection']['state'],
  service?: string,
) => waitUntil(`the instance is ${wanted}`, () => state(directory, service) === wanted);

describe('an instance', () => {
  test('is listed when it is announced, and connected when its agent answers', async () => {
    const { directory, source, store } = await startDirectory();
    const agent = await startAgent();
    source.find(agent);
    expect(state(directory)).toBe('connecting');
    await untilState(directory, 'connected');
    const [instance] = directory.list();
    expect(instance?.id).toMatch(/^user-service\.[0-9a-f]{10}$/);
    expect(Instance.safeParse(instance).error).toBeUndefined();
    expect(instance).toMatchObject({
      name: 'user-service-0',
      pid: 4711,
      runtime: { name: 'nodejs' },
      threads: [{ id: 'main' }, { id: 'worker-1' }],
      captures: [
        { kind: 'cpu', available: true },
        { kind: 'heap', available: false },
      ],
    });
    const kinds = store.timeline.list({ limit: 10 }).map((event) => event.kind);
    expect(kinds).toEqual(['instance-connected', 'instance-appeared', 'server-started']);
  });

  test('tells its vitals, resources and actions', async () => {
    const { directory, source } = await startDirectory();
    const batches: VitalsBatch[] = [];
    directory.onVitals((batch) => batches.push(batch));
    source.find(await startAgent());
    const batch = await waitUntil('vitals come', () => batches.find((found) => found.instanceIds.length > 0));
    expect(VitalsBatchSchema.safeParse(batch).error).toBeUndefined();
    const id = batch.instanceIds[0] ?? expect.fail();
    expect(batch.columns.cpuCores).toEqual([0.25]);
    expect(directory.vitals(id)?.series.rssBytes.at(-1)).toBe(80_000_000);
    const detail = directory.findDetail(id);
    expect(InstanceDetail.safeParse(detail).error).toBeUndefined();
    expect(detail).toMatchObject({
      health: { state: 'well' },
      resources: [{ id: 'pool', measures: [{ name: 'size', value: 12 }] }],
      actions: [{ type: 'pool.flush' }],
    });
  });

  test('that is killed is dead as soon as its address refuses', async () => {
    const { directory, source } = await startDirectory();
    const agent = await startAgent();
    source.find(agent);
    await untilState(directory, 'connected');
    const killedAt = performance.now();
    agent.vanish();
    await untilState(directory, 'dead');
    // The promise of 3 s is measured by the fleet benchmark.
    expect(performance.now() - killedAt).toBeLessThan(10_000);
    expect(directory.list()[0]?.connection).toMatchObject({ evidence: 'connection-refused' });
    expect(directory.list()[0]?.health.state).toBe('unknown');
  });

  test('that is silent is dead after some missed beats, not after one, and comes back as itself', {
    timeout: 20_000,
  }, async () => {
    const { directory, source } = await startDirectory();
    const agent = await startAgent({ watchIntervalMs: 500 });
    source.find(agent);
    await untilState(directory, 'connected');
    const { id } = directory.list()[0] ?? expect.fail();
    const silentAt = performance.now();
    agent.isMute = true;
    await delay(1500);
    expect(state(directory)).toBe('connected');
    await untilState(directory, 'dead');
    // So is that of 4.5 s: a hundred tests beside this one take their time.
    expect(performance.now() - silentAt).toBeLessThan(10_000);
    expect(directory.list()[0]?.connection).toMatchObject({ evidence: 'silent' });
    agent.isMute = false;
    await untilState(directory, 'connected');
    expect(directory.list().map((instance) => instance.id)).toEqual([id]);
  });

  test('whose connection breaks is interrupted and connected again', async () => {
    const { directory, source, store, changes } = await startDirectory();
    const agent = await startAgent();
    source.find(agent);
    await untilState(directory, 'connected');
    agent.breakConnections();
    const events = () => store.timeline.list({ limit: 10 }).map((event) => event.kind);
    await waitUntil('it is interrupted', () => events().includes('instance-interrupted'));
    await untilState(directory, 'connected');
    expect(
      changes.some((change) => change.type === 'instance' && change.instance.connection.state === 'dead'),
    ).toBe(false);
  });

  test('that was restarted is a new instance; the old one stays listed as dead', async () => {
    const { directory, source } = await startDirectory();
    const first = await startAgent();
    source.find(first);
    await untilState(directory, 'connected');
    first.vanish();
    const second = await startAgent({ identity: identityOf('user-service', { pid: 4712 }) });
    source.find(second);
    await waitUntil('both are known', () => {
      const states = directory.list().map((instance) => instance.connection.state);
      return states.includes('dead') && states.includes('connected');
    });
    expect(new Set(directory.list().map((instance) => instance.id)).size).toBe(2);
  });

  test('that says goodbye is stopped, and not dead', async () => {
    const { directory, source } = await startDirectory();
    const agent = await startAgent();
    source.find(agent);
    await untilState(directory, 'connected');
    source.lose(agent, { kind: 'deregistered', sentence: 'SIGTERM' });
    agent.vanish();
    expect(directory.list()[0]?.connection).toMatchObject({ state: 'stopped', reason: 'SIGTERM' });
    await delay(500);
    expect(state(directory)).toBe('stopped');
  });

  test('that does not accept the token is refused, with the setting to compare', async () => {
    const { directory, source } = await startDirectory();
    source.find(await startAgent({ token: 'another' }));
    await untilState(directory, 'refused');
    expect(directory.list()[0]?.connection).toMatchObject({
      reason: expect.stringContaining('OPSCENTER_AGENT_TOKEN'),
    });
  });

  test('that is refused hears why with its next heartbeat', async () => {
    const store = await openTestStore();
    const registry = new RegistrySource({
      host: '127.0.0.1',
      port: 0,
      token,
      epoch: 1,
      networks: [],
      log: silentLog,
    });
    const directory = await InstanceDirectory.start({
      sources: [registry],
      agentToken: token,
      timeline: store.timeline,
      clock: systemClock,
      log: silentLog,
    });
    onTestFinished(() => directory[Symbol.asyncDispose]());
    const agent = await startAgent({ token: 'another' });
    const client = new Client(registry.address, credentials.createInsecure());
    onTestFinished(() => client.close());
    const options = { metadata: tokenMetadata(token), deadlineMs: 5000 };
    const request = { identity: agent.identity, agentAddress: agent.address, contractVersion: 1 };
    const { leaseId } = await callUnary(client, Registry, 'register', request, options);
    await untilState(directory, 'refused');
    const { refusedReason } = await callUnary(client, Registry, 'heartbeat', { leaseId }, options);
    expect(refusedReason).toContain('OPSCENTER_AGENT_TOKEN');
  });

  test('with TLS is connected when its certificate is trusted, and only then', async () => {
    const trusting = await startDirectory(localhostTls.cert);
    const wary = await startDirectory();
    const agent = await startAgent({ tls: localhostTls });
    trusting.source.find(agent);
    wary.source.find(agent);
    await untilState(trusting.directory, 'connected');
    expect(state(wary.directory)).not.toBe('connected');
  });

  test('is refused when somebody else answers at its address', async () => {
    const { directory, source } = await startDirectory();
    const agent = await startAgent({
      describe: (obedient) => ({ ...obedient, identity: identityOf('user-service', { pid: 1 }) }),
    });
    source.find(agent);
    await untilState(directory, 'refused');
    expect(directory.list()).toHaveLength(1);
  });

  test('of a static list appears when somebody answers there, and its successor at the address is a new one', async () => {
    const { directory, source } = await startDirectory();
    let pid = 10;
    const agent = await startAgent({
      describe: (obedient) => ({ ...obedient, identity: identityOf('lobby', { pid }) }),
    });
    source.find(agent, false);
    expect(directory.list()).toEqual([]);
    await untilState(directory, 'connected', 'lobby');
    pid = 11;
    agent.breakConnections();
    await waitUntil('the successor is connected', () =>
      directory.list().some((instance) => instance.pid === 11 && instance.connection.state === 'connected'),
    );
    expect(directory.list().find((instance) => instance.pid === 10)?.connection.state).toBe('dead');
    expect(directory.sources()).toEqual([{ name: 'manual', targets: 1, problem: null }]);
  });

  test('of a static list that nobody answers at is a problem of the source', async () => {
    const { directory, source } = await startDirectory();
    const agent = await startAgent();
    agent.vanish();
    source.find(agent, false);
    const problem = await waitUntil('the problem is told', () => directory.sources()[0]?.problem);
    expect(problem).toContain(agent.address);
  });

  test('is described again when its description changes', async () => {
    const { directory, source } = await startDirectory();
    let resources = 1;
    const agent = await startAgent({
      watchIntervalMs: 200,
      describe: (obedient) => ({ ...obedient, resources: obedient.resources.slice(0, resources) }),
    });
    source.find(agent);
    await untilState(directory, 'connected');
    const { id } = directory.list()[0] ?? expect.fail();
    resources = 0;
    agent.revision = 2n;
    await waitUntil('the resource is gone', () => directory.findDetail(id)?.resources.length === 0);
  });

  test('that floods the server with vitals is read no faster than needed', async () => {
    const { directory, source } = await startDirectory();
    const agent = await startAgent({ watchIntervalMs: 1 });
    source.find(agent);
    await untilState(directory, 'connected');
    let heard = 0;
    directory.onVitals(() => heard++);
    const startedAt = performance.now();
    await delay(2500);
    expect(state(directory)).toBe('connected');
    // On a busy machine the wait is longer than asked for.
    expect(heard).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - startedAt) / 1000));
  });
});

describe('the health of an instance', () => {
  test('follows its main thread: stuck in JavaScript, then well again', { timeout: 20_000 }, async () => {
    const { directory, source, store } = await startDirectory();
    let stuck = false;
    const agent = await startAgent({
      watchIntervalMs: 200,
      vitals: () =>
        stuck
          ? {
              responsiveness: {
                state: Responsiveness_State.STUCK_IN_JS,
                unresponsiveFor: durationFromMs(4000),
              },
            }
          : { responsiveness: { state: Responsiveness_State.RESPONSIVE } },
    });
    source.find(agent);
    const health = () => directory.list()[0]?.health;
    await waitUntil('it is well', () => health()?.state === 'well');
    stuck = true;
    await waitUntil('it is stuck', () => health()?.state === 'stuck');
    expect(health()).toMatchObject({
      where: 'js',
      reason: 'The main thread has been executing JavaScript for 4.0 s.',
    });
    stuck = false;
    await waitUntil('it is well', () => health()?.state === 'well');
    const changes = store.timeline.list({ limit: 10 }).filter((event) => event.kind === 'health-changed');
    expect(changes.map((event) => event.detail.to)).toEqual(['well', 'stuck']);
  });
});

describe('services', () => {
  test('are listed by tier, then by name', async () => {
    const { directory, source } = await startDirectory();
    for (const [index, [service, tier]] of [
      ['user-service', 'data'],
      ['bg-gate', 'edge'],
      ['lobby', 'game'],
      ['api', 'edge'],
      ['strange', 'unheard-of'],
    ].entries()) {
      const labels: Record<string, string> = { tier: tier ?? '' };
      const agent = await startAgent({ identity: identityOf(service ?? '', { pid: index + 1, labels }) });
      source.find(agent);
    }
    expect(directory.services().map(({ name, tier }) => `${tier} ${name}`)).toEqual([
      'edge api',
      'edge bg-gate',
      'game lobby',
      'data user-service',
      'other strange',
    ]);
  });
});
