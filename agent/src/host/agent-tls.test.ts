import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentials, ServerCredentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentClient } from '../../testing/agent-client.ts';
import { TestRegistry, testToken } from '../../testing/test-registry.ts';
import { startAgent } from '../index.ts';

let folder: string;
let certFile: string;
let keyFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opscenter-tls-'));
  certFile = join(folder, 'cert.pem');
  keyFile = join(folder, 'key.pem');
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const subject = [
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=IP:127.0.0.1,DNS:localhost',
    '-days',
    '1',
  ];
  execFileSync('openssl', [...request, ...subject, '-keyout', keyFile, '-out', certFile], {
    stdio: 'ignore',
  });
});

afterAll(() => rm(folder, { recursive: true }));

describe('the agent with TLS', () => {
  it('registers over it, says that it speaks it, and answers over it only', async () => {
    const cert = readFileSync(certFile);
    const key = { cert_chain: cert, private_key: readFileSync(keyFile) };
    using registry = await TestRegistry.start({ credentials: ServerCredentials.createSsl(null, [key]) });
    const agent = startAgent({
      service: 'tested',
      token: testToken,
      server: registry.address,
      serverCa: certFile,
      tlsCert: certFile,
      tlsKey: keyFile,
    });
    try {
      const { agentAddress, agentTls } = await registry.registration();
      expect(agentTls).toBe(true);
      using client = new AgentClient(agentAddress, testToken, credentials.createSsl(cert));
      expect((await client.describe()).identity?.service).toBe('tested');
      using plain = new AgentClient(agentAddress);
      await expect(plain.describe()).rejects.toThrow('UNAVAILABLE');
    } finally {
      await agent.stop();
    }
  });

  it('is refused when its certificate cannot be read, and names the variable', async () => {
    const agent = startAgent({
      service: 'tested',
      token: testToken,
      tlsCert: join(folder, 'absent.pem'),
      tlsKey: keyFile,
    });
    try {
      await expect
        .poll(() => agent.state, { timeout: 10_000 })
        .toMatchObject({
          state: 'refused',
          code: 'cannot-listen',
          reason: expect.stringContaining('OPSCENTER_AGENT_TLS_CERT'),
        });
    } finally {
      await agent.stop();
    }
  });
});
