import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nodeVersions } from '../../../testing/node-versions.ts';
import { findSecrets, plantSecrets } from '../../../testing/planted-secrets.ts';
import {
  drawn,
  formatSnapshot,
  type SnapshotOptions,
  snapshotFromText,
} from '../../../testing/snapshot-text.ts';
import { SnapshotRedactor } from './snapshot-redactor.ts';

function redactBytes(bytes: Uint8Array, cuts: readonly number[] = []): Buffer {
  const redactor = new SnapshotRedactor();
  const passed: Buffer[] = [];
  let at = 0;
  for (const cut of [...new Set(cuts)].sort((a, b) => a - b).concat(bytes.length)) {
    passed.push(
      ...redactor.push(Uint8Array.from(bytes.subarray(at, cut))).map((piece) => Buffer.from(piece)),
    );
    at = cut;
  }
  passed.push(...redactor.end().map((piece) => Buffer.from(piece)));
  return Buffer.concat(passed);
}

const redact = (snapshot: string, cuts?: readonly number[]) =>
  redactBytes(Buffer.from(snapshot), cuts).toString();

const redacted = (text: string, options?: SnapshotOptions) =>
  formatSnapshot(redact(snapshotFromText(text, options)));

const session = `
  @1 synthetic (GC roots)
    element 1 -> @3
  @3 object Session
    property token -> @5
    property user -> @7
    context account -> @7
    internal map -> @13
    hidden 2 -> @11
    weak pattern -> @9
    shortcut 0 / part of key (Session @3) -> value (hunter2 @5) pair in WeakMap (table @1) -> @5
  @5 string hunter2
  @7 string a
  @9 regexp ^hunter2$
  @11 string grüße 😀 \\u00fc\\n
  @13 object shape system / Map
  @15 closure refresh
  @17 code file:///service/session.js
  @19 concatenated string (concatenated string)
  @21 number heap number
  @23 symbol symbol
`;

describe('the redaction of a heap snapshot', () => {
  it('puts its length in the place of what a string holds, and leaves every name', () => {
    expect(redacted(session)).toBe(
      drawn(session)
        .replaceAll('hunter2 @5', '<7 characters> @5')
        .replace('string hunter2', 'string <7 characters>')
        .replace('string a', 'string <1 character>')
        .replace('^hunter2$', '<9 characters>')
        .replace('grüße 😀 \\u00fc\\n', '<11 characters>'),
    );
  });

  it.each([
    ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id'],
    ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'],
    ['edge_count', 'id', 'name', 'something_new', 'self_size', 'type'],
  ])('goes by the columns that the file names: %s, %s, %s, …', (...nodeFields) => {
    expect(redacted(session, { nodeFields })).toBe(redacted(session));
  });

  it('is the same with whatever stands between the numbers', () => {
    expect(redacted(session, { comma: '\n , ' })).toBe(redacted(session));
    expect(redacted(session, { comma: '\r\n,\t' })).toBe(redacted(session));
  });

  it('is the same wherever the chunks are cut', () => {
    const snapshot = snapshotFromText(session, {
      traceFunctions: [['allocate', 'file:///a.js']],
      traceTree: '[1,0,2,[3,[]]]',
      samples: '[1,2,3,4]',
      comma: ' ,\n',
    });
    const whole = redact(snapshot);
    const bytes = Buffer.from(snapshot);
    expect(redact(snapshot, [...bytes.keys()])).toBe(whole);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 40 }), (cuts) => {
        expect(redact(snapshot, cuts)).toBe(whole);
      }),
    );
  });

  it('finds every content, and keeps the count of the table, whatever the strings are', () => {
    const word = fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .map((text) => JSON.stringify(text).slice(1, -1));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const secrets = words.map((content) => `secret-${content}`);
        const nodes = secrets.map((secret, index) => `@${2 * index + 3} string ${secret}`);
        const snapshot = snapshotFromText(['@1 object Root', ...nodes].join('\n'));
        const passed = redact(snapshot);
        expect(passed).not.toContain('secret-');
        const { strings } = JSON.parse(passed) as { strings: string[] };
        expect(strings).toHaveLength(new Set(secrets).size + 2);
        expect(strings[1]).toBe('Root');
      }),
    );
  });

  it('leaves what is before the strings as it was, byte for byte', () => {
    const snapshot = snapshotFromText(session);
    const before = snapshot.slice(0, snapshot.indexOf('"strings"'));
    expect(redact(snapshot).slice(0, before.length)).toBe(before);
  });

  it('keeps a string that is a name as well as a content', () => {
    expect(redacted('@1 object Box\n  property colour -> @3\n@3 string colour')).toContain('string colour');
  });

  it('keeps functions and files of allocations', () => {
    const snapshot = snapshotFromText('@1 string hunter2', {
      traceFunctions: [['allocate', 'file:///service.js']],
    });
    expect(redact(snapshot)).toMatch(
      /"<12\+? ?characters>"|"<7 characters>","allocate","file:\/\/\/service.js"/,
    );
  });

  it('takes no types for names that it does not know', () => {
    const snapshot = snapshotFromText('@1 native hunter2').replace('"native"', '"native string"');
    expect(redact(snapshot)).toContain('"<7 characters>"');
  });

  it('tells what V8 has cut off', () => {
    expect(redacted(`@1 string ${'x'.repeat(1024)}`)).toBe('@1 string <1024+ characters>');
  });

  it('counts what it has read and taken out', () => {
    const redactor = new SnapshotRedactor();
    redactor.push(Buffer.from(snapshotFromText('@1 object A\n  property b -> @3\n@3 string c')));
    redactor.end();
    expect(redactor.facts).toEqual({ nodeCount: 2, edgeCount: 1, stringCount: 4, redactedCount: 1 });
  });
});

