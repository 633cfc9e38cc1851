import { open } from 'node:fs/promises';
import { mergeView, toOpenedProfile } from '../../app/_viewer/loading/merge-view.ts';
import type { MergedView, OpenedProfile, ViewChoice } from '../../app/_viewer/loading/protocol.ts';
import { findMatches } from '../../app/_viewer/search/function-search.ts';
import { toRegExp } from '../../app/_viewer/search/pattern-thread.ts';
import { findHits, isHit, searchedTexts } from '../../app/_viewer/search/searched-texts.ts';
import { CpuProfileReader } from '../../profile/cpuprofile/cpu-profile-reader.ts';
import {
  chooseProfile,
  ORIGIN,
  type Profile,
  type ProfileSet,
  type TimeRange,
  type Transform,
  toCallTree,
  toDiffTree,
} from '../../profile/index.ts';
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

const HIDDEN_PACKAGES: readonly Transform[] = [
  { kind: 'hide', frames: { by: 'origin', origin: ORIGIN.package } },
];

let set: ProfileSet;
let profile: Profile;
let opened: OpenedProfile;
let view: MergedView;

function middleHalf(): TimeRange {
  const micros = profile.recording.durationMicros ?? 0;
  return { fromMicros: micros / 4, toMicros: (micros * 3) / 4 };
}

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

/** How long something took; `cpuMs` is the same without what others took of the cores, and with what the garbage collector did beside. */
export interface Spent {
  readonly ms: number;
  readonly cpuMs: number;
}

/** The median of `times`, after one that warms up. */
function timed(times: number, act: () => void): Spent {
  const spent: Spent[] = [];
  for (let time = 0; time <= times; time++) {
    const startedAt = performance.now();
    const before = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(before);
    if (time > 0) spent.push({ ms: performance.now() - startedAt, cpuMs: (user + system) / 1000 });
  }
  return { ms: median(spent.map(({ ms }) => ms)), cpuMs: median(spent.map(({ cpuMs }) => cpuMs)) };
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
  /** The calls without those of `node_modules`. */
  hide: (times: number) => timed(times, () => toCallTree(profile, { transforms: HIDDEN_PACKAGES })),
  /** Those of the middle half of the recording. */
  range: (times: number) => timed(times, () => toCallTree(profile, { timeRange: middleHalf() })),
  /** All that the worker does for the two: calls, functions and where every box is. */
  hideView: (times: number) =>
    timed(times, () => mergeView(profile, { ...EVERYTHING, transforms: HIDDEN_PACKAGES })),
  rangeView: (times: number) =>
    timed(times, () => mergeView(profile, { ...EVERYTHING, timeRange: middleHalf() })),
  async diff({ before, after, times }: { before: string; after: string; times: number }): Promise<Spent> {
    const [one, other] = [chooseProfile(await readSet(before)), chooseProfile(await readSet(after))];
    return timed(times, () => toDiffTree(one.profile, other.profile));
  },
});
