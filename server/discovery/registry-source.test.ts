import { once } from 'node:events';
import { connect } from 'node:net';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { durationMs } from '@bufbuild/protobuf/wkt';
import { Client, credentials, status } from '@grpc/grpc-js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type RegisterRequestSchema, Registry } from '#proto/gen/opscenter/v1/registry_pb.ts';
import { callUnary, tokenMetadata } from '#proto/grpc/client.ts';
import { RegistryPortUnavailable } from '../errors.ts';
import { identityOf, nodeRuntime } from '../testing/identity.ts';
import { localhostTls } from '../testing/localhost-tls.ts';
import { silentLog } from '../testing/silent-log.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { type DiscoveredTarget, identityKey, type LossReason, RegistrySource } from './index.ts';

const token = 'a-token-between-agents-and-server';
type Register = MessageInitShape<typeof RegisterRequestSchema>;

function registration(changes: Register = {}): Register {
  return {
    identity: identityOf('user-service'),
    runtime: nodeRuntime,
    agentAddress: '127.0.0.1:40123',
    contractVersion: 1,
    ...changes,
  };
}

async function startedRegistry(port = 0, tls?: { cert: Buffer; key: Buffer }) {
  const found: DiscoveredTarget[] = [];
  const lost: { key: string; reason: LossReason }[] = [];
  const alive: string[] = [];
  const refusal: { reason: string | undefined } = { reason: undefined };
  const registry = new RegistrySource({
    host: '127.0.0.1',
    port,
    token,
    epoch: 7,
    networks: ['10.0.0.0/8'],
    log: silentLog,
    ...(tls && { tls }),
  });
  const running = await registry.start(
    {
      found: (target) => found.push(target),
      lost: (key, reason) => lost.push({ key, reason }),
      alive: (key) => alive.push(key),
      findRefusal: () => refusal.reason,
      problem: () => {},
    },
    new AbortController().signal,
  );
  onTestFinished(() => running[Symbol.asyncDispose]());
  const client = new Client(registry.address, credentials.createInsecure());
  onTestFinished(() => client.close());
  const options = { metadata: tokenMetadata(token), deadlineMs: 5000 };
  return {
    registry,
    found,
    lost,
    alive,
    refusal,
    client,
    register: (request: Register) => callUnary(client, Registry, 'register', request, options),
    heartbeat: (leaseId: string) => callUnary(client, Registry, 'heartbeat', { leaseId }, options),
    deregister: (leaseId: string, reason: string) =>
      callUnary(client, Registry, 'deregister', { leaseId, reason }, options),
  };
}

