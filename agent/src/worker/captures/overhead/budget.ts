import { durationMs } from '@bufbuild/protobuf/wkt';
import type { CaptureBudget } from '../../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { InvalidRequest } from '../../../errors.ts';
import type { CaptureBudgetFacts } from '../capture-method.ts';

/** What one capture may cost. */
export interface Budget {
  limits: CaptureBudgetFacts;
  /**
   * What the request has set itself. That is taken literally; of the agent's own choice only counts what cannot be the
   * service's own doing.
   */
  asked: ReadonlySet<keyof CaptureBudgetFacts>;
}

/** The most that the service allows a capture to cost, whatever is asked for. */
export type BudgetCeiling = Partial<CaptureBudgetFacts>;

const ranges: Record<keyof CaptureBudgetFacts, { least: number; most: number; words: string }> = {
  pauseMs: { least: 1, most: 600_000, words: 'budget.pause must be 1 ms to 10 minutes' },
  threadShare: { least: Number.MIN_VALUE, most: 1, words: 'budget.thread_share must be more than 0, at most 1' },
  cpuCores: { least: Number.MIN_VALUE, most: 64, words: 'budget.cpu_cores must be more than 0, at most 64' },
  memoryBytes: { least: 2 ** 20, most: Number.MAX_SAFE_INTEGER, words: 'budget.memory_bytes must be at least 1 MiB' },
};

/**
 * The kind's own budget with what the request sets instead, both kept below the ceiling.
 *
 * @throws {InvalidRequest}
 */
export function budgetOf(
  message: CaptureBudget | undefined,
  own: CaptureBudgetFacts,
  ceiling: BudgetCeiling,
): Budget {
  const given: BudgetCeiling = message
    ? {
        ...(message.pause ? { pauseMs: durationMs(message.pause) } : {}),
        ...(message.threadShare === 0 ? {} : { threadShare: message.threadShare }),
        ...(message.cpuCores === 0 ? {} : { cpuCores: message.cpuCores }),
        ...(message.memoryBytes === 0n ? {} : { memoryBytes: Number(message.memoryBytes) }),
      }
    : {};
  for (const name of namesOf(given)) {
    if (!isInRange(name, given[name])) throw new InvalidRequest(`${ranges[name].words}; left out, the agent chooses.`);
  }
  return { limits: lower({ ...own, ...given }, ceiling), asked: new Set(namesOf(given)) };
}

/** Each limit, or the ceiling's where that is lower. */
export function lower(limits: CaptureBudgetFacts, ceiling: BudgetCeiling): CaptureBudgetFacts {
  const lowered = { ...limits };
  for (const name of namesOf(ceiling)) lowered[name] = Math.min(limits[name], ceiling[name] ?? limits[name]);
  return lowered;
}

function isInRange(name: keyof CaptureBudgetFacts, value = Number.NaN): boolean {
  return value >= ranges[name].least && value <= ranges[name].most;
}

function namesOf(budget: BudgetCeiling): (keyof CaptureBudgetFacts)[] {
  return Object.keys(budget) as (keyof CaptureBudgetFacts)[];
}
