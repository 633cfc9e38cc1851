import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Profile } from 'pprof-format';
import { afterAll, describe, expect, test } from 'vitest';
import { pprofFromText } from '#profile/text/pprof-from-text.ts';
import { ArtifactUnreadable } from '../../errors.ts';
import { Capture, type CaptureKind } from '../../http/contract/index.ts';
import { silentLog } from '../../testing/silent-log.ts';
import { temporaryDirectory } from '../../testing/temp-directory.ts';
import { ConversionThreads } from '../conversion/conversion-threads.ts';
import { toFileName } from '../file-name.ts';
import { NOTHING_MEASURED } from '../new-capture.ts';
import { ProfileConverter } from './profile-converter.ts';
import type { ProfileForm } from './profile-forms.ts';

const HEAP_PROFILE = 'application/vnd.v8.heapprofile+json';
const PPROF = 'application/vnd.pprof+gzip';
const fixtures = new URL('../../../profile/fixtures/', import.meta.url);
const recordedHeaps = readdirSync(fixtures).filter((name) => name.endsWith('.heap.heapprofile'));

const threads = new ConversionThreads(silentLog);
const converter = new ProfileConverter(threads);
afterAll(() => threads[Symbol.asyncDispose]());

function captureOf(kind: CaptureKind, mediaType: string, options = {}) {
  const capture = Capture.parse({
    id: 'cap_00000000000000000000',
    kind,
    service: 'lobby',
    serviceVersion: '1.2.3',
    instanceId: 'lobby.0a1b2c3d4e',
    instanceName: 'lobby-0',
    thread: 'main',
    requestedAt: '2026-01-02T03:04:05.678Z',
    requestedBy: 'local',
    durationSeconds: 10,
    options,
    status: { state: 'complete', since: '2026-01-02T03:04:16.000Z' },
    ending: null,
    threadUnresponsive: false,
    price: null,
    cost: NOTHING_MEASURED,
    artifact: {
      mediaType,
      sizeBytes: 1,
      sha256: '0'.repeat(64),
      recordedSeconds: 10,
      endedBy: 'duration',
      endedReason: '',
      remarks: [],
      redacted: null,
      transferredBytes: null,
    },
    pinned: false,
    note: '',
    expiresAt: null,
  });
  if (capture.artifact === null) throw new Error('it was given one');
  return { capture, artifact: capture.artifact };
}

async function convert(
  kind: CaptureKind,
  mediaType: string,
  bytes: Uint8Array,
  options = {},
  form: ProfileForm = 'pprof',
) {
  const { capture, artifact } = captureOf(kind, mediaType, options);
  const path = join(temporaryDirectory(), 'artifact');
  writeFileSync(path, bytes);
  return await converter.convert(capture, artifact, form, path, AbortSignal.timeout(30_000));
}

describe('a heap profile as pprof', () => {
  test.each(recordedHeaps)('has the bytes of %s under the name that Go gives them', async (name) => {
    const recorded = readFileSync(new URL(name, fixtures));
    const packed = await convert('heap', HEAP_PROFILE, recorded, { intervalBytes: 16_384 });
    const profile = Profile.decode(gunzipSync(packed));
    const text = (index: number | bigint) => profile.stringTable.strings[Number(index)];
    expect(profile.sampleType.map(({ type, unit }) => `${text(type)}/${text(unit)}`)).toEqual([
      'samples/count',
      'inuse_space/bytes',
    ]);
    expect(text(profile.defaultSampleType)).toBe('inuse_space');
    expect(Number(profile.period)).toBe(16_384);
    const bytes = profile.sample.reduce((sum, { value }) => sum + Number(value[1]), 0);
    expect(bytes).toBe(sumOf(JSON.parse(recorded.toString()).head));
  });

  test('says that all of what was allocated is meant when it is', async () => {
    const recorded = readFileSync(new URL('node24.allocation.heapprofile', fixtures));
    const profile = gunzipSync(await convert('allocation', HEAP_PROFILE, recorded)).toString('latin1');
    expect(profile).toContain('alloc_space');
    expect(profile).not.toContain('inuse_space');
  });
});

