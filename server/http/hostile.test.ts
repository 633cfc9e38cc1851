import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AuditVerification, type Capture, type Instance, Problem } from './contract/index.ts';
import { sendRaw } from './testing/raw-connection.ts';
import { type Answer, TestConsole } from './testing/test-console.ts';

const json = { 'content-type': 'application/json', 'x-opscenter': '1' };

interface Target {
  readonly opened: TestConsole;
  readonly instance: Instance;
  readonly capture: Capture;
}

async function openTarget(): Promise<Target> {
  const opened = await TestConsole.open();
  const { instance } = await opened.connectAgent();
  return { opened, instance, capture: await opened.capture(instance) };
}

/** Whatever was sent: the sender is told that it is wrong, in a problem document without anything of our inside. */
function expectRefusal(answer: Answer, what: string): void {
  expect.soft(answer.status, what).toBeGreaterThanOrEqual(400);
  expect.soft(answer.status, `${what}: ${answer.text.slice(0, 200)}`).toBeLessThan(500);
  expect.soft(answer.headers['content-type'], what).toBe('application/problem+json');
  expect.soft(Problem.safeParse(answer.text === '' ? undefined : answer.json()).error, what).toBeUndefined();
  expect.soft(answer.text, what).not.toMatch(/node_modules|at .*\.ts:\d|Error:/);
}

/** Whatever was sent: the answer is one that is meant to be given. */
function expectNoFault(answer: Answer, what: string): void {
  expect.soft(answer.status, `${what}: ${answer.text.slice(0, 200)}`).toBeLessThan(500);
}

async function expectUnharmed({ opened, capture }: Target): Promise<void> {
  expect((await opened.send('/healthz')).status).toBe(200);
  expect((await opened.send(`/api/v1/captures/${capture.id}`)).json()).toMatchObject({
    id: capture.id,
    note: '',
  });
  expect(AuditVerification.parse((await opened.send('/api/v1/audit/verify')).json()).verified).toBe(true);
  expect(Object.prototype).not.toHaveProperty('polluted');
}

const HOSTILE_IDS = [
  '..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e%2fagent-token',
  '..%5c..%5cagent-token',
  '%00',
  'cap_%00000000000000000000',
  'cap_0000000000000000000',
  'cap_000000000000000000000',
  'CAP_00000000000000000000',
  'cap_0000000000000000000%0a',
  "cap_1'%20OR%20'1'='1",
  '__proto__',
  'constructor',
  'null',
  '%F0%9F%92%A3',
  '{}',
  'x'.repeat(200),
];

/** Every route with an id, and how it is asked. */
const ROUTES_WITH_ID: [string, string][] = [
  ['GET', '/api/v1/services/:id'],
  ['GET', '/api/v1/instances/:id'],
  ['GET', '/api/v1/instances/:id/vitals'],
  ['GET', '/api/v1/captures/:id'],
  ['GET', '/api/v1/captures/:id/artifact'],
  ['GET', '/api/v1/captures/:id/pprof'],
  ['GET', '/api/v1/captures/:id/collapsed'],
  ['GET', '/api/v1/captures/:id/speedscope'],
  ['HEAD', '/api/v1/captures/:id/artifact'],
  ['POST', '/api/v1/captures/:id/stop'],
  ['POST', '/api/v1/captures/:id/cancel'],
  ['PATCH', '/api/v1/captures/:id'],
  ['DELETE', '/api/v1/captures/:id'],
];

describe('an id that is none', () => {
  test.each(ROUTES_WITH_ID)('is refused by %s %s', async (method, route) => {
    const opened = await TestConsole.open();
    for (const id of HOSTILE_IDS) {
      const changes = method !== 'GET' && method !== 'HEAD';
      const answer = await opened.send(route.replace(':id', id), {
        method,
        ...(changes ? { headers: json, body: '{}' } : {}),
      });
      if (method === 'HEAD') expect.soft([400, 404]).toContain(answer.status);
      else if (route.endsWith('/:id') && /^(?:null|constructor)$/.test(id)) expectNoFault(answer, id);
      else expectRefusal(answer, `${method} ${id}`);
    }
  });

  test('of any kind leads to no fault', async () => {
    const target = await openTarget();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ROUTES_WITH_ID),
        fc.string({ unit: 'binary', maxLength: 80 }),
        async ([method, route], id) => {
          const changes = method !== 'GET' && method !== 'HEAD';
          const answer = await target.opened.send(
            route.replace(':id', encodeURIComponent(id.toWellFormed())),
            {
              method,
              ...(changes ? { headers: json, body: '{}' } : {}),
            },
          );
          expect(answer.status).toBeLessThan(500);
        },
      ),
      { numRuns: 150 },
    );
    await expectUnharmed(target);
  });
});

