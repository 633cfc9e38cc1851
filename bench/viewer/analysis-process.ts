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

/** In turns: what was asked last is kept, so that asking it again would measure nothing. */
const HIDDEN: readonly (readonly Transform[])[] = [ORIGIN.package, ORIGIN.runtime].map((origin) => [
  { kind: 'hide', frames: { by: 'origin', origin } },
]);

function hidden(time: number): readonly Transform[] {
  return HIDDEN[time % HIDDEN.length] ?? [];
}

let set: ProfileSet;
let profile: Profile;
let opened: OpenedProfile;
let view: MergedView;

/** Half the time, each time from another moment on. */
function half(time: number): TimeRange {
  const micros = profile.recording.durationMicros ?? 0;
  const fromMicros = (micros * (1 + ((time * 3) % 8))) / 20;
  return { fromMicros, toMicros: fromMicros + micros / 2 };
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
  /** The first time, when nothing had been compiled or kept. */
  readonly firstMs: number;
}

/** The median of `times`, after a first. */
function timed(times: number, act: (time: number) => void): Spent {
  const spent: Omit<Spent, 'firstMs'>[] = [];
  for (let time = 0; time <= times; time++) {
    const startedAt = performance.now();
    const before = process.cpuUsage();
    act(time);
    const { user, system } = process.cpuUsage(before);
    spent.push({ ms: performance.now() - startedAt, cpuMs: (user + system) / 1000 });
  }
  const [first, ...others] = spent;
  return {
    ms: median(others.map(({ ms }) => ms)),
    cpuMs: median(others.map(({ cpuMs }) => cpuMs)),
    firstMs: first?.ms ?? 0,
  };
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
  /** The calls without those of packages, or of Node.js. */
  hide: (times: number) => timed(times, (time) => toCallTree(profile, { transforms: hidden(time) })),
  /** Those of half of the recording. */
  range: (times: number) => timed(times, (time) => toCallTree(profile, { timeRange: half(time) })),
  /** All that the worker does for the two: calls, functions and where every box is. */
  hideView: (times: number) =>
    timed(times, (time) => mergeView(profile, { ...EVERYTHING, transforms: hidden(time) })),
  rangeView: (times: number) =>
    timed(times, (time) => mergeView(profile, { ...EVERYTHING, timeRange: half(time) })),
  async diff({ before, after, times }: { before: string; after: string; times: number }): Promise<Spent> {
    const [one, other] = [chooseProfile(await readSet(before)), chooseProfile(await readSet(after))];
    return timed(times, () => toDiffTree(one.profile, other.profile));
  },
});
