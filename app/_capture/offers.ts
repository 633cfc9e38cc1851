import type { CaptureCapability, CaptureKind, CapturePrice, Instance } from '#contract';

export interface Offer {
  kind: CaptureKind;
  /** Who can take it. */
  able: Instance[];
  /** Of those who can, the highest of each figure: a price is better over- than understated. */
  price: CapturePrice;
}

export interface Refusal {
  kind: CaptureKind;
  reasons: string[];
}

/** What the given instances offer between them. A kind is refused when none of them can take it. */
export function offersOf(instances: readonly Instance[]): { offers: Offer[]; refusals: Refusal[] } {
  const offers = new Map<CaptureKind, Offer>();
  const refusals = new Map<CaptureKind, Set<string>>();
  for (const instance of instances) {
    for (const capability of instance.captures) {
      if (capability.available && instance.connection.state === 'connected')
        offers.set(capability.kind, withInstance(offers.get(capability.kind), instance, capability));
      else if (!capability.available)
        refusals.set(
          capability.kind,
          (refusals.get(capability.kind) ?? new Set<string>()).add(capability.reason),
        );
    }
  }
  return {
    offers: [...offers.values()],
    refusals: [...refusals]
      .filter(([kind]) => !offers.has(kind))
      .map(([kind, reasons]) => ({ kind, reasons: [...reasons] })),
  };
}

function withInstance(
  offer: Offer | undefined,
  instance: Instance,
  { kind, price }: Extract<CaptureCapability, { available: true }>,
): Offer {
  if (offer === undefined) return { kind, price, able: [instance] };
  return {
    kind,
    able: [...offer.able, instance],
    price: {
      startPauseMs: highest(offer.price.startPauseMs, price.startPauseMs),
      throughputLoss: highest(offer.price.throughputLoss, price.throughputLoss),
      memoryBytes: highest(offer.price.memoryBytes, price.memoryBytes),
      cpuCores: highest(offer.price.cpuCores, price.cpuCores),
      artifactBytes: highest(offer.price.artifactBytes, price.artifactBytes),
    },
  };
}

function highest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

export const DURATIONS = [5, 10, 30, 60] as const;
export const LEAST_DURATION = 1;
export const MOST_DURATION = 3600;
export const INTERVALS_MICROS = [100, 250, 500, 1000, 5000] as const;
export const USUAL_DURATION = 10;
export const USUAL_INTERVAL_MICROS = 1000;

/** Whole or broken seconds as typed, with a comma or a point; undefined when it is no duration that can be asked for. */
export function parseDuration(typed: string): number | undefined {
  if (!/^\d{1,4}([.,]\d{1,2})?$/.test(typed.trim())) return undefined;
  const seconds = Number(typed.trim().replace(',', '.'));
  return seconds >= LEAST_DURATION && seconds <= MOST_DURATION ? seconds : undefined;
}
