import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { AgentClient } from '../../testing/agent-client.ts';
import { action, lines, refusalOf, success, untilLine } from '../../testing/test-actions.ts';
import { TestRegistry, testToken } from '../../testing/test-registry.ts';
import { startAgent } from '../index.ts';
import type { ActionResult } from './actions/action.ts';
import type { AgentHandle } from './agent-handle.ts';
import type { AgentOptions } from './agent-options.ts';
import type { AgentState } from './agent-state.ts';
import { agentVersion } from './version.ts';

const open: (Disposable | AsyncDisposable)[] = [];

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) {
    if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
    else resource[Symbol.dispose]();
  }
});

function start(options: AgentOptions): AgentHandle {
  const agent = startAgent({ service: 'tested', token: testToken, ...options });
  open.push({ [Symbol.asyncDispose]: () => agent.stop() });
  return agent;
}

async function startRegistered(options: AgentOptions = {}) {
  const registry = await TestRegistry.start();
  open.push(registry);
  const agent = start({ server: registry.address, ...options });
  const { agentAddress } = await registry.registration();
  await until(agent, 'registered');
  const client = new AgentClient(agentAddress);
  open.push(client);
  return { registry, agent, client };
}

async function until(agent: AgentHandle, state: AgentState['state']): Promise<void> {
  await expect.poll(() => agent.state.state, { timeout: 10_000 }).toBe(state);
}

describe('startAgent', () => {
  it('knows the version that the package states', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(agentVersion).toBe(manifest.version);
  });

  it('returns the agent that runs, also to a second caller', async () => {
    const { agent } = await startRegistered();
    expect(startAgent({ service: 'another', token: 'other' })).toBe(agent);
  });

  it('begins anew after a stop', async () => {
    const { agent } = await startRegistered();
    await agent.stop();
    const { agent: second } = await startRegistered();
    expect(second).not.toBe(agent);
    expect(agent.state).toEqual({ state: 'stopped' });
  });

  it.each([
    ['no service', { service: '' }, 'invalid-options'],
    ['an unsafe bind', { service: 'a', token: 't', host: '0.0.0.0' }, 'unsafe-bind'],
    ['a number', 7 as AgentOptions, 'invalid-options'],
    ['null', null as unknown as AgentOptions, 'invalid-options'],
  ])('with %s does not throw, and is refused', async (_, options, code) => {
    const agent = startAgent(options);
    expect(agent.state).toMatchObject({ state: 'refused', code });
    expect(agent.registerResource({ id: 'a', kind: 'k', name: 'n', read: () => ({}) }).refusedReason).toBe(
      undefined,
    );
    await agent.stop();
    expect(agent.state.state).toBe('stopped');
  });

  it('gives way to a start with better options after a refused one', async () => {
    expect(startAgent({ service: '' }).state.state).toBe('refused');
    await startRegistered();
  });

  it('is away, and nothing worse, without a server', async () => {
    await until(start({ server: '127.0.0.1:1' }), 'away');
  });

  it('is refused when its port is taken, and says which', async () => {
    const registry = await TestRegistry.start();
    open.push(registry);
    const agent = start({ server: registry.address, port: registry.port });
    await until(agent, 'refused');
    expect(agent.state).toMatchObject({
      code: 'cannot-listen',
      reason: expect.stringContaining(`${registry.port}`),
    });
  });
});

describe('the state of the agent', () => {
  it('is told to listeners and on the diagnostics channel, and their mistakes stay theirs', async () => {
    const published: unknown[] = [];
    const note = (message: unknown) => published.push((message as { state: AgentState }).state.state);
    subscribe('opscenter:agent', note);
    try {
      const registry = await TestRegistry.start();
      open.push(registry);
      const agent = start({ server: registry.address });
      const told: string[] = [];
      agent.onStateChange(() => {
        throw new Error('the listener failed');
      });
      const listening = agent.onStateChange(({ state }) => told.push(state));
      await until(agent, 'registered');
      expect(told).toEqual(['connecting', 'registered']);
      listening.dispose();
      await agent.stop();
      expect(told).toHaveLength(2);
      expect(published).toEqual(['connecting', 'registered', 'stopped']);
    } finally {
      unsubscribe('opscenter:agent', note);
    }
  });
});

