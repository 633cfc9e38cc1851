import { describe, expect, test } from 'vitest';
import { judge, type PodSight, type Verdict } from './staleness.ts';

const MADE_AT = Date.UTC(2026, 0, 1, 12, 0, 10);
const older: PodSight = { state: 'answers', startedAt: MADE_AT - 60_000 };
const younger: PodSight = { state: 'answers', startedAt: MADE_AT + 2_500 };

const judged = (sight: PodSight, missedPongs: number): Verdict =>
  judge({ pod: 'steampunk2-0', createdAt: MADE_AT, missedPongs }, sight);

describe('a connection', () => {
  test.each<[string, PodSight, number, Verdict['state']]>([
    ['to a pod that is gone', { state: 'gone' }, 0, 'stale'],
    ['to a pod that is younger', younger, 0, 'stale'],
    ['to a pod that is older', older, 0, 'healthy'],
    ['that missed one pong', older, 1, 'suspect'],
    ['that missed two pongs in a row', older, 2, 'stale'],
    ['that answers, though the pod itself does not', { state: 'silent' }, 0, 'healthy'],
    ['that missed one pong as the pod is silent', { state: 'silent' }, 1, 'suspect'],
    ['that missed two pongs as the pod is silent', { state: 'silent' }, 2, 'stale'],
    [
      'made in the very millisecond in which the pod started',
      { state: 'answers', startedAt: MADE_AT },
      0,
      'healthy',
    ],
  ])('%s', (_, sight, missedPongs, state) => {
    expect(judged(sight, missedPongs).state).toBe(state);
  });

  test('carries the proof with the times', () => {
    expect(judged(younger, 0).reason).toBe(
      'It is older than its pod: steampunk2-0 started at 12:00:12 UTC, 2.5 s after the connection was made.',
    );
  });
});
