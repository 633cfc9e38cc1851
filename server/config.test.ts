import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigurationMistaken, isLoopback, readConfig, SETTING_NAMES } from './config.ts';
import { temporaryDirectory } from './testing/temp-directory.ts';

const fixture = (name: string) => fileURLToPath(new URL(`testing/fixtures/${name}`, import.meta.url));
const CERT = fixture('localhost.cert.pem');
const KEY = fixture('localhost.key.pem');
const TOKEN = 'a-console-token';

function mistakesOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationMistaken) return error.mistakes;
    throw error;
  }
}

describe('the settings', () => {
  it('are all explained to those who set them', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(SETTING_NAMES.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('need nothing to be set, and then reach no further than this machine', () => {
    const config = readConfig({});
    expect(config.http).toMatchObject({ host: '127.0.0.1', port: 3000, tls: null, consoleToken: null });
    expect(config.grpc).toMatchObject({ host: '127.0.0.1', port: 7071, tls: null });
    expect(config.agents).toMatchObject({
      token: null,
      ca: null,
      networks: [],
      targets: [],
      compression: 'auto',
    });
    expect(config.dataDirectory).toBe(join(process.cwd(), '.opscenter'));
  });

  it('count as absent when they are empty', () => {
    expect(readConfig({ OPSCENTER_HTTP_PORT: '', OPSCENTER_CONSOLE_TOKEN: '  ' })).toEqual(readConfig({}));
  });

  it.each([
    ['OPSCENTER_HTTP_PORT', '70000'],
    ['OPSCENTER_HTTP_PORT', '3e3'],
    ['OPSCENTER_HTTP_PORT', '-1'],
    ['OPSCENTER_GRPC_PORT', 'seven'],
    ['OPSCENTER_HTTP_HOST', 'localhost:3000'],
    ['OPSCENTER_GRPC_HOST', 'http://127.0.0.1'],
    ['OPSCENTER_HTTP_NAMES', 'console.example, https://other.example'],
    ['OPSCENTER_CONSOLE_TOKEN', 'short'],
    ['OPSCENTER_CONSOLE_TOKEN', 'with a space in it'],
    ['OPSCENTER_AGENT_TOKEN', 'x'.repeat(600)],
    ['OPSCENTER_AGENT_CA', '/nowhere/ca.pem'],
    ['OPSCENTER_AGENT_NETWORKS', '10.0.0.0/33'],
    ['OPSCENTER_SOURCES', '/srv/app'],
    ['OPSCENTER_SOURCES', '/srv/app=app'],
    ['OPSCENTER_SOURCES', 'app=/home/me/app'],
    ['OPSCENTER_SOURCES', '/srv/../app=/home/me/app'],
    ['OPSCENTER_AGENT_NETWORKS', 'ten'],
    ['OPSCENTER_TARGETS', '10.0.0.7'],
    ['OPSCENTER_TARGETS', '10.0.0.7:70000'],
    ['OPSCENTER_CAPTURE_LIMIT', '0'],
    ['OPSCENTER_CAPTURE_QUEUE', '1.5'],
    ['OPSCENTER_COMPRESSION', 'sometimes'],
    ['OPSCENTER_CAPTURE_BUDGETS', 'little'],
    ['OPSCENTER_CAPTURE_BUDGETS', '{"cpu":{"pauseMs":"long"}}'],
    ['OPSCENTER_CAPTURE_BUDGETS', '{"goldfish":{"pauseMs":5}}'],
    ['OPSCENTER_CAPTURE_BUDGETS', '{"cpu":{"seconds":5}}'],
    ['OPSCENTER_ARTIFACT_MAX_BYTES', '2 GiB'],
    ['OPSCENTER_ARTIFACT_LIMIT_BYTES', '99999999999999999999'],
    ['OPSCENTER_HEAP_MEMORY_BYTES', '1024'],
    ['OPSCENTER_HEAP_INDEX_BYTES', '-1'],
    ['OPSCENTER_RETENTION_DAYS', 'never'],
    ['OPSCENTER_PAGES', 'yes'],
    ['OPSCENTER_LOG_LEVEL', 'loud'],
  ])('%s=%s is one mistake, told in one sentence that names the setting', (name, value) => {
    const mistakes = mistakesOf({ [name]: value });
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(new RegExp(`^${name} [^\\n]+\\.$`));
  });

  it('are all checked, so that every mistake is told at once', () => {
    const mistakes = mistakesOf({
      OPSCENTER_HTTP_PORT: 'x',
      OPSCENTER_GRPC_PORT: 'y',
      OPSCENTER_LOG_LEVEL: 'z',
    });
    expect(mistakes.map((sentence) => sentence.split(' ')[0])).toEqual([
      'OPSCENTER_HTTP_PORT',
      'OPSCENTER_GRPC_PORT',
      'OPSCENTER_LOG_LEVEL',
    ]);
  });

  it('never show a token, not even one that is mistaken', () => {
    const secret = 'my secret token';
    expect(
      mistakesOf({ OPSCENTER_CONSOLE_TOKEN: secret, OPSCENTER_AGENT_TOKEN: secret }).join(),
    ).not.toContain(secret);
  });

  it('take whatever text there is without failing in any other way', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SETTING_NAMES), fc.string(), (name, value) => {
        for (const sentence of mistakesOf({ [name]: value })) expect(sentence).toContain(name);
      }),
    );
  });

  it('read budgets by kind, and leave the agents their own for the rest', () => {
    const text = '{"heapsnapshot":{"memoryBytes":2147483648,"cpuCores":1},"wait":{"threadShare":0.1}}';
    expect(readConfig({ OPSCENTER_CAPTURE_BUDGETS: text }).captures.budgets).toEqual(JSON.parse(text));
    expect(readConfig({}).captures.budgets).toEqual({});
  });

  it('read lists with spaces and empty parts', () => {
    const config = readConfig({
      OPSCENTER_TARGETS: ' 127.0.0.1:7072 ,, [::1]:7073 ',
      OPSCENTER_AGENT_NETWORKS: '10.0.0.0/8, fd00::/8',
      OPSCENTER_HTTP_NAMES: 'Console.Example',
    });
    expect(config.agents.targets).toEqual([
      { host: '127.0.0.1', port: 7072 },
      { host: '::1', port: 7073 },
    ]);
    expect(config.agents.networks).toEqual(['10.0.0.0/8', 'fd00::/8']);
    expect(config.http.names).toEqual(['console.example']);
  });
});

