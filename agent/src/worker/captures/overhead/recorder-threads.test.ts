import { Session } from 'node:inspector/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { RecorderThreads } from './recorder-threads.ts';

function burn(ms: number): number {
  const end = performance.now() + ms;
  let turns = 0;
  while (performance.now() < end) turns += 1;
  return turns;
}

describe.runIf(process.platform === 'linux')('the threads that record', () => {
  it('are the one that measures', () => {
    const threads = new RecorderThreads();
    const beforeMs = threads.read()?.agentMs ?? Number.NaN;
    burn(100);
    expect((threads.read()?.agentMs ?? 0) - beforeMs).toBeGreaterThan(10);
  });

  it('and those that the engine starts for it, not those that it had started for others', async () => {
    const own = new RecorderThreads();
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 200 });
    await session.post('Profiler.start');
    const later = new RecorderThreads();
    for (let turns = 0; turns < 20 && own.read()?.enginesMs === 0; turns += 1) {
      burn(50);
      await sleep(5);
    }
    expect(own.read()?.enginesMs).toBeGreaterThan(0);
    expect(later.read()?.enginesMs).toBe(0);
    const takenMs = own.read()?.enginesMs ?? 0;
    session.disconnect();
    expect(own.read()?.enginesMs).toBeGreaterThanOrEqual(takenMs);
  });
});
