import { describe, expect, it } from 'vitest';
import { toLabelFacets } from '#profile/index.ts';
import { cpuProfileFromText } from '#profile/text/profile-from-text.ts';
import { openSeveral } from './open-several.ts';
import type { PartProgress } from './protocol.ts';
import { readSeveral } from './read-several.ts';

const fileOf = (name: string, text: string) => ({
  from: 'file' as const,
  file: new File([text], name),
  fileName: name,
  sizeBytes: text.length,
});
const profileOf = (drawing: string) => JSON.stringify(cpuProfileFromText(drawing));

describe('several profiles that are read', () => {
  it('come one after the other, and one that cannot be read costs the others nothing', async () => {
    const told: string[] = [];
    const { read, failures } = await readSeveral(
      [
        fileOf('a.cpuprofile', profileOf('main  main')),
        fileOf('broken.cpuprofile', '{"nodes": [{'),
        fileOf('empty.cpuprofile', ''),
        fileOf('b.cpuprofile', profileOf('main')),
      ],
      (index, { state }: PartProgress) => told.push(`${index} ${state}`),
    );
    expect(read.map(({ index, profile }) => [index, profile.samples.length])).toEqual([
      [0, 2],
      [3, 1],
    ]);
    expect(failures.map(({ index, failure }) => [index, failure.kind])).toEqual([
      [1, 'unreadable'],
      [2, 'empty-file'],
    ]);
    const ends = told.filter((line) => !line.endsWith('reading'));
    expect(ends).toEqual(['0 read', '1 failed', '2 failed', '3 read']);
  });
});

const artifactOf = (text: string) => ({
  from: 'artifact' as const,
  sourceUrl: '',
  capturedAt: '',
  artifactUrl: `data:application/json,${encodeURIComponent(text)}`,
  mediaType: 'application/vnd.v8.cpuprofile+json',
  kind: 'cpu',
  sizeBytes: text.length,
  fileName: 'a.cpuprofile',
});
const partOf = (name: string, text: string) => ({ name, source: artifactOf(text) });

describe('several captures that are opened as one profile', () => {
  const row = (frame: string, count: number) => Array(count).fill(frame).join('  ');
  const several = (parts: ReturnType<typeof partOf>[]) => ({
    from: 'several' as const,
    parts,
    label: 'instance',
    kind: 'cpu',
    sourceUrl: undefined,
    capturedAt: '',
    fileName: '',
  });

  it('tell of each sample which it is from, which is odd, and what they do without', async () => {
    const usual = profileOf(row('play', 40));
    const parts = [
      partOf('a', usual),
      partOf('b', '{'),
      partOf('c', profileOf(`${row('play', 10)}  ${row('spin', 30)}`)),
      partOf('d', usual),
    ];
    const opened = await openSeveral(several(parts), () => {});
    if ('kind' in opened) throw new Error(opened.kind);
    const { set, merged } = opened;
    const [facet] = toLabelFacets(set.profiles[0]?.profile ?? raise());
    expect(facet?.key).toBe('instance');
    expect(facet?.values.map(({ value }) => value).toSorted()).toEqual(['a', 'c', 'd']);
    expect(merged.failures.map(({ index }) => index)).toEqual([1]);
    const names = merged.ranking.map(({ index }) => parts[merged.read[index] ?? -1]?.name);
    expect(names[0]).toBe('c');
    // Beside the odd one they would look odd, too.
    expect(merged.ranking.slice(1).map(({ outlier }) => outlier.distance)).toEqual([0, 0]);
  });

  it('fail as the first of them where none can be read', async () => {
    const opened = await openSeveral(several([partOf('a', '{'), partOf('b', '')]), () => {});
    expect(opened).toMatchObject({ kind: 'unreadable' });
  });
});

function raise(): never {
  throw new Error('there is no profile');
}
