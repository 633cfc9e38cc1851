import { describe, expect, test } from 'vitest';
import { nextPodState, type PodEvent, type PodState } from './pod-state.ts';

const NEXT: Record<PodState['state'], Partial<Record<PodEvent, PodState['state']>>> = {
  serving: { cordon: 'cordoned' },
  cordoned: { 'await-games': 'draining', 'take-back': 'serving' },
  draining: { 'found-empty': 'drained', 'take-back': 'serving' },
  drained: {},
};
const EVENTS: readonly PodEvent[] = ['cordon', 'await-games', 'found-empty', 'take-back'];

describe('the state of a pod', () => {
  for (const [from, allowed] of Object.entries(NEXT))
    for (const event of EVENTS)
      test(`${from} and ${event}: ${allowed[event] ?? 'cannot happen'}`, () => {
        const current = { state: from, since: 1 } as PodState;
        expect(nextPodState(current, event, 7)?.state).toBe(allowed[event]);
      });
});
