import type { StackPart } from '../stacks/stack-table.ts';
import { renew, switchOff, switchOn } from '../switchboard.ts';
import { WaitRecorder } from './wait-recorder.ts';
import type { WaitSubject, WaitSum } from './wait-sums.ts';

/** How far a reader has got. */
export interface WaitCursor {
  frames: number;
  stacks: number;
  subjects: number;
}

/** What is new since the reader's cursor, in pieces that are handed over in little time. */
export interface WaitPart {
  stacks: StackPart;
  subjects: WaitSubject[];
  sums: WaitSum[];
  /** There is more to be had at once. */
  isMore: boolean;
  facts: WaitFacts;
}

export interface WaitFacts {
  recordedMs: number;
  /** Part of the thread's time since the start that recording took. */
  threadShare: number;
  followed: number;
  /** Operations that were not followed although it was their turn. */
  dropped: number;
  /** Stacks that were not told apart. */
  untold: number;
  /** One in so many was followed, at least and at most. */
  least: number;
  most: number;
}

const mostFrames = 400;
const mostSums = 1_500;

interface Recording {
  recorder: WaitRecorder;
  endedAfterMs: number | undefined;
}

let recording: Recording | undefined;

/** @param sampleEvery 0 to have the rate follow the load */
export function startWaits(sampleEvery: number): void {
  const begun: Recording = { recorder: new WaitRecorder('wait', sampleEvery), endedAfterMs: undefined };
  switchOn('wait', () => {
    begun.recorder[Symbol.dispose]();
    if (recording === begun) recording = undefined;
  });
  recording = begun;
}

/** Null when nothing is recorded any more. */
export function drainWaits(cursor: WaitCursor): WaitPart | null {
  if (!recording || !renew('wait')) return null;
  const { recorder } = recording;
  recorder.sweep();
  const stacks = recorder.stacks.partFrom(cursor.frames, cursor.stacks, mostFrames);
  const isBehind = stacks.frames.length === mostFrames || stacks.callerOf.length === mostFrames;
  const subjects = recorder.sums.subjectsFrom(cursor.subjects);
  const sums = isBehind ? [] : recorder.sums.take(mostSums);
  const isMore = isBehind || recorder.sums.size > 0;
  return { stacks, subjects, sums, isMore, facts: factsOf(recording) };
}

/** Nothing is followed from now on. What is left is to be drained; then everything is to be forgotten. */
export function endWaits(): void {
  if (!recording) return;
  recording.endedAfterMs ??= performance.now() - recording.recorder.sinceMs;
  recording.recorder[Symbol.dispose]();
}

export function forgetWaits(): void {
  switchOff('wait');
}

function factsOf({ recorder, endedAfterMs }: Recording): WaitFacts {
  const { clock, followed, dropped, stacks, rate, sinceMs } = recorder;
  const { least, most } = rate.range;
  return {
    recordedMs: endedAfterMs ?? performance.now() - sinceMs,
    threadShare: clock.share,
    followed,
    dropped,
    untold: stacks.untold,
    least,
    most,
  };
}