describe('a snapshot that is not as it should be', () => {
  const whole = snapshotFromText(session, { traceTree: '[1,[2]]' });
  const broken = (from: string | RegExp, to: string) => () => redact(whole.replace(from, to));

  it.each([
    ['no JSON', 'hello', 'at byte 0, in the beginning'],
    ['another JSON', '{"nodes":[]}', 'in section "nodes": the section comes before'],
    ['a description without names', '{"snapshot":{"meta":{}}}', 'in section "snapshot"'],
    [
      'a description that never ends',
      `{"snapshot":{"a":[${'1,'.repeat(100_000)}`,
      'longer than 131072 bytes',
    ],
    ['a key that never ends', `{"${'k'.repeat(1000)}`, 'the name of no section'],
  ])('is refused: %s', (_, file, reason) => {
    expect(() => redact(file)).toThrow(
      expect.objectContaining({ code: 'recorder-failed', message: expect.stringContaining(reason) }),
    );
  });

  it.each([
    [/"nodes":\[(\d)/, '"nodes":[x$1', 'in section "nodes": only whole numbers'],
    [/"nodes":\[\d+/, '"nodes":[99', 'in section "nodes": there is no type 99'],
    [/"nodes":\[\d+,\d+/, '"nodes":[1,99999999999', 'no snapshot has a string 99999999999'],
    [/"nodes":\[\d+,\d+/, '"nodes":[1,1000', 'in section "strings": there is no string 1000'],
    [/"nodes":\[\d/, '"nodes":[12345678901234567', 'in section "nodes": this is not one number'],
    [/"nodes":\[\d/, '"nodes":[1 2', 'in section "nodes": this is not one number'],
    [/"nodes":\[\d+,/, '"nodes":[', 'in section "nodes": the last row is not whole'],
    [/"edges":\[(\d)/, '"edges":[-$1', 'in section "edges": only whole numbers'],
    [/"edges":\[\d+,\d+,\d+,/, '"edges":[', 'nodes and 7 edges came before it where 12 and 8'],
    [/"trace_tree":\[/, '"trace_tree":["hunter2",', 'in section "trace_tree": only numbers'],
    [/"trace_tree"/, '"nodes"', 'the section is there twice'],
    [/"locations":\[/, '"from_tomorrow":["hunter2"', 'in section "from_tomorrow": only numbers'],
    ['"strings":[', '"strings":[1,', 'in section "strings": this is no array of strings'],
    ['"hunter2"', '"hunter2', 'in section "strings"'],
    ['"hunter2"', '"hun\\u12"', 'an escape is not whole'],
    ['"hunter2"', '"hun\\x"', 'there is no such escape'],
    ['"hunter2"', '"hun\n"', 'a line ends within a string'],
    [/]}$/, '],"more":[]}', 'this is no heap snapshot'],
    [/]}$/, ']', 'the file ends too early'],
    [/]}$/, '', 'the file ends too early'],
  ])('is refused where it is broken: %s → %s', (from, to, reason) => {
    expect(broken(from, to)).toThrow(
      expect.objectContaining({ code: 'recorder-failed', message: expect.stringContaining(reason) }),
    );
  });

  it('is refused at the byte where it is broken', () => {
    const at = whole.indexOf('"nodes":[') + 9;
    expect(broken(/"nodes":\[/, '"nodes":[x')).toThrow(`at byte ${at}, in section "nodes"`);
  });

  it('is refused wherever it ends too early, and nothing of a content has left it', () => {
    const bytes = Buffer.from(whole);
    for (let end = 0; end < bytes.length; end++) {
      const redactor = new SnapshotRedactor();
      const passed = Buffer.concat(redactor.push(bytes.subarray(0, end)));
      expect(passed.includes('hunter')).toBe(false);
      expect(() => redactor.end()).toThrow('ends too early');
    }
  });
});

describe('a snapshot of a service with secrets', () => {
  it.each(nodeVersions)(
    'has none of them any more on $name, and all its nodes and names',
    async ({ path }) => {
      const folder = await mkdtemp(join(tmpdir(), 'opscenter-redaction-'));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const file = join(folder, 'planted.heapsnapshot');
      const secrets = plantSecrets(path, file, 42);
      const original = await readFile(file);
      expect(findSecrets(original, secrets)).toHaveLength(secrets.length);

      const cuts = Array.from({ length: Math.ceil(original.length / 65_521) }, (_, index) => index * 65_521);
      const passed = redactBytes(original, cuts);
      expect(findSecrets(passed, secrets)).toEqual([]);
      const [before, after] = [original, passed].map(
        (bytes) => JSON.parse(bytes.toString()) as { strings: string[] },
      );
      expect({ ...after, strings: [] }).toEqual({ ...before, strings: [] });
      expect(after?.strings).toHaveLength(before?.strings.length ?? 0);
      expect(after?.strings).toEqual(
        expect.arrayContaining(['Session', 'IncomingMessage', 'check', 'password']),
      );
    },
  );
});
