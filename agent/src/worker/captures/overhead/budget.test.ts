import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { CaptureBudgetSchema } from '../../../../../proto/gen/opscenter/v1/capture_pb.ts';
import { toDuration } from '../../endpoint/duration.ts';
import { budgetOf, capabilityWithin } from './budget.ts';

const own = { pauseMs: 1_000, threadShare: 0.2, cpuCores: 0.5, memoryBytes: 256e6 };
const price = { startPauseMs: 60, throughputLoss: 0.02, memoryBytes: 16e6, cpuCores: 0.02, artifactBytes: 0 };

function budgetFrom(given: MessageInitShape<typeof CaptureBudgetSchema>, ceiling = {}) {
  return budgetOf(create(CaptureBudgetSchema, given), own, ceiling);
}

describe('a budget', () => {
  it('is the kind’s own where the request sets nothing', () => {
    expect(budgetOf(undefined, own, {})).toEqual({ limits: own, asked: new Set() });
    expect(budgetFrom({})).toEqual({ limits: own, asked: new Set() });
  });

  it('is what the request sets, field by field', () => {
    const { limits, asked } = budgetFrom({ pause: toDuration(50), memoryBytes: 512n * 1024n * 1024n });
    expect(limits).toEqual({ ...own, pauseMs: 50, memoryBytes: 536_870_912 });
    expect([...asked]).toEqual(['pauseMs', 'memoryBytes']);
  });

  it('is never above what the service allows', () => {
    const { limits, asked } = budgetFrom({ cpuCores: 8 }, { cpuCores: 0.3, pauseMs: 200 });
    expect(limits).toEqual({ ...own, cpuCores: 0.3, pauseMs: 200 });
    expect([...asked]).toEqual(['cpuCores']);
  });

  it.each([
    ['pause', { pause: toDuration(0) }],
    ['pause', { pause: toDuration(700_000) }],
    ['pause', { pause: toDuration(-5) }],
    ['thread_share', { threadShare: 1.5 }],
    ['thread_share', { threadShare: Number.NaN }],
    ['cpu_cores', { cpuCores: -1 }],
    ['cpu_cores', { cpuCores: Number.POSITIVE_INFINITY }],
    ['memory_bytes', { memoryBytes: 5n }],
  ])('with a mistaken %s is refused by its name', (name, given) => {
    expect(() => budgetFrom(given)).toThrow(`budget.${name} must be`);
  });
});

describe('a kind whose price is above what the service allows', () => {
  it('is not available, and says so with both numbers', () => {
    const capability = { available: true as const, price, budget: own };
    expect(capabilityWithin(capability, { memoryBytes: 8e6 })).toEqual({
      available: false,
      reason:
        'It is expected to take 16 MB of memory; the service allows 8 MB of memory (captureCeiling, OPSCENTER_AGENT_CAPTURE_CEILING).',
    });
    expect(capabilityWithin(capability, { memoryBytes: 32e6 })).toEqual({
      ...capability,
      budget: { ...own, memoryBytes: 32e6 },
    });
  });
});
