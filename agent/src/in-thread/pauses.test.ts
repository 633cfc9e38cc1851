import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { forgetPauses, readPauses, watchPauses } from './pauses.ts';

afterEach(() => {
  for (const key of ['one', 'other']) forgetPauses(key);
});

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('the pauses of a thread', () => {
  it('are told to each watcher since it watches, and whether the loop has turned', async () => {
    watchPauses('one');
    await sleep(60);
    const before = readPauses('one');
    block(150);
    expect(readPauses('one')).toEqual(before);
    watchPauses('other');
    await sleep(60);
    const after = readPauses('one');
    expect(after?.longestMs).toBeGreaterThan(100);
    expect(after?.turns).toBeGreaterThan(before?.turns ?? 0);
    expect(readPauses('other')?.longestMs).toBeLessThan(after?.longestMs ?? 0);
  });

  it('are not told any more once they are forgotten', () => {
    watchPauses('one');
    forgetPauses('one');
    expect(readPauses('one')).toBeNull();
  });
});
