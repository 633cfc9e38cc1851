import type { StackPart } from '../stacks/stack-table.ts';
import { renew, switchOff, switchOn } from '../switchboard.ts';
import { type PendingGroup, WaitRecorder } from '../wait/wait-recorder.ts';
import type { WaitSubject } from '../wait/wait-sums.ts';
import { type HandleGroup, readActiveHandles } from './active-handles.ts';
import { type OperationsBefore, readOperationsBefore } from './operations-before.ts';

/** What was pending at the end of the watch. */
export interface ActivityFacts {
  watchedMs: number;
  threadShare: number;
  subjects: WaitSubject[];
  /** The most numerous ones. */
  groups: PendingGroup[];
  leftOut: number;
  before: OperationsBefore[];
  handles: HandleGroup[];
  /** One in so many operations was followed, at most. */
  most: number;
  dropped: number;
}

export interface ActivityPart {
  stacks: StackPart;
  /** When all stacks are handed over. */
  facts: ActivityFacts | null;
}

const mostFrames = 400;
const mostGroups = 2_000;

interface Watch {
  recorder: WaitRecorder;
  facts: ActivityFacts | undefined;
}

let watch: Watch | undefined;

export function startActivity(): void {
  const begun: Watch = { recorder: new WaitRecorder('activity', 0), facts: undefined };
  switchOn('activity', () => {
    begun.recorder[Symbol.dispose]();
    if (watch === begun) watch = undefined;
  });
  watch = begun;
}

/** Says that it is still wanted. @returns part of the thread's time that it takes, or -1 when it has been switched off */
export function renewActivity(): number {
  return watch && renew('activity') ? watch.recorder.clock.share : -1;
}

/** Looks at what is pending now, and follows nothing any more. */
export function endActivity(): void {
  if (!watch || watch.facts) return;
  const { recorder } = watch;
  const groups = recorder.pending().sort((one, other) => other.count - one.count);
  const subjects = recorder.sums.subjectsFrom(0);
  const before = readOperationsBefore(countByResource(groups, subjects));
  watch.facts = {
    watchedMs: performance.now() - recorder.sinceMs,
    threadShare: recorder.clock.share,
    subjects,
    groups: groups.slice(0, mostGroups),
    leftOut: Math.max(0, groups.length - mostGroups),
    before,
    handles: readActiveHandles(countTimers()),
    most: recorder.rate.range.most,
    dropped: recorder.dropped,
  };
  recorder[Symbol.dispose]();
}

/** The stacks in pieces, what is pending with the last of them. Null when nothing is watched any more. */
export function readActivity(frames: number, stacks: number): ActivityPart | null {
  if (!watch?.facts || !renew('activity')) return null;
  const part = watch.recorder.stacks.partFrom(frames, stacks, mostFrames);
  const isMore = part.frames.length === mostFrames || part.callerOf.length === mostFrames;
  return { stacks: part, facts: isMore ? null : watch.facts };
}

export function forgetActivity(): void {
  switchOff('activity');
}

function countByResource(groups: PendingGroup[], subjects: WaitSubject[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { subject, count } of groups) {
    const resource = subjects[subject]?.resource ?? '';
    counts.set(resource, (counts.get(resource) ?? 0) + count);
  }
  return counts;
}

function countTimers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}