describe('the agent’s own thread', () => {
  it('is started again when it ends, and the service goes on', async () => {
    const created = once(process, 'worker') as Promise<[Worker]>;
    const { registry, agent } = await startRegistered();
    const [worker] = await created;
    await worker.terminate();
    await until(agent, 'away');
    expect(agent.state).toMatchObject({ reason: expect.stringContaining('starts again') });
    await registry.registration(2);
    await until(agent, 'registered');
  });

  it('that comes after one that ended knows what runs, what has run and whom not to obey', async () => {
    const created = once(process, 'worker') as Promise<[Worker]>;
    const { registry, agent, client } = await startRegistered();
    const [worker] = await created;
    let finish: (result: ActionResult) => void = () => {};
    let runs = 0;
    agent.registerAction(
      action({
        run: (run) => {
          runs += 1;
          run.step('closing', 'Closes.');
          return new Promise((resolve) => {
            finish = resolve;
          });
        },
      }),
    );
    agent.registerAction(action({ type: 'drain' }));
    await expect.poll(async () => (await client.describe()).actions.length).toBe(2);
    await client.run({ key: 'ended', type: 'drain', confirmed: ['a'], epoch: 5n });
    const order = { key: 'running', type: 'pool.flush', confirmed: ['a'], epoch: 5n };
    await untilLine(client.openRun(order), 'step closing');
    await worker.terminate();
    const { agentAddress } = await registry.registration(2);
    const again = new AgentClient(agentAddress);
    open.push(again);
    const drained = { key: 'ended', type: 'drain', attachOnly: true, epoch: 5n };
    expect(lines(await again.run(drained))).toEqual(['end succeeded']);
    expect((await refusalOf(again.run({ ...order, epoch: 4n }))).word).toBe('epoch-superseded');
    expect((await refusalOf(again.run({ ...order, key: 'other' }))).word).toBe('action-in-progress');
    const following = again.run(order);
    finish(success);
    expect(lines(await following)).toEqual(['step closing', 'end succeeded']);
    expect(runs).toBe(1);
  });

  it('leaves within the time when the agent is stopped, and says good-bye', async () => {
    const { registry, agent } = await startRegistered();
    const startedMs = performance.now();
    await agent.stop();
    expect(performance.now() - startedMs).toBeLessThan(4_000);
    expect(registry.deregistrations).toMatchObject([{ reason: 'the service stopped its agent' }]);
  });

  it('is stopped also while the server does not answer', async () => {
    const agent = start({ server: '127.0.0.1:1' });
    await until(agent, 'away');
    await agent.stop();
    expect(agent.state.state).toBe('stopped');
  });
});

describe('what a service registers', () => {
  it('is described, and told once a second', async () => {
    const { agent, client } = await startRegistered();
    let size = 1;
    agent.registerResource({
      id: 'pool-a',
      kind: 'pool',
      name: 'Pool A',
      description: 'Connections.',
      read: () => ({ size: size++ }),
    });
    agent.registerAction(action());
    const { resources } = await client.watchUntil((message) => message.resources.length === 1);
    expect(resources).toMatchObject([{ id: 'pool-a', measures: [{ name: 'size', unit: '1' }], error: '' }]);
    expect(await client.describe()).toMatchObject({
      resources: [{ id: 'pool-a', kind: 'pool', name: 'Pool A', description: 'Connections.' }],
      actions: [{ type: 'pool.flush', parametersSchemaJson: '{"type":"object"}' }],
    });
  });

  it('raises the revision of the description when it changes', async () => {
    const { agent, client } = await startRegistered();
    const { descriptionRevision } = await client.watchUntil(() => true);
    using _pool = agent.registerResource({ id: 'a', kind: 'pool', name: 'A', read: () => ({}) });
    await client.watchUntil((message) => message.descriptionRevision > descriptionRevision);
  });

  it('is not asked while nobody watches', async () => {
    const { agent, client } = await startRegistered();
    let calls = 0;
    agent.registerResource({ id: 'a', kind: 'pool', name: 'A', read: () => ({ calls: ++calls }) });
    await client.watchUntil((message) => message.resources.length === 1);
    await expect
      .poll(
        async () => {
          const before = calls;
          await new Promise((resolve) => setTimeout(resolve, 1_300));
          return calls - before;
        },
        { timeout: 8_000 },
      )
      .toBe(0);
  });
});
