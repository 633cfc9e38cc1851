import { create } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { VitalsSchema } from '#proto/gen/opscenter/v1/agent_pb.ts';
import type { InstanceId } from '../http/contract/index.ts';
import { FleetVitals, KEPT_SECONDS } from './fleet-vitals.ts';
import { toVitalsSecond } from './vitals-second.ts';

const id = 'lobby.0000000001' as InstanceId;
const start = Date.parse('2026-03-01T12:00:00Z');
const cpu = (cores: number, gcCount?: number) =>
  toVitalsSecond(create(VitalsSchema, { cpuCores: cores, ...(gcCount !== undefined && { gcCount }) }));

describe('the vitals of the fleet', () => {
  test('become one batch a second, with null for what was not measured', () => {
    const vitals = new FleetVitals();
    vitals.turn(start);
    vitals.hear(id, cpu(0.5), start + 400);
    expect(vitals.turn(start + 900)).toBeUndefined();
    const batch = vitals.turn(start + 1001);
    expect(batch?.instanceIds).toEqual([id]);
    expect(batch?.columns.cpuCores).toEqual([0.5]);
    expect(batch?.columns.rssBytes).toEqual([null]);
  });

  test('are empty for the seconds in which an instance was not heard', () => {
    const vitals = new FleetVitals();
    vitals.turn(start);
    vitals.hear(id, cpu(1), start + 500);
    vitals.turn(start + 1000);
    vitals.turn(start + 2000);
    vitals.turn(start + 3000);
    vitals.hear(id, cpu(2), start + 3500);
    vitals.turn(start + 4000);
    expect(vitals.history(id)).toMatchObject({
      startAt: '2026-03-01T12:00:01.000Z',
      intervalMs: 1000,
      series: { cpuCores: [1, 1, null, 2] },
    });
  });

  test('count a sum once, even when its message serves two seconds', () => {
    const vitals = new FleetVitals();
    vitals.turn(start);
    vitals.hear(id, cpu(1, 5), start + 900);
    vitals.turn(start + 1000);
    vitals.turn(start + 2000);
    expect(vitals.history(id)?.series).toMatchObject({ cpuCores: [1, 1], gcCount: [5, null] });
  });

  test('are kept for 15 minutes and no longer, also over a pause of the server', () => {
    const vitals = new FleetVitals();
    vitals.turn(start);
    for (let second = 1; second <= 1000; second++) {
      vitals.hear(id, cpu(second), start + second * 1000 - 100);
      vitals.turn(start + second * 1000);
    }
    const history = vitals.history(id);
    expect(history?.series.cpuCores).toHaveLength(KEPT_SECONDS);
    expect(history?.series.cpuCores[0]).toBe(101);
    expect(Date.parse(history?.startAt ?? '')).toBe(start + 101_000);

    vitals.turn(start + 1_500_000);
    const later = vitals.history(id)?.series.cpuCores;
    expect(later?.slice(0, 400).at(-1)).toBe(1000);
    expect(later?.slice(400).every((value) => value === null)).toBe(true);
  });

  test('can be asked for what is newer than an instant', () => {
    const vitals = new FleetVitals();
    vitals.turn(start);
    for (let second = 1; second <= 10; second++) {
      vitals.hear(id, cpu(second), start + second * 1000 - 100);
      vitals.turn(start + second * 1000);
    }
    expect(vitals.history(id, start + 8000)?.series.cpuCores).toEqual([9, 10]);
    expect(vitals.history(id, start + 60_000)?.series.cpuCores).toEqual([]);
  });

  test('pass nothing on that is not a sensible number', () => {
    const hostile = create(VitalsSchema, {
      cpuCores: Number.NaN,
      eventLoopDelayP99Ms: -1,
      rssBytes: 2n ** 64n - 1n,
    });
    const { values } = toVitalsSecond(hostile);
    expect([values.cpuCores, values.loopDelayP99Ms, values.rssBytes]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
});
