import { afterEach, describe, expect, it } from 'vitest';
import { TestRegistry, testToken } from '../../../testing/test-registry.ts';
import type { LinkState, TokenSource } from '../../thread-contract.ts';
import { Token } from '../token.ts';
import { RegistrationLoop } from './registration-loop.ts';

const open: Disposable[] = [];

afterEach(() => {
  for (const resource of open.splice(0).reverse()) resource[Symbol.dispose]();
});

async function startRegistry(options: Parameters<typeof TestRegistry.start>[0] = {}): Promise<TestRegistry> {
  const registry = await TestRegistry.start(options);
  open.push(registry);
  return registry;
}

function startLoop(server: string, source: TokenSource = { kind: 'value', token: testToken }) {
  const links: LinkState[] = [];
  const facts = {
    identity: {
      service: 'tested',
      version: '1',
      host: 'here',
      pid: 7,
      startedAtMs: 1_000,
      labels: { tier: 'game' },
    },
    runtime: {
      version: '24.0.0',
      engineVersion: '13',
      platform: 'linux',
      arch: 'x64',
      agentVersion: '0.1.0',
    },
    agentAddress: '127.0.0.1:4711',
    agentTls: false,
  };
  const loop = new RegistrationLoop({ server, serverCa: undefined, facts }, new Token(source), (link) =>
    links.push(link),
  );
  const ended = loop.run();
  open.push({ [Symbol.dispose]: () => void loop.leave('the test is over', 100).catch(() => {}) });
  const states = () => links.map(({ state }) => state);
  return { loop, links, states, ended };
}

describe('the registration', () => {
  it('tells who the instance is, and renews its lease as often as the server wants', async () => {
    const registry = await startRegistry({ heartbeatIntervalMs: 200 });
    const { links } = startLoop(registry.address);
    expect(await registry.registration()).toMatchObject({
      identity: { service: 'tested', pid: 7, labels: { tier: 'game' }, startedAt: { seconds: 1n } },
      runtime: { name: 'nodejs', version: '24.0.0' },
      agentAddress: '127.0.0.1:4711',
      contractVersion: 1,
    });
    await registry.heartbeat(3);
    expect(registry.registrations).toHaveLength(1);
    expect(links).toEqual([{ state: 'connecting' }, { state: 'registered', agentAddress: '127.0.0.1:4711' }]);
  });

  it('is renewed at once when the server has forgotten the lease', async () => {
    const registry = await startRegistry();
    startLoop(registry.address);
    await registry.heartbeat(1);
    registry.forgetLeases();
    await registry.registration(2);
    await registry.heartbeat(registry.heartbeats + 2);
    expect(registry.registrations).toHaveLength(2);
  });

  it('survives a server that goes away and comes back', async () => {
    const first = await startRegistry();
    const { states } = startLoop(first.address);
    await first.heartbeat(1);
    first[Symbol.dispose]();
    await expect.poll(states, { timeout: 5_000 }).toContain('away');
    const second = await startRegistry({ port: first.port });
    await second.registration();
    await expect.poll(states, { timeout: 5_000 }).toEqual(['connecting', 'registered', 'away', 'registered']);
  });

  it('waits for a server that is not there, and says which', async () => {
    const { links } = startLoop('127.0.0.1:1');
    await expect.poll(() => links.at(-1)?.state, { timeout: 5_000 }).toBe('away');
    expect(links.at(-1)).toMatchObject({ reason: expect.stringContaining('127.0.0.1:1') });
  });

  it('is refused with a wrong token, and does not ask again soon', async () => {
    const registry = await startRegistry();
    const { links } = startLoop(registry.address, { kind: 'value', token: 'wrong' });
    await expect.poll(() => links.at(-1)?.state, { timeout: 5_000 }).toBe('refused');
    expect(links.at(-1)).toMatchObject({
      code: 'token-refused',
      reason: `The server ${registry.address} refused the token: compare OPSCENTER_TOKEN, or the file that tokenFile names, with agent-token in the server’s data folder.`,
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(registry.registrations).toHaveLength(1);
  });

  it('is refused without the file that should hold the token', async () => {
    const { links } = startLoop('127.0.0.1:1', { kind: 'file', path: '/nonexistent/token' });
    await expect.poll(() => links.at(-1)?.state, { timeout: 5_000 }).toBe('refused');
    expect(links.at(-1)).toMatchObject({ code: 'no-token' });
  });

  it('is refused with the server’s own words', async () => {
    const registry = await startRegistry();
    const { links } = startLoop(registry.address);
    registry.refusedReason = 'the service user-service is not known here';
    await expect
      .poll(() => links.at(-1), { timeout: 5_000 })
      .toEqual({
        state: 'refused',
        code: 'refused-by-server',
        reason: 'the service user-service is not known here',
      });
  });

  it('is taken back at the end, with the reason', async () => {
    const registry = await startRegistry();
    const { loop, ended } = startLoop(registry.address);
    await registry.heartbeat(1);
    await loop.leave('service stops', 2_000);
    await ended;
    expect(registry.deregistrations).toMatchObject([{ leaseId: 'lease-1', reason: 'service stops' }]);
  });

  it('ends at once when the server is away', async () => {
    const { loop, ended, states } = startLoop('127.0.0.1:1');
    await expect.poll(states, { timeout: 5_000 }).toContain('away');
    const startedMs = performance.now();
    await loop.leave('service stops', 2_000);
    await ended;
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});
