import type { ActivityFacts } from '../../../in-thread/activity/activity-tools.ts';
import type { LocatedFrame } from '../../../in-thread/stacks/frame-url.ts';
import type { StackMirror } from '../../../in-thread/stacks/stack-mirror.ts';
import { toJsonPieces } from '../cpu-profile.ts';
import type { ThreadActivity } from './thread-stacks.ts';

export interface ActivityParts {
  takenAtMs: number;
  threadId: string;
  threads: readonly ThreadActivity[];
  facts: ActivityFacts;
  stacks: StackMirror;
  remarks: readonly string[];
}

/** The artifact in pieces, in the form that `profile/activity/activity.ts` describes. */
export function toActivityPieces(parts: ActivityParts): Iterable<string> {
  const { facts, stacks } = parts;
  const followed = facts.groups.map(({ stack, subject, count, oldestMs, weight }) => ({
    type: facts.subjects[subject]?.type ?? 'other',
    resource: facts.subjects[subject]?.resource ?? '',
    stack: stacks.framesOf(stack).map((frame) => toPlace(stacks.frames[frame] as LocatedFrame)),
    count,
    oldestAgeMs: round(oldestMs),
    weight,
  }));
  const before = facts.before.map((operations) => ({
    ...operations,
    stack: null,
    oldestAgeMs: null,
    weight: 1,
  }));
  return toJsonPieces({
    version: 1,
    takenAtMs: parts.takenAtMs,
    watchedMs: round(facts.watchedMs),
    threadId: parts.threadId,
    threads: parts.threads.map((thread) => ({
      ...thread,
      stacks: thread.stacks.map(({ samples, frames }) => ({ samples, frames: frames.map(toPlace) })),
    })),
    operations: [...followed, ...before].sort((one, other) => other.count - one.count),
    handles: facts.handles,
    remarks: parts.remarks,
  });
}

function toPlace({ name, url, line, column }: LocatedFrame) {
  return { name, url, line, column };
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
