import { open } from 'node:fs/promises';
import { mergeView, toOpenedProfile } from '../../app/_viewer/loading/merge-view.ts';
import type { MergedView, OpenedProfile, ViewChoice } from '../../app/_viewer/loading/protocol.ts';
import { findMatches } from '../../app/_viewer/search/function-search.ts';
import { toRegExp } from '../../app/_viewer/search/pattern-thread.ts';
import { findHits, isHit, searchedTexts } from '../../app/_viewer/search/searched-texts.ts';
import { CpuProfileReader } from '../../profile/cpuprofile/cpu-profile-reader.ts';
import { chooseProfile, ORIGIN, type Profile, type ProfileSet, toDiffTree } from '../../profile/index.ts';
import { answerParent } from '../harness/child.ts';
import { median } from '../harness/statistics.ts';

const CHUNK_BYTES = 4 << 20;
const EVERYTHING: ViewChoice = {
  thread: undefined,
  includeIdle: false,
  valueType: undefined,
  labels: [],
  timeRange: undefined,
  groupedBy: undefined,
  transforms: [],
  picture: 'calls',
  middle: undefined,
};

let set: ProfileSet;
let profile: Profile;
let opened: OpenedProfile;
let view: MergedView;

async function readSet(path: string): Promise<ProfileSet> {
  const reader = new CpuProfileReader();
  await using file = await open(path);
  for (let at = 0; ; ) {
    const { buffer, bytesRead } = await file.read(new Uint8Array(CHUNK_BYTES), 0, CHUNK_BYTES, at);
    if (bytesRead === 0) return reader.end();
    reader.push(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}

/** The median of `times`, after one that warms up. */
function timed(times: number, act: () => void): number {
  const spentMs: number[] = [];
  for (let time = 0; time <= times; time++) {
    const startedAt = performance.now();
    act();
    if (time > 0) spentMs.push(performance.now() - startedAt);
  }
  return median(spentMs);
}

answerParent({
  async load(path: string): Promise<{ readonly rows: number; readonly samples: number }> {
    set = await readSet(path);
    const shown = chooseProfile(set);
    profile = shown.profile;
    opened = toOpenedProfile(set, shown);
    view = mergeView(profile, EVERYTHING);
    return { rows: view.tree.length, samples: profile.samples.length };
  },
  /** The texts of all functions through an expression, and the calls of those found with their share. */
  regex: (times: number) =>
    timed(times, () => {
      const searched = searchedTexts(opened, '(anonymous)');
      const pattern = toRegExp('handle\\d*[05]Request|room-\\d7');
      const hits = findHits(searched.texts, (text) => pattern.test(text));
      findMatches(view.tree, profile.functions.length, (func) => isHit(searched, hits, func));
    }),
  /** All that the worker does when `node_modules` is hidden. */
  hide: (times: number) =>
    timed(times, () => {
      const frames = { by: 'origin', origin: ORIGIN.package } as const;
      mergeView(profile, { ...EVERYTHING, transforms: [{ kind: 'hide', frames }] });
    }),
  /** All that it does when the middle half of the recording is chosen. */
  range: (times: number) =>
    timed(times, () => {
      const micros = profile.recording.durationMicros ?? 0;
      const timeRange = { fromMicros: micros / 4, toMicros: (micros * 3) / 4 };
      mergeView(profile, { ...EVERYTHING, timeRange });
    }),
  async diff({ before, after, times }: { before: string; after: string; times: number }): Promise<number> {
    const [one, other] = [chooseProfile(await readSet(before)), chooseProfile(await readSet(after))];
    return timed(times, () => toDiffTree(one.profile, other.profile));
  },
});
