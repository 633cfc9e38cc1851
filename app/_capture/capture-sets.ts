import type { Capture, CaptureId, CaptureKind } from '#contract';
import { isCaptureId } from '../_data/ids.ts';
import { isSampled } from './kinds.ts';

/** So many captures are read together at most: their profiles are in the memory of one browser at the same time. */
export const MOST_TOGETHER = 32;

/** Whether captures can be put beside each other, or into one: they must have sampled the same kind of thing. */
export type Together =
  | { readonly state: 'able'; readonly kind: CaptureKind }
  | { readonly state: 'not-sampled'; readonly kind: CaptureKind }
  | { readonly state: 'unlike'; readonly kinds: readonly CaptureKind[] }
  /** So many have no artifact: they are under way, failed, or were cancelled. */
  | { readonly state: 'incomplete'; readonly count: number }
  | { readonly state: 'too-many'; readonly count: number }
  | { readonly state: 'too-few' };

export function togetherOf(captures: readonly Capture[]): Together {
  const [first] = captures;
  if (first === undefined || captures.length < 2) return { state: 'too-few' };
  const unsampled = captures.find(({ kind }) => !isSampled(kind));
  if (unsampled !== undefined) return { state: 'not-sampled', kind: unsampled.kind };
  const kinds = [...new Set(captures.map(({ kind }) => kind))];
  if (kinds.length > 1) return { state: 'unlike', kinds };
  const incomplete = captures.filter(({ artifact }) => artifact === null).length;
  if (incomplete > 0) return { state: 'incomplete', count: incomplete };
  if (captures.length > MOST_TOGETHER) return { state: 'too-many', count: captures.length };
  return { state: 'able', kind: first.kind };
}

/** The earlier one is what was before. */
export function inOrderOfTime(captures: readonly Capture[]): Capture[] {
  return captures.toSorted((a, b) => a.requestedAt.localeCompare(b.requestedAt) || a.id.localeCompare(b.id));
}

/** In what a capture differs from another one, the most telling first; none when it is of the same thing at another time. */
export function differencesOf(
  capture: Capture,
  other: Capture,
): ('service' | 'version' | 'instance' | 'thread')[] {
  const differs = {
    service: capture.service !== other.service,
    version: capture.service === other.service && capture.serviceVersion !== other.serviceVersion,
    instance: capture.instanceId !== other.instanceId,
    thread: capture.thread !== other.thread,
  };
  return (['service', 'version', 'instance', 'thread'] as const).filter((name) => differs[name]);
}

/** What a capture can be compared with, in the order in which it is likely meant: its service first, the newest first. */
export function comparableWith(capture: Capture, captures: readonly Capture[]): Capture[] {
  const found = captures.filter(
    (other) => other.id !== capture.id && togetherOf([capture, other]).state === 'able',
  );
  const isSame = (other: Capture) => (other.service === capture.service ? 0 : 1);
  return found.sort((a, b) => isSame(a) - isSame(b) || b.requestedAt.localeCompare(a.requestedAt));
}

/** Captures that were started together: of one kind, and each of another instance; undefined where there are not two. */
export function startedTogether(captures: readonly Capture[]): Capture[] | undefined {
  const byKind = Map.groupBy(
    captures.filter(
      ({ kind, status }) => isSampled(kind) && status.state !== 'failed' && status.state !== 'cancelled',
    ),
    ({ kind }) => kind,
  );
  const ofInstances = [...byKind.values()].map((group) => [
    ...new Map(inOrderOfTime(group).map((capture) => [capture.instanceId, capture])).values(),
  ]);
  const largest = ofInstances.sort((a, b) => b.length - a.length)[0];
  return largest !== undefined && largest.length > 1 ? largest : undefined;
}

/** A side may be several captures, which are merged. */
export function compareHref(before: readonly CaptureId[], after: readonly CaptureId[]): string {
  return `/compare?before=${before.join(',')}&after=${after.join(',')}`;
}

/** Where one chooses what to compare a capture with. */
export const compareWithHref = (id: CaptureId): string => `/compare?of=${id}`;

export const mergeHref = (ids: readonly CaptureId[]): string => `/merge?captures=${ids.join(',')}`;

/** The ids in a part of an address, each once; what can be none is left out. */
export function parseCaptureIds(text: string | null): CaptureId[] {
  return [...new Set((text ?? '').split(','))].filter(isCaptureId);
}
