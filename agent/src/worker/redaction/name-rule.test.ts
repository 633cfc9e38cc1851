import { describe, expect, it } from 'vitest';
import { lengthOf, redactName } from './name-rule.ts';

const never = () => false;
const judged = (name: string, isContent: (nodeId: number) => boolean = never) =>
  redactName(name, 7, isContent) ?? name;

describe('the name of a value in a WeakMap', () => {
  const edge = (key: string, value: string) =>
    `3 / part of key (${key} @11) -> value (${value} @13) pair in WeakMap (table @15)`;

  it('stays when key and value are named by what they are', () => {
    expect(judged(edge('Session', 'system / ArrayList'))).toBe(edge('Session', 'system / ArrayList'));
  });

  it('loses what is the content of either, and keeps the ids', () => {
    expect(judged(edge('Session', 'hunter2'), (id) => id === 13)).toBe(edge('Session', '<7 characters>'));
    expect(judged(edge('^hunter2', 'Session'), (id) => id === 11)).toBe(edge('<8 characters>', 'Session'));
  });

  it('loses both when nobody can tell where one of them ends', () => {
    const name = edge('Session', 'a @1) -> value (hunter2');
    const both = '(<50 characters> @0) -> value (<0 characters> @0)';
    expect(judged(name)).toBe(`3 / part of key ${both} pair in WeakMap (table @15)`);
  });

  it('is read by Chrome DevTools when it was before, and only then', () => {
    const devTools =
      /^\d+(?<duplicatedPart> \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(?<tableId>\d+)\))$/;
    const read = (name: string) => devTools.test(JSON.parse(`"${judged(name, () => true)}"`) as string);
    expect(read(edge('a', 'b'))).toBe(true);
    expect(read(edge('a', 'a @1) -> value (hunter2'))).toBe(true);
    expect(read(edge('a', 'two\\nlines'))).toBe(false);
  });
});

describe('a name', () => {
  it.each([
    'Session',
    'getUserByEmailAddressOrTelephoneNumber',
    '__reactInternalMemoizedUnmaskedChildContext',
    'BigUint64ArrayPrototypeConstructor',
    '(LoadJoinTypedElement_Float64Elements_0 builtin handle)',
    'system / FunctionTemplateInfo',
    'node:internal/modules/esm/loader',
    'file:///srv/node_modules/.pnpm/@grpc+grpc-js@1.14.7/node_modules/@grpc/grpc-js/build/src/index.js',
    'file:///srv/.next/server/chunks/3f2a9c0d1e4b5a6978877665544332211000ffee.js',
    'content-security-policy-report-only',
    'x-forwarded-for',
    '2024',
    '8192-8202',
    '2026-11-26',
    'get size',
    '<symbol nodejs.util.inspect.custom>',
    'OPSCENTER_AGENT_ADVERTISED_HOST',
    'what is it? nobody knows',
  ])('that somebody gave stays: %s', (name) => {
    expect(judged(name)).toBe(name);
  });

  it.each([
    ['a hash', '5f4dcc3b5aa765d61d8327deb882cf99'],
    ['a UUID', 'session:123e4567-e89b-12d3-a456-426614174000'],
    ['a JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N'],
    ['base 64', 'Zk9xQ1lTV2pLM0d2bUhYN2RQcThyTnVUNHdBeTZF'],
    ['base 36', 'k3j9x0q2m7z1p8v4n6b5c2d8f1g7h3j9'],
    ['a card', '4111111111111111'],
    ['a card in groups', '4111 1111 1111 1111'],
    ['an address', 'player@example.com'],
    ['a text', 'lorem ipsum '.repeat(20)],
    ['a symbol', '<symbol 5f4dcc3b5aa765d61d8327deb882cf99>'],
    ['an accessor', 'get 5f4dcc3b5aa765d61d8327deb882cf99'],
  ])('that is data becomes its length, and stays apart from others: %s', (_, name) => {
    expect(judged(name)).toBe(`<${name.length} characters #7>`);
  });

  it.each([
    ['data:text/javascript,export default 1', 'data:text/javascript,<16 characters>'],
    ['https://user:hunter2@host/p', 'https://<12 characters>@host/p'],
    ['https://host/p?token=hunter2', 'https://host/p?<13 characters>'],
    ['https://host/p#hunter2', 'https://host/p#<7 characters>'],
    ['GET /users?name=a', 'GET /users?<6 characters>'],
    ['file:///srv/a.mjs?v=1', 'file:///srv/a.mjs?<3 characters>'],
  ])('that is an address keeps its way and loses what only its user knows: %s', (name, expected) => {
    expect(judged(name)).toBe(expected);
  });
});

describe('a length', () => {
  it('is told in characters', () => {
    expect([lengthOf(1), lengthOf(2), lengthOf(1023), lengthOf(1024)]).toEqual([
      '<1 character>',
      '<2 characters>',
      '<1023 characters>',
      '<1024+ characters>',
    ]);
  });
});