describe('other forms', () => {
  const file = gzipSync(
    pprofFromText(
      'contentions/count delay/nanoseconds\nmain;wait@a.js:7 3 1200 type=network\nmain 1 9\nmain 1 1 type=timer',
    ),
  );
  const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

  test('have what the profile shows first, in its unit', async () => {
    expect(textOf(await convert('wait', PPROF, file, {}, 'collapsed'))).toBe(
      'main (app.js) 10\nmain (app.js);wait (a.js:7) 1200\n',
    );
    const speedscope = JSON.parse(textOf(await convert('wait', PPROF, file, {}, 'speedscope')));
    expect(speedscope.name).toBe('lobby');
    expect(speedscope.profiles).toMatchObject([{ unit: 'nanoseconds', weights: [10, 1200] }]);
  });

  test.each(['collapsed', 'speedscope'] as const)(
    'are refused in a sentence for damaged bytes (%s)',
    async (form) => {
      const attempt = convert('wait', PPROF, file.subarray(0, -9), {}, form);
      await expect(attempt).rejects.toThrow('does not unpack as gzip');
    },
  );

  test('are not to be had of what holds no samples', async () => {
    const attempt = convert(
      'trace',
      'application/vnd.chrome.trace+json',
      new Uint8Array(1),
      {},
      'speedscope',
    );
    await expect(attempt).rejects.toThrow('has no form for speedscope; Perfetto opens the artifact itself');
  });
});

describe('what is pprof already', () => {
  const file = gzipSync(pprofFromText('contentions/count delay/nanoseconds\nmain;wait 3 1200 type=network'));

  test.each(['wait', 'lock'] as const)('is handed on byte for byte (%s)', async (kind) => {
    expect(Buffer.from(await convert(kind, PPROF, file))).toEqual(file);
  });

  test.each<[string, Uint8Array, string]>([
    ['is not packed', gunzipSync(file), 'does not unpack as gzip'],
    ['was cut off', file.subarray(0, -9), 'does not unpack as gzip'],
    ['holds something else', gzipSync('{"nodes":[]}'), 'The profile is corrupt'],
    ['holds nothing', gzipSync(''), 'string_table is missing'],
  ])('is refused in a sentence when it %s', async (_, bytes, sentence) => {
    const attempt = convert('wait', PPROF, bytes);
    await expect(attempt).rejects.toThrow(ArtifactUnreadable);
    await expect(attempt).rejects.toThrow(sentence);
  });
});

test.each<[CaptureKind, string, string]>([
  ['heapsnapshot', 'application/vnd.v8.heapsnapshot+json', 'Chrome DevTools opens the artifact itself'],
  ['activity', 'application/vnd.opscenter.activity+json', 'the artifact itself is JSON'],
  ['trace', 'application/vnd.chrome.trace+json', 'Perfetto opens the artifact itself'],
])('%s has no pprof form, and the reason names what opens it', async (kind, mediaType, sentence) => {
  await expect(convert(kind, mediaType, new Uint8Array(1))).rejects.toThrow(sentence);
});

test.each<[CaptureKind, string, string]>([
  ['cpu', 'application/vnd.v8.cpuprofile+json', 'cpu-20260102T030405Z.cpuprofile'],
  ['heap', HEAP_PROFILE, 'heap-20260102T030405Z.heapprofile'],
  ['wait', PPROF, 'wait-20260102T030405Z.pb.gz'],
  ['activity', 'application/vnd.opscenter.activity+json', 'activity-20260102T030405Z.activity.json'],
  ['trace', 'application/vnd.chrome.trace+json', 'trace-20260102T030405Z.trace.json'],
  ['heapsnapshot', 'application/vnd.v8.heapsnapshot+json', 'heapsnapshot-20260102T030405Z.heapsnapshot'],
  ['cpu', 'text/html', 'cpu-20260102T030405Z.bin'],
])('a download of %s, %s, is called …-%s', (kind, mediaType, ending) => {
  const { capture, artifact } = captureOf(kind, mediaType);
  expect(toFileName(capture, artifact)).toBe(`lobby.0a1b2c3d4e-${ending}`);
});

interface HeapNode {
  selfSize: number;
  children: HeapNode[];
}

function sumOf({ selfSize, children }: HeapNode): number {
  return children.reduce((sum, child) => sum + sumOf(child), selfSize);
}