const QUERIES = [
  '?service=a&service=b',
  '?service[]=a',
  '?service=__proto__',
  '?service=%00',
  `?service=${'a'.repeat(100)}`,
  '?limit=0',
  '?limit=-1',
  '?limit=1e99',
  '?limit=NaN',
  '?limit=1001',
  '?limit=1.5',
  '?limit=1&limit=2',
  '?since=yesterday',
  '?since=2026-13-45T99:99:99Z',
  '?since=2026-01-01',
  '?before=0',
  '?before=cap_x',
  '?kind=telepathy',
  '?instanceId=..%2f..',
];

describe('a query that makes no sense', () => {
  test.each(['/api/v1/instances', '/api/v1/captures', '/api/v1/timeline', '/api/v1/audit', '/api/v1/events'])(
    'is refused by %s, or has no meaning there',
    async (path) => {
      const opened = await TestConsole.open();
      const knows: Record<string, RegExp> = {
        '/api/v1/instances': /service/,
        '/api/v1/captures': /service|limit|since|before|kind|instanceId/,
        '/api/v1/timeline': /service|limit|since|instanceId/,
        '/api/v1/audit': /limit|before/,
      };
      for (const query of QUERIES) {
        const method = path.endsWith('events') ? 'HEAD' : 'GET';
        const answer = await opened.send(path + query, { method });
        if (knows[path]?.test(query) && !query.includes('[]')) expectRefusal(answer, path + query);
        else expectNoFault(answer, path + query);
      }
    },
  );

  test('of any kind leads to no fault', async () => {
    const target = await openTarget();
    const name = fc.constantFrom(
      'service',
      'limit',
      'since',
      'before',
      'kind',
      'instanceId',
      '__proto__',
      'constructor',
    );
    const pair = fc.tuple(name, fc.string({ unit: 'binary', maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/api/v1/captures', '/api/v1/timeline', '/api/v1/audit', '/api/v1/instances'),
        fc.array(pair, { maxLength: 6 }),
        async (path, pairs) => {
          const query = pairs
            .map(([key, value]) => `${key}=${encodeURIComponent(value.toWellFormed())}`)
            .join('&');
          expect((await target.opened.send(`${path}?${query}`)).status).toBeLessThan(500);
        },
      ),
      { numRuns: 150 },
    );
    await expectUnharmed(target);
  });
});

const BODIES: [string, string | Uint8Array][] = [
  ['nothing', ''],
  ['not JSON', '{'],
  ['two values', '{}{}'],
  ['a number', '1'],
  ['null', 'null'],
  ['a list', '[]'],
  ['a text', '"x"'],
  ['a prototype', '{"__proto__":{"polluted":true},"kind":"cpu","service":"a","durationSeconds":1}'],
  [
    'a hidden prototype',
    '{"options":{"__proto__":{"polluted":true}},"kind":"cpu","service":"a","durationSeconds":1}',
  ],
  ['an escaped prototype', '{"\\u005f_proto__":{"polluted":true}}'],
  ['a constructor', '{"constructor":{"prototype":{"polluted":true}}}'],
  ['invalid UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['a byte order mark in UTF-16', Uint8Array.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
  ['null bytes', '\0\0\0\0'],
  ['deep nesting', '['.repeat(30_000) + ']'.repeat(30_000)],
  ['deep objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ['a long text', JSON.stringify({ note: 'x'.repeat(60_000) })],
  ['too much', 'x'.repeat(70_000)],
  ['far too much', 'x'.repeat(5_000_000)],
  ['unknown keys', '{"surprise":1}'],
  ['a huge number', '{"durationSeconds":1e999}'],
];

describe('a body that makes no sense', () => {
  test.each(BODIES)('(%s) is refused wherever a body is taken', async (what, body) => {
    const opened = await TestConsole.open();
    for (const [method, path] of [
      ['POST', '/api/v1/captures'],
      ['PATCH', '/api/v1/captures/cap_00000000000000000000'],
      ['POST', '/api/v1/session'],
    ] as const) {
      // A server that has heard enough may close before it has heard all.
      const answer = await opened
        .send(path, { method, headers: json, body })
        .catch((error: NodeJS.ErrnoException) => {
          expect(['EPIPE', 'ECONNRESET'], String(error)).toContain(error.code);
          return undefined;
        });
      if (answer) expectRefusal(answer, `${method} ${path} with ${what}`);
    }
  });

  test('of any JSON leads to no fault and changes nothing', async () => {
    const target = await openTarget();
    const wish = fc.record(
      {
        service: fc.anything(),
        instanceId: fc.anything(),
        kind: fc.oneof(fc.constant('cpu'), fc.anything()),
        durationSeconds: fc.anything(),
        thread: fc.anything(),
        options: fc.anything(),
        note: fc.anything(),
        pinned: fc.anything(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(wish, fc.anything()), async (value) => {
        const body = toJson(value);
        for (const [method, path] of [
          ['POST', '/api/v1/captures'],
          ['POST', '/api/v1/session'],
          ['PATCH', '/api/v1/captures/cap_00000000000000000000'],
          ['POST', `/api/v1/captures/${target.capture.id}/stop`],
        ] as const) {
          const answer = await target.opened.send(path, { method, headers: json, body });
          expect(answer.status, `${path} ${body}`).toBeLessThan(500);
        }
      }),
      { numRuns: 60 },
    );
    await expectUnharmed(target);
  });

  test('of a media type that is none is refused', async () => {
    const opened = await TestConsole.open();
    for (const type of [
      '',
      'json',
      'application/json2',
      'text/json',
      'application/xml',
      'a/b; c="',
      '/',
      'application/json;;;',
    ]) {
      const answer = await opened.send('/api/v1/captures', {
        method: 'POST',
        headers: { 'x-opscenter': '1', 'content-type': type },
        body: '{"service":1}',
      });
      expectRefusal(answer, type);
    }
  });
});

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? String(part) : part)) ?? 'null';
  } catch {
    return 'null';
  }
}

