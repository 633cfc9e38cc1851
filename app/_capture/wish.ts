import type { CaptureKind, CaptureRequest, Instance, InstanceId } from '#contract';
import type { CaptureTarget } from './capture-context.tsx';
import { parseDuration, USUAL_DURATION, USUAL_INTERVAL_MICROS } from './offers.ts';

/** On whom: the busiest is chosen by the server at the moment of the request. */
export type Reach = 'busiest' | 'one' | 'selected' | 'all';

/** What stands in the capture dialog's form. */
export interface Wish {
  kind: CaptureKind | null;
  reach: Reach;
  /** For reach "one". */
  instanceId: InstanceId | null;
  /** As typed or chosen, in seconds. */
  duration: string;
  intervalMicros: number;
  thread: string;
  note: string;
}

export function initialWish(
  target: CaptureTarget,
  able: readonly Instance[],
  kind: CaptureKind | null,
): Wish {
  const chosen = target.instanceIds;
  return {
    kind,
    reach: chosen === null ? (able.length > 1 ? 'busiest' : 'one') : chosen.length === 1 ? 'one' : 'selected',
    instanceId: chosen?.length === 1 ? (chosen[0] ?? null) : (able[0]?.id ?? null),
    duration: String(target.durationSeconds ?? USUAL_DURATION),
    intervalMicros: USUAL_INTERVAL_MICROS,
    thread: target.thread ?? 'main',
    note: '',
  };
}

/** The requests that the wish comes to; none while it is not complete. */
export function requestsOf(
  wish: Wish,
  target: Pick<CaptureTarget, 'service' | 'instanceIds'>,
  able: readonly Pick<Instance, 'id'>[],
): CaptureRequest[] {
  const durationSeconds = parseDuration(wish.duration);
  if (wish.kind === null || durationSeconds === undefined) return [];
  const common = {
    kind: wish.kind,
    durationSeconds,
    thread: wish.reach === 'one' ? wish.thread : 'main',
    options: { intervalMicros: wish.intervalMicros },
    note: wish.note.trim(),
  };
  const isAble = (id: InstanceId) => able.some((instance) => instance.id === id);
  switch (wish.reach) {
    case 'busiest':
      return able.length > 0 ? [{ service: target.service, ...common }] : [];
    case 'one':
      return wish.instanceId !== null && isAble(wish.instanceId)
        ? [{ instanceId: wish.instanceId, ...common }]
        : [];
    case 'selected':
      return (target.instanceIds ?? []).filter(isAble).map((instanceId) => ({ instanceId, ...common }));
    case 'all':
      return able.map(({ id }) => ({ instanceId: id, ...common }));
  }
}
