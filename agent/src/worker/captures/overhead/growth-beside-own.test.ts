import { describe, expect, it } from 'vitest';
import { GrowthBesideOwn } from './growth-beside-own.ts';

describe('growth beside what is the service’s own', () => {
  it('is what the process has more, and the service has not', () => {
    const growth = new GrowthBesideOwn(1_000, 600);
    expect(growth.take(1_300, 600)).toBe(300);
  });

  it('is none when the service itself grows', () => {
    const growth = new GrowthBesideOwn(1_000, 600);
    expect(growth.take(1_400, 1_000)).toBe(0);
  });

  it('is none when the service lets go of what stays with the process for a while', () => {
    const growth = new GrowthBesideOwn(1_000, 600);
    growth.take(1_400, 1_000);
    expect(growth.take(1_400, 300)).toBe(0);
    expect(growth.take(1_000, 300)).toBeLessThanOrEqual(0);
  });

  it('begins with what is seen first when nothing is known of before', () => {
    const growth = new GrowthBesideOwn(1_000, undefined);
    expect(growth.take(1_000, 600)).toBe(0);
    expect(growth.take(1_250, 650)).toBe(200);
  });
});
