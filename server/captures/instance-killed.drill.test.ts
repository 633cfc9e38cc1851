import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { CaptureState, Instance } from '../http/contract/index.ts';
import { drillArtifact } from '../testing/agent-process.ts';
import { CaptureBench } from '../testing/capture-bench.ts';
import { spawnAgent } from '../testing/drill.ts';
import { waitUntil } from '../testing/wait-until.ts';

const sizeBytes = 4_000_000;

async function drill() {
  const bench = await CaptureBench.open({ registryToken: 'drill-token' });
  const host = await spawnAgent(bench.registryAddress, { sizeBytes, chunkDelayMs: 8 });
  await waitUntil('the agent is connected', () => instanceOf(bench, host)?.connection.state === 'connected');
  return { bench, host };
}

function instanceOf(bench: CaptureBench, host: ChildProcess): Instance | undefined {
  return bench.directory.list().find((instance) => instance.pid === host.pid);
}

async function secondsUntilDead(bench: CaptureBench, host: ChildProcess): Promise<number> {
  const from = performance.now();
  await waitUntil('it is dead', () => instanceOf(bench, host)?.connection.state === 'dead');
  return (performance.now() - from) / 1000;
}

const phases: CaptureState['state'][] = ['recording', 'transferring'];

describe('an instance that is killed', { timeout: 40_000 }, () => {
  test.each(phases)(
    'while its capture is %s is seen within three seconds, and the capture fails',
    async (phase) => {
      const { bench, host } = await drill();
      const { id } = await bench.request({ durationSeconds: phase === 'recording' ? 60 : 0.2 });
      await bench.untilState(id, phase);
      host.kill('SIGKILL');
      expect(await secondsUntilDead(bench, host)).toBeLessThan(3);
      const capture = await bench.untilState(id, 'failed');
      expect(capture.status).toMatchObject({
        code: 'instance-ended',
        message: expect.stringContaining(`ended while the capture was ${phase}`),
      });
      expect(instanceOf(bench, host)?.connection).toMatchObject({ evidence: 'connection-refused' });
    },
  );
});

describe('an instance that is stopped', { timeout: 60_000 }, () => {
  test.each(phases)(
    'while its capture is %s is seen within 4.5 seconds, and goes on as itself',
    async (phase) => {
      const { bench, host } = await drill();
      const { id } = await bench.request({ durationSeconds: phase === 'recording' ? 8 : 0.2 });
      await bench.untilState(id, phase);
      host.kill('SIGSTOP');
      expect(await secondsUntilDead(bench, host)).toBeLessThan(4.5);
      expect(instanceOf(bench, host)?.connection).toMatchObject({ evidence: 'silent' });
      expect((await bench.service.find(id))?.status.state).toBe('interrupted');
      await delay(500);
      host.kill('SIGCONT');
      const { artifact } = await bench.untilState(id, 'complete');
      expect(artifact?.sha256).toBe(createHash('sha256').update(drillArtifact(sizeBytes)).digest('hex'));
      expect(bench.directory.list()).toHaveLength(1);
      expect(instanceOf(bench, host)?.connection.state).toBe('connected');
    },
  );

  test('and is killed then is known to be gone, and nobody waits for its capture any more', async () => {
    const { bench, host } = await drill();
    const { id } = await bench.request({ durationSeconds: 60 });
    await bench.untilState(id, 'recording');
    host.kill('SIGSTOP');
    await secondsUntilDead(bench, host);
    const silent = instanceOf(bench, host)?.connection;
    expect(silent).toMatchObject({ evidence: 'silent' });
    host.kill('SIGKILL');
    const { status } = await bench.untilState(id, 'failed');
    expect(status).toMatchObject({ code: 'instance-ended' });
    const gone = instanceOf(bench, host)?.connection;
    expect(gone).toMatchObject({ since: silent?.since, evidence: 'connection-refused' });
  });
});
