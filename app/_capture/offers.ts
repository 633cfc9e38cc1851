import type { CaptureBudget, CaptureCapability, CaptureKind, CapturePrice, Instance } from '#contract';
import { KINDS } from './kinds.ts';

export type AvailableCapability = Extract<CaptureCapability, { available: true }>;

export interface Offer {
  kind: CaptureKind;
  /** Who can take it. */
  able: Instance[];
  /** Of those who can, the highest of each figure: a price is better over- than understated. */
  price: CapturePrice;
  /** Of those who can, the lowest of each: what ends the first of them. */
  budget: CaptureBudget;
  /** Why only main threads can be recorded, of the first that says so. */
  mainThreadOnlyReason: string | null;
  /** What the agents say of it, each sentence once. */
  remarks: string[];
}

export interface Refusal {
  kind: CaptureKind;
  reasons: string[];
  /** The kind that answers much the same question and is offered. */
  instead: CaptureKind | null;
}

/** What the given instances offer between them. A kind is refused when none of them can take it. */
export function offersOf(instances: readonly Instance[]): { offers: Offer[]; refusals: Refusal[] } {
  const offers = new Map<CaptureKind, Offer>();
  const refusals = new Map<CaptureKind, Refusal>();
  for (const instance of instances) {
    for (const capability of instance.captures) {
      const { kind } = capability;
      if (!capability.available) refusals.set(kind, withReason(refusals.get(kind), capability));
      else if (instance.connection.state === 'connected')
        offers.set(kind, withInstance(offers.get(kind), instance, capability));
    }
  }
  return {
    offers: KINDS.flatMap((kind) => offers.get(kind) ?? []),
    refusals: KINDS.flatMap((kind) => (offers.has(kind) ? [] : (refusals.get(kind) ?? []))).map(
      (refusal) => ({
        ...refusal,
        instead: refusal.instead !== null && offers.has(refusal.instead) ? refusal.instead : null,
      }),
    ),
  };
}

/** What the instance says of the kind, when it can take it. */
export function capabilityOf(instance: Instance, kind: CaptureKind): AvailableCapability | undefined {
  return instance.captures.find(
    (capability): capability is AvailableCapability => capability.available && capability.kind === kind,
  );
}

function withReason(
  refusal: Refusal | undefined,
  { kind, reason, instead }: Extract<CaptureCapability, { available: false }>,
): Refusal {
  const reasons = refusal?.reasons ?? [];
  return {
    kind,
    reasons: reasons.includes(reason) ? reasons : [...reasons, reason],
    instead: refusal?.instead ?? instead,
  };
}

function withInstance(
  offer: Offer | undefined,
  instance: Instance,
  { kind, price, budget, mainThreadOnlyReason, remarks }: AvailableCapability,
): Offer {
  if (offer === undefined) return { kind, price, budget, mainThreadOnlyReason, remarks, able: [instance] };
  return {
    kind,
    able: [...offer.able, instance],
    mainThreadOnlyReason: offer.mainThreadOnlyReason ?? mainThreadOnlyReason,
    remarks: [...new Set([...offer.remarks, ...remarks])],
    price: {
      startPauseMs: highest(offer.price.startPauseMs, price.startPauseMs),
      endPauseMs: highest(offer.price.endPauseMs, price.endPauseMs),
      throughputLoss: highest(offer.price.throughputLoss, price.throughputLoss),
      memoryBytes: highest(offer.price.memoryBytes, price.memoryBytes),
      cpuCores: highest(offer.price.cpuCores, price.cpuCores),
      artifactBytes: highest(offer.price.artifactBytes, price.artifactBytes),
    },
    budget: lowestOfEach(offer.budget, budget),
  };
}

function highest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

function lowestOfEach(a: CaptureBudget, b: CaptureBudget): CaptureBudget {
  const lowest: CaptureBudget = { ...a };
  for (const name of ['pauseMs', 'threadShare', 'cpuCores', 'memoryBytes'] as const) {
    const value = Math.min(a[name] ?? Number.POSITIVE_INFINITY, b[name] ?? Number.POSITIVE_INFINITY);
    if (Number.isFinite(value)) lowest[name] = value;
  }
  return lowest;
}