const LOOPBACK = ['127.0.0.1', '127.8.9.10', '::1', 'localhost', 'LOCALHOST', '::ffff:127.0.0.1'];
const REACHABLE = [
  '0.0.0.0',
  '::',
  '192.168.1.5',
  '10.0.0.1',
  'fe80::1',
  'console.example',
  '::ffff:10.0.0.1',
];
const TLS = { OPSCENTER_TLS_CERT: CERT, OPSCENTER_TLS_KEY: KEY };

describe('a bind', () => {
  it.each(LOOPBACK)('to %s is loopback', (host) => expect(isLoopback(host)).toBe(true));
  it.each(REACHABLE)('to %s is not loopback', (host) => expect(isLoopback(host)).toBe(false));

  describe.each([
    { tls: false, token: false },
    { tls: false, token: true },
    { tls: true, token: false },
    { tls: true, token: true },
  ])('with TLS: $tls, with token: $token', ({ tls, token }) => {
    const rest = { ...(tls ? TLS : {}), ...(token ? { OPSCENTER_CONSOLE_TOKEN: TOKEN } : {}) };

    it.each(LOOPBACK)('of the console to %s is allowed', (host) => {
      expect(mistakesOf({ ...rest, OPSCENTER_HTTP_HOST: host })).toEqual([]);
    });

    it.each(LOOPBACK)('of the registry to %s is allowed', (host) => {
      expect(mistakesOf({ ...rest, OPSCENTER_GRPC_HOST: host })).toEqual([]);
    });

    it.each(REACHABLE)(
      'of the console to %s is refused unless it has both, naming what is missing',
      (host) => {
        const mistakes = mistakesOf({ ...rest, OPSCENTER_HTTP_HOST: host });
        if (tls && token) return expect(mistakes).toEqual([]);
        expect(mistakes).toHaveLength(1);
        const [sentence = ''] = mistakes;
        expect(sentence).toContain(`OPSCENTER_HTTP_HOST is ${host}`);
        expect(
          sentence.includes('OPSCENTER_TLS_CERT and OPSCENTER_TLS_KEY') ||
            sentence.includes('OPSCENTER_TLS_CERT, OPSCENTER_TLS_KEY'),
        ).toBe(!tls);
        expect(sentence.includes('OPSCENTER_CONSOLE_TOKEN')).toBe(!token);
      },
    );

    // Agents and server always know each other by a token: one is made when none is set.
    it.each(REACHABLE)('of the registry to %s is refused without TLS, naming what is missing', (host) => {
      const mistakes = mistakesOf({ ...rest, OPSCENTER_GRPC_HOST: host });
      if (tls) return expect(mistakes).toEqual([]);
      expect(mistakes).toEqual([
        `OPSCENTER_GRPC_HOST is ${host}, which other machines can reach: set OPSCENTER_TLS_CERT and OPSCENTER_TLS_KEY as well, or bind to 127.0.0.1.`,
      ]);
    });
  });

  it.each([
    ['OPSCENTER_TLS_CERT', CERT, 'OPSCENTER_TLS_KEY'],
    ['OPSCENTER_TLS_KEY', KEY, 'OPSCENTER_TLS_CERT'],
  ])('with half of TLS, %s, names the other half on loopback too', (name, file, missing) => {
    expect(mistakesOf({ [name]: file })).toEqual([`${name} is set without ${missing}: TLS needs both.`]);
    expect(
      mistakesOf({ [name]: file, OPSCENTER_HTTP_HOST: '0.0.0.0', OPSCENTER_CONSOLE_TOKEN: TOKEN }),
    ).toEqual([
      `OPSCENTER_HTTP_HOST is 0.0.0.0, which other machines can reach: set ${missing} as well, or bind to 127.0.0.1.`,
    ]);
  });

  it('with a key of another certificate, or with something that is no certificate, is refused', () => {
    const nonsense = join(temporaryDirectory(), 'nonsense.pem');
    writeFileSync(nonsense, 'nonsense');
    for (const wrong of [
      { OPSCENTER_TLS_CERT: CERT, OPSCENTER_TLS_KEY: fixture('other.key.pem') },
      { OPSCENTER_TLS_CERT: nonsense, OPSCENTER_TLS_KEY: KEY },
      { OPSCENTER_TLS_CERT: CERT, OPSCENTER_TLS_KEY: nonsense },
    ]) {
      const [sentence, ...others] = mistakesOf(wrong);
      expect(others).toEqual([]);
      expect(sentence).toContain('OPSCENTER_TLS_CERT and OPSCENTER_TLS_KEY');
    }
  });

  it('with a certificate that cannot be read says which file, and why', () => {
    expect(mistakesOf({ OPSCENTER_TLS_CERT: '/nowhere/cert.pem', OPSCENTER_TLS_KEY: KEY })).toEqual([
      'OPSCENTER_TLS_CERT names the file /nowhere/cert.pem, which cannot be read (ENOENT).',
    ]);
  });
});
