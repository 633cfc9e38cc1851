import { durationMs } from '@bufbuild/protobuf/wkt';
import type { CaptureBudget } from '../../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { InvalidRequest } from '../../../errors.ts';
import type { CaptureCeiling } from '../../../thread-contract.ts';
import type { CaptureBudgetFacts, CaptureCapabilityFacts, CapturePriceFacts } from '../capture-method.ts';

/** What one capture may cost. */
export interface Budget {
  limits: CaptureBudgetFacts;
  /**
   * What the request has set itself. That is taken literally; of the agent's own choice only counts what cannot be the
   * service's own doing.
   */
  asked: ReadonlySet<keyof CaptureBudgetFacts>;
}

const ranges: Record<keyof CaptureBudgetFacts, { least: number; most: number; words: string }> = {
  pauseMs: { least: 1, most: 600_000, words: 'budget.pause must be 1 ms to 10 minutes' },
  threadShare: {
    least: Number.MIN_VALUE,
    most: 1,
    words: 'budget.thread_share must be more than 0, at most 1',
  },
  cpuCores: { least: Number.MIN_VALUE, most: 64, words: 'budget.cpu_cores must be more than 0, at most 64' },
  memoryBytes: {
    least: 2 ** 20,
    most: Number.MAX_SAFE_INTEGER,
    words: 'budget.memory_bytes must be at least 1 MiB',
  },
};

/**
 * The kind's own budget with what the request sets instead, both kept below the ceiling.
 *
 * @throws {InvalidRequest}
 */
export function budgetOf(
  message: CaptureBudget | undefined,
  own: CaptureBudgetFacts,
  ceiling: CaptureCeiling,
): Budget {
  const given: CaptureCeiling = message
    ? {
        ...(message.pause ? { pauseMs: durationMs(message.pause) } : {}),
        ...(message.threadShare === 0 ? {} : { threadShare: message.threadShare }),
        ...(message.cpuCores === 0 ? {} : { cpuCores: message.cpuCores }),
        ...(message.memoryBytes === 0n ? {} : { memoryBytes: Number(message.memoryBytes) }),
      }
    : {};
  for (const name of namesOf(given)) {
    if (!isInRange(name, given[name]))
      throw new InvalidRequest(`${ranges[name].words}; left out, the agent chooses.`);
  }
  return { limits: lower({ ...own, ...given }, ceiling), asked: new Set(namesOf(given)) };
}

/** The capability with its budget below the ceiling; not available when its price alone is above. */
export function capabilityWithin(
  capability: CaptureCapabilityFacts,
  ceiling: CaptureCeiling,
): CaptureCapabilityFacts {
  if (!capability.available) return capability;
  const tooDear = namesOf(ceiling).find((name) => priceOf[name](capability.price) > (ceiling[name] ?? 0));
  if (tooDear === undefined) return { ...capability, budget: lower(capability.budget, ceiling) };
  const price = inWords[tooDear](priceOf[tooDear](capability.price));
  const most = inWords[tooDear](ceiling[tooDear] ?? 0);
  const reason = `It is expected to take ${price}; the service allows ${most} (captureCeiling, OPSCENTER_AGENT_CAPTURE_CEILING).`;
  return { available: false, reason };
}

const priceOf: Record<keyof CaptureBudgetFacts, (price: CapturePriceFacts) => number> = {
  pauseMs: ({ startPauseMs, endPauseMs = 0 }) => Math.max(startPauseMs, endPauseMs),
  threadShare: ({ throughputLoss }) => throughputLoss,
  cpuCores: ({ cpuCores }) => cpuCores,
  memoryBytes: ({ memoryBytes }) => memoryBytes,
};

const inWords: Record<keyof CaptureBudgetFacts, (value: number) => string> = {
  pauseMs: (value) => `${Math.ceil(value)} ms of pause`,
  threadShare: (value) => `${Number((value * 100).toPrecision(2))} % of the thread`,
  cpuCores: (value) => `${Number(value.toPrecision(2))} cores`,
  memoryBytes: (value) => `${Math.ceil(value / 1e6)} MB of memory`,
};

/** Each limit, or the ceiling's where that is lower. */
function lower(limits: CaptureBudgetFacts, ceiling: CaptureCeiling): CaptureBudgetFacts {
  const lowered = { ...limits };
  for (const name of namesOf(ceiling)) lowered[name] = Math.min(limits[name], ceiling[name] ?? limits[name]);
  return lowered;
}

function isInRange(name: keyof CaptureBudgetFacts, value = Number.NaN): boolean {
  return value >= ranges[name].least && value <= ranges[name].most;
}

function namesOf(budget: CaptureCeiling): (keyof CaptureBudgetFacts)[] {
  return Object.keys(budget) as (keyof CaptureBudgetFacts)[];
}
