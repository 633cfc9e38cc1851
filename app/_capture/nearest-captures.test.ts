import { describe, expect, test } from 'vitest';
import type { Capture } from '#contract';
import { nearestTo } from './nearest-captures.ts';

const capture = (id: string, minute: number, change: Partial<Capture> = {}) =>
  ({
    id,
    requestedAt: `2026-01-01T12:${String(minute).padStart(2, '0')}:00.000Z`,
    thread: 'main',
    artifact: {},
    ...change,
  }) as Capture;

describe('what was captured of an instance near a moment', () => {
  test('is ordered by how far it is, earlier or later, without itself', () => {
    const own = capture('own', 30);
    const others = [capture('far', 10), own, capture('later', 32), capture('earlier', 29)];
    expect(nearestTo(own, others).map(({ id }) => id)).toEqual(['earlier', 'later', 'far']);
  });

  test('leaves out what has no artifact, and other threads', () => {
    const others = [
      capture('running', 31, { artifact: null }),
      capture('worker', 31, { thread: 'worker 1' }),
    ];
    expect(nearestTo(capture('own', 30), others)).toEqual([]);
  });
});
