import { describe, expect, it } from 'vitest';
import { AgentRefused } from '../errors.ts';
import { type AgentOptions, completeOptions, optionsFromEnvironment } from './agent-options.ts';
import { parseOptions } from './parse-options.ts';

const good: AgentOptions = { service: 'user-service', token: 'secret' };

function refusal(options: AgentOptions): AgentRefused {
  try {
    parseOptions(options);
  } catch (error) {
    if (error instanceof AgentRefused) return error;
    throw error;
  }
  throw new Error('the options were accepted');
}

describe('parseOptions', () => {
  it('needs a service and a token, and takes loopback for the rest', () => {
    expect(parseOptions(good)).toMatchObject({
      identity: { service: 'user-service', version: '', pid: process.pid, labels: {} },
      server: '127.0.0.1:7071',
      token: { kind: 'value', token: 'secret' },
      endpoint: { host: '127.0.0.1', port: 0, tls: undefined },
    });
  });

  it.each([
    ['service', { service: 'User Service' }, 'OPSCENTER_SERVICE'],
    ['service', { service: undefined }, 'OPSCENTER_SERVICE'],
    ['version', { version: 'v'.repeat(65) }, 'OPSCENTER_VERSION'],
    ['labels', { labels: { key: 'v'.repeat(257) } }, 'OPSCENTER_LABELS'],
    [
      'labels',
      { labels: Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`k${n}`, ''])) },
      'OPSCENTER_LABELS',
    ],
    ['server', { server: 'opscenter' }, 'OPSCENTER_SERVER'],
    ['server', { server: '127.0.0.1:99999' }, 'OPSCENTER_SERVER'],
    ['port', { port: Number.NaN }, 'OPSCENTER_AGENT_PORT'],
    ['token', { token: 'two words' }, 'OPSCENTER_TOKEN'],
    ['tlsKey', { tlsCert: 'cert.pem' }, 'OPSCENTER_AGENT_TLS_KEY'],
    ['artifactBudgetMb', { artifactBudgetMb: 0 }, 'OPSCENTER_AGENT_ARTIFACT_MB'],
    ['artifactBudgetMb', { artifactBudgetMb: Number('some') }, 'OPSCENTER_AGENT_ARTIFACT_MB'],
    ['captureCeiling', { captureCeiling: { cpuCores: 0 } }, 'OPSCENTER_AGENT_CAPTURE_CEILING'],
    ['captureCeiling', { captureCeiling: { cores: 1 } as object }, 'OPSCENTER_AGENT_CAPTURE_CEILING'],
    [
      'captureCeiling',
      optionsFromEnvironment({ OPSCENTER_AGENT_CAPTURE_CEILING: 'pauseMs' }),
      'OPSCENTER_AGENT_CAPTURE_CEILING',
    ],
  ])('refuses a bad %s and names its variable', (_, change, variable) => {
    const { code, message } = refusal({ ...good, ...(change as AgentOptions) });
    expect(code).toBe('invalid-options');
    expect(message).toContain(variable);
  });

  it('refuses values of the wrong type, which JavaScript callers may give', () => {
    const wrong = { ...good, labels: 'tier=game' } as unknown as AgentOptions;
    expect(refusal(wrong).code).toBe('invalid-options');
  });

  it('refuses to run without a token', () => {
    expect(refusal({ service: 'user-service' }).code).toBe('no-token');
  });

  it.each(['0.0.0.0', '::', '10.1.2.3', 'game-host'])('refuses to listen on %s without TLS', (host) => {
    const { code, message } = refusal({ ...good, host });
    expect(code).toBe('unsafe-bind');
    expect(message).toContain('OPSCENTER_AGENT_TLS_CERT');
    expect(parseOptions({ ...good, host, tlsCert: 'cert.pem', tlsKey: 'key.pem' }).endpoint.host).toBe(host);
  });

  it.each(['127.0.0.1', '127.8.9.1', '::1', 'localhost'])('listens on %s without TLS', (host) => {
    expect(parseOptions({ ...good, host }).endpoint.host).toBe(host);
  });

  it('refuses to send its token over the network unencrypted', () => {
    const { code, message } = refusal({ ...good, server: 'opscenter.internal:7071' });
    expect(code).toBe('unsafe-server');
    expect(message).toContain('OPSCENTER_SERVER_CA');
    expect(parseOptions({ ...good, server: '[::1]:7071' }).server).toBe('[::1]:7071');
    expect(parseOptions({ ...good, server: 'opscenter.internal:7071', serverCa: 'system' }).serverCa).toBe(
      'system',
    );
  });
});

describe('the environment', () => {
  it('states every option', () => {
    expect(
      optionsFromEnvironment({
        OPSCENTER_SERVICE: 'lobby',
        OPSCENTER_VERSION: '2.0',
        OPSCENTER_LABELS: 'tier=edge, instance=lobby-0,empty',
        OPSCENTER_SERVER: '127.0.0.1:9',
        OPSCENTER_TOKEN_FILE: '/run/token',
        OPSCENTER_AGENT_HOST: '::1',
        OPSCENTER_AGENT_PORT: '8000',
        OPSCENTER_AGENT_CAPTURE_CEILING: 'pauseMs=500, memoryBytes=1e9',
        OPSCENTER_AGENT_ARTIFACT_MB: '512',
        OPSCENTER_TOKEN: ' ',
      }),
    ).toEqual({
      service: 'lobby',
      version: '2.0',
      labels: { tier: 'edge', instance: 'lobby-0', empty: '' },
      server: '127.0.0.1:9',
      tokenFile: '/run/token',
      host: '::1',
      port: 8000,
      captureCeiling: { pauseMs: 500, memoryBytes: 1e9 },
      artifactBudgetMb: 512,
    });
  });

  it('fills in what the caller leaves out, and never mixes two tokens', () => {
    const environment = { OPSCENTER_TOKEN: 'theirs', OPSCENTER_SERVER: '127.0.0.1:9' };
    expect(completeOptions({ service: 'a', tokenFile: 'ours' }, environment)).toEqual({
      service: 'a',
      tokenFile: 'ours',
      server: '127.0.0.1:9',
    });
  });
});