describe('headers that make no sense', () => {
  const VALUES = [
    '',
    ' ',
    ',',
    'x'.repeat(8000),
    '\u00ff\u00fe',
    '"',
    "'--",
    '0',
    '-1',
    'bytes=0-0,1-1',
    'bytes=9-1',
    'bytes=-',
    '*',
    'null',
    '%00',
  ];
  const NAMES = [
    'range',
    'if-range',
    'if-none-match',
    'last-event-id',
    'cookie',
    'accept',
    'accept-encoding',
    'accept-version',
    'content-length',
    'expect',
    'upgrade',
    'x-forwarded-for',
    'x-http-method-override',
    'origin',
    'sec-fetch-site',
    'authorization',
    'traceparent',
  ];

  test.each(NAMES)('(%s) lead to no fault', async (name) => {
    const { opened, capture } = await openTarget();
    for (const value of VALUES) {
      for (const path of [`/api/v1/captures/${capture.id}/artifact`, '/api/v1/services', '/']) {
        const answer = await opened.send(path, { headers: { [name]: value } }).catch(() => undefined);
        // Pages are off here, which is 503 and not a fault.
        if (answer && path !== '/') expectNoFault(answer, `${name}: ${value.slice(0, 20)} ${path}`);
      }
    }
    expect((await opened.send('/healthz')).status).toBe(200);
  });
});

describe('what is not HTTP', () => {
  test.each([
    ['noise', Buffer.from([0, 1, 2, 3, 255, 254, 13, 10, 13, 10]), /^HTTP\/1\.1 400 /],
    [
      'a TLS handshake',
      Buffer.from([0x16, 0x03, 0x01, 0x00, 0x05, 1, 0, 0, 1, 0, 13, 10, 13, 10]),
      /^HTTP\/1\.1 400 /,
    ],
    ['a method that is none', 'FLY / HTTP/1.1\r\nhost: localhost\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 4\d\d /],
    [
      'two hosts',
      'GET /healthz HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\n\r\n',
      /^HTTP\/1\.1 (?:4\d\d|200) /,
    ],
    [
      'two lengths',
      'POST /api/v1/captures HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx',
      /^HTTP\/1\.1 400 /,
    ],
    [
      'a length and chunks',
      'POST /api/v1/captures HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 4\d\d /,
    ],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431 /,
    ],
    [
      'a header with a line break',
      'GET /healthz HTTP/1.1\r\nhost: localhost\r\nx: a\rb\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    [
      'an absolute address elsewhere',
      'GET http://evil.example/api/v1/services HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n',
      /^HTTP\/1\.1 4\d\d /,
    ],
    [
      'a proxy request',
      'CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example:443\r\n\r\n',
      /^(?:HTTP\/1\.1 4\d\d |$)/,
    ],
  ])('(%s) is refused in a sentence', async (_what, bytes, status) => {
    const opened = await TestConsole.open();
    const text = await sendRaw(opened.port, bytes, 2000);
    expect(text).toMatch(status);
    expect((await opened.send('/healthz')).status).toBe(200);
  });

  test('or breaks off in the middle harms nobody', async () => {
    const opened = await TestConsole.open();
    const whole = `POST /api/v1/captures HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nx-opscenter: 1\r\ncontent-length: 100\r\n\r\n{"service":"a"}`;
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        sendRaw(opened.port, whole.slice(0, Math.ceil((whole.length * i) / 40)), 50),
      ),
    );
    expect((await opened.send('/healthz')).status).toBe(200);
  });
});

describe('many at once', () => {
  test('are all answered', async () => {
    const { opened, capture } = await openTarget();
    const paths = [
      '/api/v1/services',
      '/api/v1/captures',
      `/api/v1/captures/${capture.id}/artifact`,
      `/api/v1/captures/${capture.id}/pprof`,
      '/api/v1/audit/verify',
      '/metrics',
    ];
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, i) => opened.send(paths[i % paths.length] ?? '/healthz')),
    );
    // Conversions are limited, and say so.
    for (const { status, text } of answers) {
      if (status !== 200) expect(text).toContain('conversion-busy');
    }
  });
});
