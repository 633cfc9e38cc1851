import { expect, it } from 'vitest';
import { LearnedPause } from './learned-pause.ts';

it('comes nearer to what is measured with each start, and is not thrown by a single one', () => {
  const pause = new LearnedPause(10);
  pause.learn(110);
  expect(pause.ms).toBe(60);
  for (let start = 0; start < 10; start += 1) pause.learn(4);
  expect(pause.ms).toBe(5);
});

it('stays as it is when a pause could not be told apart', () => {
  const pause = new LearnedPause(10);
  pause.learn(undefined);
  expect(pause.ms).toBe(10);
});
