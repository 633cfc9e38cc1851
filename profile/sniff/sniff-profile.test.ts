import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProfileError, ProfileFormatError } from '../errors.ts';
import { heapProfileFromText } from '../text/heap-profile-from-text.ts';
import { pprofFromText } from '../text/pprof-from-text.ts';
import { cpuProfileFromText } from '../text/profile-from-text.ts';
import { isHeapSnapshot, SNIFFED_BYTES, sniffProfile } from './sniff-profile.ts';

const fixtures = new URL('../fixtures/', import.meta.url);
const bytesOf = (text: string) => new TextEncoder().encode(text);

const FILES: readonly (readonly [what: string, bytes: Uint8Array, mediaType: string])[] = [
  [
    'a .cpuprofile',
    bytesOf(JSON.stringify(cpuProfileFromText('main  main'))),
    'application/vnd.v8.cpuprofile+json',
  ],
  [
    'a .cpuprofile whose nodes come last',
    bytesOf('{"startTime":1,"samples":[],"timeDeltas":[],"nodes":[]}'),
    'application/vnd.v8.cpuprofile+json',
  ],
  [
    'a .heapprofile',
    bytesOf(JSON.stringify(heapProfileFromText('main 100'))),
    'application/vnd.v8.heapprofile+json',
  ],
  ['pprof', pprofFromText('cpu/nanoseconds\nmain;work 12'), 'application/vnd.pprof'],
  ['collapsed stacks', bytesOf('main;parse 12\nmain;draw 3\n'), 'text/vnd.collapsed-stacks'],
  ['collapsed stacks of Windows', bytesOf('\ufeffmain;parse 12\r\nmain 3\r\n'), 'text/vnd.collapsed-stacks'],
  [
    'one stack deeper than is looked at',
    bytesOf(`${'frame;'.repeat(20_000)}leaf 1`),
    'text/vnd.collapsed-stacks',
  ],
  [
    'speedscope JSON',
    bytesOf(
      '{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[]},"profiles":[]}',
    ),
    'application/vnd.speedscope+json',
  ],
  ['a trace', bytesOf('{"metadata":{},"traceEvents":[]}'), 'application/vnd.chrome.trace+json'],
  ['a bare list of events', bytesOf(' [\n{"pid":1,"ph":"X"}'), 'application/vnd.chrome.trace+json'],
];

describe('what a file is', () => {
  test.each(FILES)('%s is known by its content, whatever its name', async (_, bytes, mediaType) => {
    expect(await sniffProfile(bytes, 'download.bin')).toEqual({ mediaType });
    expect(await sniffProfile(bytes, 'a.heapsnapshot')).toEqual({ mediaType });
  });

  test.each(FILES)('%s is known in gzip as well', async (_, bytes, mediaType) => {
    const packed = gzipSync(bytes);
    expect(await sniffProfile(packed, 'x.gz')).toEqual({ mediaType: `${mediaType}+gzip` });
  });

  test.each(readdirSync(fixtures))('is known of what was recorded: %s', async (name) => {
    const { mediaType } = await sniffProfile(readFileSync(new URL(name, fixtures)), 'x');
    const expected = name.endsWith('.pb.gz')
      ? 'application/vnd.pprof+gzip'
      : `application/vnd.v8.${name.split('.').at(-1)}+json`;
    expect(mediaType).toBe(expected);
  });

  test('is told by the name where the content says nothing yet', async () => {
    const late = bytesOf(`{"comment":"${'x'.repeat(SNIFFED_BYTES)}","nodes":[]}`);
    expect(await sniffProfile(late, 'a.cpuprofile')).toEqual({
      mediaType: 'application/vnd.v8.cpuprofile+json',
    });
    const binary = Uint8Array.of(0x0a, 4, 0x08, 1, 0x10, 2, 0x0b, 0x0b);
    expect(await sniffProfile(binary, 'cpu.pb')).toEqual({ mediaType: 'application/vnd.pprof' });
    const withControls = bytesOf('main;a\u0001b 5');
    expect(await sniffProfile(withControls, 'x.folded')).toEqual({ mediaType: 'text/vnd.collapsed-stacks' });
    await expect(sniffProfile(withControls, 'x.txt')).rejects.toThrow('of no kind that is known');
    await expect(sniffProfile(late, 'a.json')).rejects.toThrow('has the keys of no profile');
  });

  test('is found in a packed file of which only the beginning is there', async () => {
    const noise = Array.from(
      { length: 200_000 },
      (_, index) => `main;f${Math.imul(index, 2_654_435_761)} ${index}`,
    );
    const packed = gzipSync(noise.join('\n')).subarray(0, SNIFFED_BYTES);
    expect(packed.length).toBe(SNIFFED_BYTES);
    expect(await sniffProfile(packed, 'x')).toEqual({ mediaType: 'text/vnd.collapsed-stacks+gzip' });
  });
});

describe('a heap snapshot', () => {
  const snapshot = bytesOf('{"snapshot":{"meta":{"node_fields":[]}},"nodes":[1,2]}');

  test('is known by its content, packed or not', async () => {
    expect(await isHeapSnapshot(snapshot, 'download.bin')).toBe(true);
    expect(await isHeapSnapshot(gzipSync(snapshot), 'download.bin')).toBe(true);
  });

  test('is nothing that is a profile, whatever its name', async () => {
    for (const [, bytes] of FILES) expect(await isHeapSnapshot(bytes, 'a.heapsnapshot')).toBe(false);
  });
});

describe('a file that is no profile', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['nothing at all', '', 'is empty'],
    ['nothing but white space', ' \n\n', 'is empty'],
    ['a packed nothing', gzipSync(''), 'is empty'],
    ['a heap snapshot', '{"snapshot":{"meta":{"node_fields":[]}},"nodes":[1,2]}', 'is a V8 heap snapshot'],
    ['a page', '<!doctype html><p>502 Bad Gateway</p>', 'is HTML or XML'],
    ['other JSON', '{"name":"opscenter","version":"0.1.0"}', 'has the keys of no profile'],
    ['other text', 'Dear reader,\nnothing is counted here.\n', 'is text, but no list of stacks'],
    ['the output of perf', 'node 1234 100.123456: 250000 cpu-clock:\n  7f main+0x1 (app)\n', 'perf script'],
    ['zeros', new Uint8Array(100), 'of no kind that is known'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), 'is a picture'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x7b, 0), 'is text in UTF-16'],
    [
      'protobuf of another kind',
      Uint8Array.of(0x0a, 4, 0x40, 1, 0x50, 2, 0x0a, 0),
      'of no kind that is known',
    ],
    ['gzip in gzip', gzipSync(gzipSync('main 1')), 'more than once'],
  ])('is called what it is: %s', async (_, content, sentence) => {
    const bytes = typeof content === 'string' ? bytesOf(content) : content;
    const attempt = sniffProfile(bytes, 'profile.json');
    await expect(attempt).rejects.toThrow(ProfileFormatError);
    await expect(attempt).rejects.toThrow(sentence);
    await expect(attempt).rejects.toThrow('can be opened');
  });

  test('is refused by a sentence, whatever bytes it has', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ maxLength: 300 }).map(bytesOf)),
        fc.constantFrom(undefined, 0x0a, 0x1f, 0x7b),
        async (bytes, first) => {
          const given = first === undefined ? bytes : Uint8Array.of(first, ...bytes);
          const failure: unknown = await sniffProfile(given, 'x').then(
            () => undefined,
            (error: unknown) => error,
          );
          if (failure !== undefined) expect(failure).toBeInstanceOf(ProfileError);
        },
      ),
    );
  });
});
