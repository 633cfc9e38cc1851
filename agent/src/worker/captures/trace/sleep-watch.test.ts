import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { SleepWatch } from './sleep-watch.ts';

/** Tells its number, does something, and tells when it has done it. */
const code = `
  const { parentPort } = require('node:worker_threads');
  const tid = Number(require('node:path').basename(require('node:fs').readlinkSync('/proc/thread-self')));
  parentPort.postMessage(tid);
  parentPort.once('message', (what) => {
    const until = Date.now() + 300;
    if (what === 'block') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    else while (Date.now() < until);
    parentPort.postMessage('done');
  });`;

async function sleptWhile(what: 'block' | 'spin'): Promise<number> {
  const worker = new Worker(code, { eval: true });
  using watch = new SleepWatch();
  const [tid] = await once(worker, 'message');
  worker.postMessage(what);
  const began = Number(process.hrtime.bigint() / 1000n);
  const sleeps = watch.add(tid);
  await once(worker, 'message');
  const ended = Number(process.hrtime.bigint() / 1000n);
  const seen = [...(sleeps ?? [])];
  await worker.terminate();
  return seen.reduce(
    (sum, { beganMicros, endedMicros }) =>
      sum + Math.max(0, Math.min(ended, endedMicros) - Math.max(began, beganMicros)),
    0,
  );
}

describe.runIf(process.platform === 'linux')('a thread', () => {
  it('is seen asleep while it waits in a call, and not while it executes', async () => {
    const blocked = await sleptWhile('block');
    expect(blocked).toBeGreaterThan(150_000);
    expect(blocked).toBeLessThanOrEqual(400_000);
    expect(await sleptWhile('spin')).toBeLessThan(150_000);
  });

  it('that there is not is not watched', () => {
    using watch = new SleepWatch();
    expect(watch.add(2 ** 30)).toBeUndefined();
  });
});
