import type { CaptureKind, CaptureOptions, CaptureRequestBody, Instance, InstanceId } from '#contract';
import type { CaptureTarget } from './capture-context.tsx';
import {
  NO_BUDGET,
  parseBudget,
  parseDuration,
  type TypedBudget,
  USUAL_DURATION,
  USUAL_INTERVAL_BYTES,
  USUAL_INTERVAL_MICROS,
} from './choices.ts';
import { looksOnce, optionOf } from './kinds.ts';
import { capabilityOf } from './offers.ts';

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
  intervalBytes: number;
  keepStrings: boolean;
  /** One in so many; null for the agent's choice. */
  sampleEvery: number | null;
  /** null for the usual ones. */
  categories: readonly string[] | null;
  /** To what the instances say that it does to them. */
  hasConsent: boolean;
  budget: TypedBudget;
  thread: string;
  note: string;
}

export function initialWish(
  target: CaptureTarget,
  able: readonly Instance[],
  kind: CaptureKind | null,
): Wish {
  const chosen = target.instanceIds;
  const { intervalMicros, intervalBytes, sampleEvery, categories } = target.options ?? {};
  return {
    kind,
    reach: chosen === null ? (able.length > 1 ? 'busiest' : 'one') : chosen.length === 1 ? 'one' : 'selected',
    instanceId: chosen?.length === 1 ? (chosen[0] ?? null) : (able[0]?.id ?? null),
    duration: String(target.durationSeconds || USUAL_DURATION),
    intervalMicros: intervalMicros ?? USUAL_INTERVAL_MICROS,
    intervalBytes: intervalBytes ?? USUAL_INTERVAL_BYTES,
    sampleEvery: sampleEvery ?? null,
    categories: categories ?? null,
    // Neither is taken over from another capture: each time somebody has to mean it.
    keepStrings: false,
    hasConsent: false,
    budget: NO_BUDGET,
    thread: target.thread ?? 'main',
    note: '',
  };
}

/** Consent is to one kind on certain instances: whoever changes one of them has not agreed yet. */
export function changeWish(wish: Wish, part: Partial<Wish>): Wish {
  const isElsewhere = 'kind' in part || 'reach' in part || 'instanceId' in part;
  return { ...wish, ...(isElsewhere && { hasConsent: false }), ...part };
}

type WishTarget = Pick<CaptureTarget, 'service' | 'instanceIds'>;

/**
 * Of those who can take the kind, the ones that the wish is about; for "busiest" any of them, but that the server takes
 * one that need not stop for it before one that has to.
 */
export function inReach(wish: Wish, target: WishTarget, able: readonly Instance[]): Instance[] {
  switch (wish.reach) {
    case 'busiest': {
      const unhurt = able.filter((instance) => !needsConsent(instance, wish.kind));
      return unhurt.length > 0 ? unhurt : [...able];
    }
    case 'all':
      return [...able];
    case 'one':
      return able.filter(({ id }) => id === wish.instanceId);
    case 'selected':
      return able.filter(({ id }) => target.instanceIds?.includes(id));
  }
}

/** What has to be agreed to before it may begin, with who says so; empty when nobody is stopped. */
export function consentsOf(
  wish: Wish,
  target: WishTarget,
  able: readonly Instance[],
): { sentence: string; instances: Instance[] }[] {
  if (wish.kind === null) return [];
  const sentences = new Map<string, Instance[]>();
  for (const instance of inReach(wish, target, able)) {
    const sentence = capabilityOf(instance, wish.kind)?.needsConsent;
    if (sentence) sentences.set(sentence, [...(sentences.get(sentence) ?? []), instance]);
  }
  return [...sentences].map(([sentence, instances]) => ({ sentence, instances }));
}

/** The requests that the wish comes to; none while it is not complete. */
export function requestsOf(wish: Wish, target: WishTarget, able: readonly Instance[]): CaptureRequestBody[] {
  const { kind } = wish;
  if (kind === null) return [];
  const durationSeconds = looksOnce(kind) ? undefined : parseDuration(wish.duration);
  const options = optionsOf(wish, kind);
  if (options === undefined || (durationSeconds === undefined && !looksOnce(kind))) return [];
  const consents = consentsOf(wish, target, able);
  if (consents.length > 0 && !wish.hasConsent) return [];
  const request = (thread: string, isConsented: boolean) => ({
    kind,
    ...(durationSeconds !== undefined && { durationSeconds }),
    thread,
    options: isConsented ? { ...options, consentToPause: true } : options,
    note: wish.note.trim(),
  });
  if (wish.reach === 'busiest')
    return able.length > 0 ? [{ service: target.service, ...request('main', consents.length > 0) }] : [];
  return inReach(wish, target, able).map((instance) => {
    const isMainOnly = wish.reach !== 'one' || capabilityOf(instance, kind)?.mainThreadOnlyReason != null;
    const thread = isMainOnly ? 'main' : wish.thread;
    return { instanceId: instance.id, ...request(thread, needsConsent(instance, kind)) };
  });
}

function needsConsent(instance: Instance, kind: CaptureKind | null): boolean {
  return kind !== null && (capabilityOf(instance, kind)?.needsConsent ?? null) !== null;
}

/** undefined while something in it cannot be asked for. */
function optionsOf(wish: Wish, kind: CaptureKind): CaptureOptions | undefined {
  const budget = parseBudget(wish.budget);
  if (budget === undefined) return undefined;
  const name = optionOf(kind);
  const value = name === undefined ? null : wish[name];
  return {
    ...(name !== undefined && value !== null && value !== false && { [name]: value }),
    ...(Object.keys(budget).length > 0 && { budget }),
  };
}
