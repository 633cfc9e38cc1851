import { describe, expect, test } from 'vitest';
import { toCallTree } from '../call-tree/call-tree.ts';
import { ProfileError } from '../errors.ts';
import { encodeCollapsed } from '../export/encode-collapsed.ts';
import type { ProfileSet } from '../model/profile-set.ts';
import { openProfile } from '../open-profile.ts';
import { SNIFFED_BYTES, sniffProfile } from '../sniff/sniff-profile.ts';
import { unpackGzip } from '../unpack/unpack-gzip.ts';
import { hostileFiles } from './hostile-files.ts';

const CHUNK = 64 * 1024;

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.slice(at, at + CHUNK);
}

/** As the viewer opens a file of anyone's, with less memory to give. */
async function open(name: string, bytes: Uint8Array): Promise<ProfileSet> {
  const { mediaType } = await sniffProfile(bytes.subarray(0, SNIFFED_BYTES), name);
  const format = openProfile({ mediaType, kind: 'heap' }, { maxSamples: 2_000_000, maxNodes: 1_000_000 });
  if (format === undefined) throw new Error(`${mediaType} has no reader`);
  const chunks = format.isGzip ? unpackGzip(chunksOf(bytes)) : chunksOf(bytes);
  for await (const chunk of chunks) format.reader.push(chunk);
  return format.reader.end();
}

const files = await hostileFiles();

describe('a hostile file', () => {
  test('is one of more than two hundred, each of a name of its own', () => {
    expect(files.length).toBeGreaterThan(200);
    expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
  });

  test.each(files)(
    '$name gives a profile, or a sentence that is fit to be shown',
    async ({ name, bytes }) => {
      try {
        const { profiles } = await open(name, bytes);
        expect(profiles.length).toBeGreaterThan(0);
        for (const { profile } of profiles.slice(0, 3)) {
          const tree = toCallTree(profile, { includeIdle: true });
          expect(tree.self.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
          for (const _ of encodeCollapsed(tree, profile)) break;
        }
      } catch (error) {
        if (!(error instanceof ProfileError)) throw error;
        expect(error.message).toMatch(/^The (profile|file) [^\p{Cc}\p{Cf}<>]{5,400}\.$/u);
      }
    },
  );
});

describe('what can be opened of them', () => {
  test.each([
    'name-of-markup.cpuprofile',
    'name-of-long-name.folded',
    'with-a-byte-order-mark.cpuprofile',
    'with-a-byte-order-mark.folded',
    'thousand-threads.trace.json',
    'nine-hundred-profiles-of-one-name.speedscope.json',
    'duration-without-end.trace.json',
    'stack-at-the-limit.heapprofile',
    'arguments-of-all-kinds.trace.json',
  ])('%s is opened', async (name) => {
    const file = files.find((each) => each.name === name);
    if (file === undefined) throw new Error('there is no such file');
    expect((await open(file.name, file.bytes)).profiles.length).toBeGreaterThan(0);
  });
});