describe('the registry', () => {
  test('gives a lease, tells the epoch, and reports the instance', async () => {
    const { register, found } = await startedRegistry();
    const answer = await register(registration());
    expect(answer.epoch).toBe(7n);
    expect(answer.leaseDuration && durationMs(answer.leaseDuration)).toBeGreaterThan(
      2 * durationMs(answer.heartbeatInterval ?? expect.fail()),
    );
    expect(found).toMatchObject([
      { key: identityKey(identityOf('user-service')), host: '127.0.0.1', port: 40123, tls: false },
    ]);
  });

  test('knows an instance that registers again, under its new address', async () => {
    const { register, found } = await startedRegistry();
    const first = await register(registration());
    const second = await register(registration({ agentAddress: 'localhost:40124' }));
    expect(second.leaseId).toBe(first.leaseId);
    expect(found.map((target) => target.port)).toEqual([40123, 40124]);
    expect(new Set(found.map((target) => target.key)).size).toBe(1);
  });

  test('takes a heartbeat as a sign of life, and tells who it has forgotten to register again', async () => {
    const { register, heartbeat, alive } = await startedRegistry();
    const { leaseId } = await register(registration());
    await heartbeat(leaseId);
    expect(alive).toHaveLength(1);
    await expect(heartbeat('f00')).rejects.toMatchObject({ code: status.NOT_FOUND });
  });

  test('tells an instance that is refused why, and keeps its lease while it is quiet for that', {
    timeout: 20_000,
  }, async () => {
    const { register, heartbeat, refusal, lost } = await startedRegistry();
    const { leaseId } = await register(registration());
    expect((await heartbeat(leaseId)).refusedReason).toBe('');
    refusal.reason = 'Another process answers at its address.';
    expect((await heartbeat(leaseId)).refusedReason).toBe(refusal.reason);
    const other = await register(registration({ identity: identityOf('lobby') }));
    await waitUntil('the lease of another one runs out', () => lost.length > 0);
    expect(lost.map(({ key }) => key)).toEqual([identityKey(identityOf('lobby'))]);
    await expect(heartbeat(other.leaseId)).rejects.toMatchObject({ code: status.NOT_FOUND });
    refusal.reason = undefined;
    expect((await heartbeat(leaseId)).refusedReason).toBe('');
  });

  test('reports a lease that ran out', { timeout: 20_000 }, async () => {
    const { register, lost } = await startedRegistry();
    await register(registration());
    await waitUntil('the lease runs out', () => lost.length > 0);
    expect(lost).toMatchObject([{ reason: { kind: 'lease-expired' } }]);
  });

  test('reports a goodbye with its reason', async () => {
    const { register, deregister, lost } = await startedRegistry();
    const { leaseId } = await register(registration());
    await deregister(leaseId, 'SIGTERM');
    await deregister(leaseId, 'SIGTERM');
    expect(lost).toMatchObject([{ reason: { kind: 'deregistered', sentence: 'SIGTERM' } }]);
  });

  test.each<[string, Register, string]>([
    ['no identity', { identity: undefined as never }, 'identity is missing'],
    ['a service name of markup', { identity: identityOf('<script>') }, 'identity.service'],
    ['a version without end', { identity: identityOf('a', { version: 'x'.repeat(65) }) }, 'identity.version'],
    ['a host with a line break', { identity: identityOf('a', { host: 'a\nb' }) }, 'identity.host'],
    ['no pid', { identity: identityOf('a', { pid: 0 }) }, 'identity.pid'],
    [
      'a start in another age',
      { identity: identityOf('a', { startedAt: { seconds: 10n ** 15n, nanos: 0 } as never }) },
      'identity.started_at',
    ],
    [
      'too many labels',
      {
        identity: identityOf('a', {
          labels: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`k${i}`, ''])),
        }),
      },
      'identity.labels',
    ],
    ['a label key of markup', { identity: identityOf('a', { labels: { '<b>': 'x' } }) }, 'identity.labels'],
    [
      'a label that turns the text',
      { identity: identityOf('a', { labels: { a: '\u202egnp' } }) },
      'identity.labels',
    ],
    ['a runtime without end', { runtime: { ...nodeRuntime, name: 'n'.repeat(65) } }, 'runtime'],
    ['an address without a port', { agentAddress: '127.0.0.1' }, 'agent_address'],
    ['an address of nonsense', { agentAddress: 'http://evil/..:99999' }, 'agent_address'],
    ['another contract', { contractVersion: 2 }, 'contract_version'],
    ['an address outside', { agentAddress: '192.0.2.7:80' }, 'OPSCENTER_AGENT_NETWORKS'],
    ['the metadata address', { agentAddress: '169.254.169.254:80', agentTls: true }, 'never called'],
    ['loopback in disguise as metadata', { agentAddress: '[::ffff:169.254.169.254]:80' }, 'never called'],
    ['an allowed network without TLS', { agentAddress: '10.1.2.3:80' }, 'without TLS'],
  ])('refuses %s in a sentence', async (_what, changes, sentence) => {
    const { register, found } = await startedRegistry();
    await expect(register(registration(changes))).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: expect.stringContaining(sentence),
    });
    expect(found).toEqual([]);
  });

  test('takes an allowed network with TLS', async () => {
    const { register, found } = await startedRegistry();
    await register(registration({ agentAddress: '10.1.2.3:443', agentTls: true }));
    expect(found).toMatchObject([{ host: '10.1.2.3', tls: true }]);
  });

  test('hears nobody without the token', async () => {
    const { client, found } = await startedRegistry();
    for (const wrong of ['', 'wrong', `${token}x`]) {
      const call = callUnary(client, Registry, 'register', registration(), {
        metadata: tokenMetadata(wrong),
        deadlineMs: 5000,
      });
      await expect(call).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
    }
    expect(found).toEqual([]);
  });

  test('refuses a message beyond 64 KiB', async () => {
    const { register } = await startedRegistry();
    const huge = registration({ identity: identityOf('a', { labels: { a: 'x'.repeat(70_000) } }) });
    await expect(register(huge)).rejects.toMatchObject({ code: status.RESOURCE_EXHAUSTED });
  });

  test('closes a connection that never shows a token', { timeout: 25_000 }, async () => {
    const { registry } = await startedRegistry();
    const port = Number(registry.address.split(':').at(-1));
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {});
    socket.resume();
    await once(socket, 'close');
  });

  test('survives what is no HTTP/2', async () => {
    const { registry, register } = await startedRegistry();
    const socket = connect(Number(registry.address.split(':').at(-1)), '127.0.0.1');
    socket.on('error', () => {});
    socket.end('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(50));
    socket.resume();
    await once(socket, 'close');
    await expect(register(registration())).resolves.toBeDefined();
  });

  test('speaks TLS when it has a certificate, and nothing else then', async () => {
    const { registry, client, found } = await startedRegistry(0, localhostTls);
    const options = { metadata: tokenMetadata(token), deadlineMs: 2000 };
    await expect(callUnary(client, Registry, 'register', registration(), options)).rejects.toThrow();
    const secure = new Client(
      registry.address.replace('127.0.0.1', 'localhost'),
      credentials.createSsl(localhostTls.cert),
    );
    onTestFinished(() => secure.close());
    await callUnary(secure, Registry, 'register', registration(), { ...options, deadlineMs: 10_000 });
    expect(found).toHaveLength(1);
  });

  test('says in a sentence that its port is taken', async () => {
    const { registry } = await startedRegistry();
    const port = Number(registry.address.split(':').at(-1));
    await expect(startedRegistry(port)).rejects.toThrow(RegistryPortUnavailable);
  });
});
