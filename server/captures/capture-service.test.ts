import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { create } from '@bufbuild/protobuf';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { HeldCaptureSchema } from '#proto/gen/opscenter/v1/agent_pb.ts';
import { CaptureKind, RecordingPhase } from '#proto/gen/opscenter/v1/capture_pb.ts';
import {
  ArtifactNotAvailable,
  ArtifactUnreadable,
  AuditUnavailable,
  CaptureInProgress,
  CaptureNotEnded,
  CaptureNotFound,
  InstanceNotFound,
  InstanceUnreachable,
  KindUnavailable,
  QueueFull,
  ServiceNotFound,
  StorageFull,
  ThreadNotFound,
} from '../errors.ts';
import { Capture, type CaptureId, type InstanceId } from '../http/contract/index.ts';
import { CaptureBench } from '../testing/capture-bench.ts';
import { identityOf } from '../testing/identity.ts';
import { Teller } from '../testing/lies.ts';
import { smallCpuProfile } from '../testing/small-cpu-profile.ts';
import { TestClock } from '../testing/test-clock.ts';
import { waitUntil } from '../testing/wait-until.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function bytesOf(bench: CaptureBench, id: CaptureId) {
  return await buffer((await bench.service.openArtifact(id)).stream);
}

describe('a capture', () => {
  test('goes its way from the wish to the verified file', async () => {
    const bench = await CaptureBench.open();
    const bytes = randomBytes(3_000_000);
    const agent = await bench.agent({ artifact: () => bytes });
    const requested = await bench.request({ note: 'slow logins' });
    expect(Capture.safeParse(requested).error).toBeUndefined();
    const capture = await bench.untilState(requested.id, 'complete');
    expect(Capture.safeParse(capture).error).toBeUndefined();
    expect(capture).toMatchObject({
      service: 'user-service',
      requestedBy: 'kim',
      note: 'slow logins',
      cost: { startPauseMs: 31, memoryGrowthBytes: 1024 },
      artifact: { sizeBytes: bytes.length, sha256: sha256(bytes), endedBy: 'duration' },
    });
    expect(capture.expiresAt).not.toBeNull();
    expect((await bytesOf(bench, capture.id)).equals(bytes)).toBe(true);
    expect(bench.statesOf(capture.id)).toEqual([
      'queued',
      'starting',
      'recording',
      'writing',
      'transferring',
      'complete',
    ]);
    await waitUntil('the agent may let go of it', () => agent.calls.includes(`release ${capture.id}`));
    const kinds = bench.store.timeline.list({ limit: 10 }).map((event) => event.kind);
    expect(kinds).toContain('capture-requested');
    expect(kinds[0]).toBe('capture-complete');
  });

  test.each([
    ['a call that returned before the recording', true, false],
    ['a loop that goes on', false, true],
  ])('tells of a stuck thread by the recording alone: %s', async (_what, whileWaiting, whileRecording) => {
    const bench = await CaptureBench.open();
    await bench.agent({
      collect: (call) => {
        const teller = new Teller(call).started().progress(RecordingPhase.WAITING_FOR_THREAD, whileWaiting);
        teller.progress(RecordingPhase.RECORDING, whileRecording).progress(RecordingPhase.WRITING);
        teller.artifact().chunks().done().end();
      },
    });
    const { id } = await bench.request();
    expect((await bench.untilState(id, 'complete')).threadUnresponsive).toBe(whileRecording);
  });

  test('is audited: the request before its effect, its end with the hash of what was stored', async () => {
    const bench = await CaptureBench.open();
    await bench.agent();
    const { id } = await bench.request();
    await bench.untilState(id, 'complete');
    const { entries } = await bench.audit.list({ limit: 10 });
    expect(entries).toMatchObject([
      {
        action: 'capture.request',
        phase: 'outcome',
        result: 'succeeded',
        target: id,
        detail: { sha256: sha256(smallCpuProfile) },
      },
      { action: 'capture.request', phase: 'intent', actor: 'kim', target: id, detail: { kind: 'cpu' } },
    ]);
    expect(await bench.audit.verify()).toMatchObject({ verified: true });
  });

  test('is not begun, and leaves no trace, when the audit cannot be written', async () => {
    const bench = await CaptureBench.open();
    const agent = await bench.agent();
    await bench.store.db.destroy();
    await expect(bench.request()).rejects.toThrow(AuditUnavailable);
    expect(bench.service.counts()).toMatchObject({ running: 0, queued: 0 });
    expect(agent.calls.filter((call) => call.startsWith('collect'))).toEqual([]);
  });

  test('of a service is taken of the instance whose main thread is busiest', async () => {
    const bench = await CaptureBench.open();
    const cores = [0.1, 0.9, 0.4];
    for (const [index, mainThreadCpuCores] of cores.entries()) {
      const identity = identityOf('lobby', { pid: index + 1, labels: {} });
      await bench.agent({ identity, vitals: () => ({ mainThreadCpuCores }) });
    }
    const capture = await bench.request({ service: 'lobby' });
    expect(capture.instanceName).toBe('lobby:2');
  });

  test('of what is not there is refused in a sentence', async () => {
    const bench = await CaptureBench.open();
    const agent = await bench.agent();
    const instanceId = bench.directory.list()[0]?.id ?? expect.fail();
    await expect(bench.request({ service: 'nobody' })).rejects.toThrow(ServiceNotFound);
    const unknown = { instanceId: 'lobby.0123456789' as InstanceId, service: undefined as never };
    await expect(bench.request(unknown)).rejects.toThrow(InstanceNotFound);
    await expect(bench.request({ kind: 'heap' })).rejects.toThrow(KindUnavailable);
    await expect(bench.request({ kind: 'heap' })).rejects.toThrow('Not built into this agent');
    await expect(bench.request({ kind: 'trace' })).rejects.toThrow('does not offer it');
    await expect(bench.request({ thread: 'worker-9' })).rejects.toThrow(ThreadNotFound);
    agent.vanish();
    await waitUntil('it is dead', () => bench.directory.find(instanceId)?.connection.state === 'dead');
    await expect(bench.request({ instanceId, service: undefined as never })).rejects.toThrow(
      InstanceUnreachable,
    );
    await expect(bench.request()).rejects.toThrow(InstanceUnreachable);
    expect(await bench.service.list({ limit: 10 })).toEqual({ captures: [], nextBefore: null });
  });
});

describe('the limits', () => {
  test('allow one capture of a kind on an instance, and name the one that is in the way', async () => {
    const bench = await CaptureBench.open();
    await bench.agent();
    const first = await bench.request({ durationSeconds: 20 });
    const attempts = await Promise.allSettled([bench.request(), bench.request(), bench.request()]);
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({
        reason: { code: 'capture-in-progress', status: 429, captureId: first.id },
      });
    }
    expect(
      attempts.every(
        (attempt) => attempt.status === 'rejected' && attempt.reason instanceof CaptureInProgress,
      ),
    ).toBe(true);
    await bench.service.cancel(first.id, 'kim');
    await bench.untilState((await bench.request()).id, 'complete');
  });

  test('let so many run, queue so many, refuse the rest, and go on in order', async () => {
    const bench = await CaptureBench.open({ limits: { running: 2, queued: 2 } });
    const ids: CaptureId[] = [];
    for (let pid = 1; pid <= 5; pid++) {
      await bench.agent({ identity: identityOf('lobby', { pid, labels: {} }) });
    }
    for (const instance of bench.directory.list().slice(0, 4)) {
      const wish = { instanceId: instance.id, service: undefined as never, durationSeconds: 30 };
      ids.push((await bench.request(wish)).id);
    }
    const fifth = bench.directory.list()[4]?.id ?? expect.fail();
    await expect(bench.request({ instanceId: fifth, service: undefined as never })).rejects.toThrow(
      QueueFull,
    );
    expect(bench.service.counts()).toEqual({ running: 2, queued: 2, runningLimit: 2, queueLimit: 2 });
    const aheadOf = async (index: number) => (await bench.service.find(ids[index] as CaptureId))?.status;
    expect([await aheadOf(2), await aheadOf(3)]).toMatchObject([{ ahead: 0 }, { ahead: 1 }]);
    await bench.service.stop(ids[0] as CaptureId, 'kim');
    await bench.untilState(ids[2] as CaptureId, 'recording');
    expect(await aheadOf(3)).toMatchObject({ state: 'queued', ahead: 0 });
  });

  test('refuse an artifact that is larger than allowed', async () => {
    const bench = await CaptureBench.open({ limits: { artifactMaxBytes: 1000 } });
    await bench.agent({ artifact: () => new Uint8Array(1001) });
    const { status } = await bench.untilState((await bench.request()).id, 'failed');
    expect(status).toMatchObject({
      code: 'artifact-too-large',
      message: expect.stringContaining('1001 bytes'),
    });
  });
});

describe('ending a capture early', () => {
  test('stop keeps what was recorded', async () => {
    const bench = await CaptureBench.open();
    await bench.agent();
    const { id } = await bench.request({ durationSeconds: 60 });
    await bench.untilState(id, 'recording');
    const stopped = await bench.service.stop(id, 'lee');
    expect(['recording', 'writing', 'transferring', 'complete']).toContain(stopped.status.state);
    const capture = await bench.untilState(id, 'complete');
    expect(capture).toMatchObject({ ending: null, artifact: { endedBy: 'stopped' } });
    const { entries } = await bench.audit.list({ limit: 10 });
    expect(entries.filter((entry) => entry.action === 'capture.stop')).toHaveLength(2);
  });

  test('cancel throws it away, here and at the agent', async () => {
    const bench = await CaptureBench.open();
    const agent = await bench.agent({ artifact: () => randomBytes(20_000_000), chunkDelayMs: 5 });
    for (const state of ['recording', 'transferring'] as const) {
      const { id } = await bench.request({ durationSeconds: state === 'recording' ? 60 : 0.1 });
      await bench.untilState(id, state);
      expect((await bench.service.cancel(id, 'lee')).status.state).toBe('cancelled');
      expect(agent.captures.has(id)).toBe(false);
      expect(readdirSync(join(bench.store.dataDirectory, 'artifacts'))).toEqual([]);
      await expect(bench.service.openArtifact(id)).rejects.toThrow(ArtifactNotAvailable);
    }
  });

  test('one in the queue is cancelled by both', async () => {
    const bench = await CaptureBench.open({ limits: { running: 1 } });
    await bench.agent({ identity: identityOf('lobby', { pid: 1 }) });
    await bench.agent({ identity: identityOf('bg-gate', { pid: 2 }) });
    const running = await bench.request({ service: 'lobby', durationSeconds: 60 });
    for (const how of ['stop', 'cancel'] as const) {
      const queued = await bench.request({ service: 'bg-gate' });
      expect((await bench.service[how](queued.id, 'lee')).status.state).toBe('cancelled');
    }
    expect(bench.service.counts()).toMatchObject({ running: 1, queued: 0 });
    await bench.service.cancel(running.id, 'lee');
  });

  test('one that has ended is left as it is', async () => {
    const bench = await CaptureBench.open();
    await bench.agent();
    const { id } = await bench.request();
    const complete = await bench.untilState(id, 'complete');
    expect(await bench.service.stop(id, 'lee')).toEqual(complete);
    expect(await bench.service.cancel(id, 'lee')).toEqual(complete);
    await expect(bench.service.stop('cap_00000000000000000000' as CaptureId, 'lee')).rejects.toThrow(
      CaptureNotFound,
    );
  });

  test('one whose agent cannot be reached is cancelled at once, and its agent told later', {
    timeout: 20_000,
  }, async () => {
    const bench = await CaptureBench.open();
    const agent = await bench.agent({ watchIntervalMs: 300 });
    const { id } = await bench.request({ durationSeconds: 60 });
    await bench.untilState(id, 'recording');
    agent.isMute = true;
    await bench.untilState(id, 'interrupted');
    expect((await bench.service.cancel(id, 'lee')).status.state).toBe('cancelled');
    expect(agent.captures.has(id)).toBe(true);
    agent.breakConnections();
    agent.isMute = false;
    await waitUntil('the agent was told', () => !agent.captures.has(id));
  });
});

describe('an interrupted capture', () => {
  test('goes on from where its transfer was broken, as often as it takes', { timeout: 30_000 }, async () => {
    const bench = await CaptureBench.open();
    const bytes = randomBytes(6_000_000);
    const agent = await bench.agent({ artifact: () => bytes, chunkDelayMs: 3 });
    const { id } = await bench.request();
    for (let round = 1; round <= 3; round++) {
      await waitUntil('some of it is there', async () => {
        const status = (await bench.service.find(id))?.status;
        return status?.state === 'transferring' && status.receivedBytes > round * 700_000;
      });
      agent.breakConnections();
      await waitUntil(
        'it is interrupted',
        () => bench.statesOf(id).filter((state) => state === 'interrupted').length >= round,
      );
    }
    agent.script.chunkDelayMs = 0;
    await bench.untilState(id, 'complete');
    expect((await bytesOf(bench, id)).equals(bytes)).toBe(true);
    const offsets = agent.calls
      .filter((call) => call.startsWith(`read ${id}`))
      .map((call) => Number(call.split(' ')[2]));
    expect(offsets.length).toBeGreaterThanOrEqual(3);
    expect(Math.min(...offsets)).toBeGreaterThan(0);
    expect(agent.calls.filter((call) => call === `collect ${id}`)).toHaveLength(1);
  });

  test('follows the same recording when it was broken while recording', async () => {
    const bench = await CaptureBench.open();
    const agent = await bench.agent();
    const { id } = await bench.request({ durationSeconds: 3 });
    await bench.untilState(id, 'recording');
    agent.breakConnections();
    await bench.untilState(id, 'complete');
    expect(bench.statesOf(id)).toEqual(expect.arrayContaining(['interrupted']));
    expect(agent.captures.size).toBeLessThanOrEqual(1);
  });

  test('fails when its instance has ended, and says so', async () => {
    const bench = await CaptureBench.open();
    const agent = await bench.agent();
    const { id } = await bench.request({ durationSeconds: 60 });
    await bench.untilState(id, 'recording');
    agent.vanish();
    const { status } = await bench.untilState(id, 'failed');
    expect(status).toMatchObject({
      code: 'instance-ended',
      message: expect.stringContaining('user-service-0 ended while the capture was recording'),
    });
  });

  test('fails when its instance does not come back in time', async () => {
    const bench = await CaptureBench.open({ times: { giveUpMs: 1000 } });
    const agent = await bench.agent({ watchIntervalMs: 200 });
    const { id } = await bench.request({ durationSeconds: 60 });
    await bench.untilState(id, 'recording');
    agent.isMute = true;
    const { status } = await bench.untilState(id, 'failed');
    expect(status).toMatchObject({
      code: 'instance-lost',
      message: expect.stringContaining('did not come back within 1 s'),
    });
  });

  test('fails when the agent has forgotten it, instead of recording something else', async () => {
    const bench = await CaptureBench.open();
    const agent = await bench.agent();
    const { id } = await bench.request({ durationSeconds: 60 });
    await bench.untilState(id, 'recording');
    agent.captures.get(id)?.dispose();
    agent.captures.delete(id);
    agent.breakConnections();
    const { status } = await bench.untilState(id, 'failed');
    expect(status).toMatchObject({ code: 'capture-lost' });
    expect(agent.calls.filter((call) => call === `collect ${id}`)).toHaveLength(1);
  });

  test('is stopped once its agent can be told', async () => {
    const bench = await CaptureBench.open();
    const agent = await bench.agent({ watchIntervalMs: 200 });
    const { id } = await bench.request({ durationSeconds: 60 });
    await bench.untilState(id, 'recording');
    agent.isMute = true;
    await bench.untilState(id, 'interrupted');
    expect(await bench.service.stop(id, 'lee')).toMatchObject({
      ending: 'stop',
      status: { state: 'interrupted' },
    });
    agent.isMute = false;
    agent.breakConnections();
    expect((await bench.untilState(id, 'complete')).artifact?.endedBy).toBe('stopped');
  });

  test('fails in the queue when its instance ends', async () => {
    const bench = await CaptureBench.open({ limits: { running: 1 } });
    await bench.agent({ identity: identityOf('lobby', { pid: 1 }) });
    const other = await bench.agent({ identity: identityOf('bg-gate', { pid: 2 }) });
    await bench.request({ service: 'lobby', durationSeconds: 60 });
    const { id } = await bench.request({ service: 'bg-gate' });
    other.vanish();
    expect((await bench.untilState(id, 'failed')).status).toMatchObject({ code: 'instance-ended' });
  });
});

describe('after a restart of the server', () => {
  test.each(['starting', 'recording', 'transferring'] as const)(
    'a capture that was %s goes on',
    { timeout: 20_000 },
    async (state) => {
      const first = await CaptureBench.open();
      const bytes = randomBytes(8_000_000);
      let isHeldBack = state === 'starting';
      const agent = await first.agent({
        artifact: () => bytes,
        chunkDelayMs: 4,
        collect: (call, self) => {
          if (!isHeldBack) void self.obeyCollect(call);
        },
      });
      const { id } = await first.request({ durationSeconds: state === 'recording' ? 4 : 0.2 });
      await first.untilState(id, state);
      if (state === 'transferring') {
        await waitUntil('some is there', async () => {
          const status = (await first.service.find(id))?.status;
          return status?.state === 'transferring' && status.receivedBytes > 1_500_000;
        });
      }
      await first.close();
      isHeldBack = false;
      agent.script.chunkDelayMs = 0;

      const second = await CaptureBench.open({ dataDirectory: first.store.dataDirectory });
      expect((await second.service.find(id))?.status).toMatchObject({
        state: 'interrupted',
        reason: 'The server was restarted.',
      });
      await second.connect(agent);
      await second.untilState(id, 'complete');
      expect((await bytesOf(second, id)).equals(bytes)).toBe(true);
      if (state === 'transferring') {
        const read = agent.calls.find((call) => call.startsWith(`read ${id}`)) ?? '';
        expect(Number(read.split(' ')[2])).toBeGreaterThanOrEqual(1_500_000);
      }
      const { entries } = await second.audit.list({ limit: 10 });
      expect(entries.map(({ action, phase, result }) => [action, phase, result].join(' ')).reverse()).toEqual(
        [
          'capture.request intent ',
          'capture.request outcome unknown',
          'capture.resume intent ',
          'capture.resume outcome succeeded',
        ],
      );
      expect(await second.audit.verify()).toMatchObject({ verified: true });
    },
  );

  test('a queued capture is queued', async () => {
    const first = await CaptureBench.open({ limits: { running: 1 } });
    const lobby = await first.agent({ identity: identityOf('lobby', { pid: 1 }) });
    const gate = await first.agent({ identity: identityOf('bg-gate', { pid: 2 }) });
    const running = await first.request({ service: 'lobby', durationSeconds: 2 });
    const queued = await first.request({ service: 'bg-gate' });
    await first.untilState(running.id, 'recording');
    await first.close();
    const second = await CaptureBench.open({
      dataDirectory: first.store.dataDirectory,
      limits: { running: 1 },
    });
    expect((await second.service.find(queued.id))?.status.state).toBe('queued');
    await Promise.all([second.connect(lobby), second.connect(gate)]);
    await second.untilState(queued.id, 'complete');
    await second.untilState(running.id, 'complete');
  });

  test('a capture whose instance never comes back fails in a sentence', async () => {
    const first = await CaptureBench.open();
    await first.agent();
    const { id } = await first.request({ durationSeconds: 60 });
    await first.untilState(id, 'recording');
    await first.close();
    const second = await CaptureBench.open({
      dataDirectory: first.store.dataDirectory,
      times: { giveUpMs: 300 },
    });
    expect((await second.untilState(id, 'failed')).status).toMatchObject({
      code: 'instance-lost',
      message: expect.stringContaining('The server was restarted.'),
    });
  });

  test('what was already received completely needs nobody', async () => {
    const first = await CaptureBench.open();
    await first.agent();
    const { id } = await first.request();
    await first.untilState(id, 'complete');
    // As if the process had been killed between the rename and the row.
    await first.store.db
      .updateTable('captures')
      .set({
        state: 'transferring',
        status: JSON.stringify({
          state: 'transferring',
          since: new Date().toISOString(),
          receivedBytes: 0,
          totalBytes: smallCpuProfile.length,
        }),
      })
      .where('id', '=', id)
      .execute();
    await first.close();
    const second = await CaptureBench.open({ dataDirectory: first.store.dataDirectory });
    await second.untilState(id, 'complete');
    expect(sha256(await bytesOf(second, id))).toBe(sha256(smallCpuProfile));
  });
});

describe('what is stored', () => {
  test('is listed in pages, newest first, by service and kind', async () => {
    const bench = await CaptureBench.open();
    await bench.agent();
    const ids: CaptureId[] = [];
    for (let index = 0; index < 3; index++) {
      const { id } = await bench.request({ durationSeconds: 0.01 });
      await bench.untilState(id, 'complete');
      ids.unshift(id);
    }
    expect([...ids].sort().reverse()).toEqual(ids);
    const first = await bench.service.list({ limit: 2, service: 'user-service', kind: 'cpu' });
    expect(first.captures.map((capture) => capture.id)).toEqual(ids.slice(0, 2));
    const second = await bench.service.list({ limit: 2, before: first.nextBefore ?? expect.fail() });
    expect(second).toMatchObject({ captures: [{ id: ids[2] }], nextBefore: null });
    expect((await bench.service.list({ limit: 2, kind: 'heap' })).captures).toEqual([]);
  });

  test('can be pinned, noted and deleted, each on record', async () => {
    const bench = await CaptureBench.open();
    await bench.agent();
    const { id } = await bench.request();
    await bench.untilState(id, 'complete');
    const changed = await bench.service.change(id, { pinned: true, note: 'the bcrypt one' }, 'lee');
    expect(changed).toMatchObject({ pinned: true, note: 'the bcrypt one', expiresAt: null });
    await bench.service.delete(id, 'lee');
    expect(await bench.service.find(id)).toBeUndefined();
    expect(existsSync(join(bench.store.dataDirectory, 'artifacts', id))).toBe(false);
    expect(bench.changes.at(-1)).toEqual({ type: 'capture-removed', captureId: id });
    const actions = (await bench.audit.list({ limit: 20 })).entries.map((entry) => entry.action);
    expect(actions).toEqual(expect.arrayContaining(['capture.change', 'capture.delete']));
    await expect(bench.service.delete(id, 'lee')).rejects.toThrow(CaptureNotFound);
  });

  test('is not deleted while it is being made', async () => {
    const bench = await CaptureBench.open();
    await bench.agent();
    const { id } = await bench.request({ durationSeconds: 60 });
    await expect(bench.service.delete(id, 'lee')).rejects.toThrow(CaptureNotEnded);
  });

  test('goes when it is too old, unless it is pinned', async () => {
    const clock = new TestClock();
    const bench = await CaptureBench.open({ clock });
    await bench.agent();
    const old = await bench.request({ durationSeconds: 0.01 });
    await bench.untilState(old.id, 'complete');
    const pinned = await bench.request({ durationSeconds: 0.01 });
    await bench.untilState(pinned.id, 'complete');
    await bench.service.change(pinned.id, { pinned: true }, 'kim');
    await bench.close();
    clock.advance(15 * 24 * 3600_000);
    const later = await CaptureBench.open({ clock, dataDirectory: bench.store.dataDirectory });
    expect(await later.service.find(old.id)).toBeUndefined();
    expect(await later.service.find(pinned.id)).toBeDefined();
    const { entries } = await later.audit.list({ limit: 2 });
    expect(entries).toMatchObject([
      { actor: 'retention', action: 'capture.delete', phase: 'outcome' },
      { actor: 'retention', target: old.id, detail: { reason: 'too old' } },
    ]);
  });

  test('makes room by the oldest first, and never by what is pinned', async () => {
    const size = 100_000;
    const bench = await CaptureBench.open({ limits: { artifactTotalBytes: 2.5 * size } });
    await bench.agent({ artifact: () => randomBytes(size) });
    const make = async () => {
      const { id } = await bench.request({ durationSeconds: 0.01 });
      return await bench.untilEnded(id);
    };
    const [first, second] = [await make(), await make()];
    await bench.service.change(first.id, { pinned: true }, 'kim');
    const third = await make();
    expect(third.status.state).toBe('complete');
    expect(await bench.service.find(second.id)).toBeUndefined();
    expect(bench.service.storage().artifactBytes).toBe(2 * size);
    await bench.service.change(third.id, { pinned: true }, 'kim');
    expect((await make()).status).toMatchObject({ state: 'failed', code: 'storage-full' });
  });

  test('is refused before it is recorded when the pinned captures leave no room', async () => {
    const bench = await CaptureBench.open({ limits: { artifactTotalBytes: smallCpuProfile.length } });
    await bench.agent();
    const { id } = await bench.request();
    await bench.untilState(id, 'complete');
    await bench.service.change(id, { pinned: true }, 'kim');
    await expect(bench.request()).rejects.toThrow(StorageFull);
  });

  test('can be read in part', async () => {
    const bench = await CaptureBench.open();
    await bench.agent();
    const { id } = await bench.request();
    await bench.untilState(id, 'complete');
    const opened = await bench.service.openArtifact(id, { start: 2, end: 6 });
    expect((await buffer(opened.stream)).toString()).toBe('nodes');
    expect(opened.sizeBytes).toBe(smallCpuProfile.length);
    expect(opened.fileName).toMatch(/^user-service\.[0-9a-f]{10}-cpu-\d{8}T\d{6}Z\.cpuprofile$/);
  });
});

describe('when the disk fails', () => {
  const setReadOnly = (bench: CaptureBench, on: boolean) =>
    sql.raw(`PRAGMA query_only = ${on ? 1 : 0}`).execute(bench.store.db);

  test('a full one ends the capture in a sentence', async () => {
    const bench = await CaptureBench.open();
    await bench.agent({ artifact: () => randomBytes(3_000_000) });
    const { id } = await bench.request({ durationSeconds: 1 });
    // The kernel's own full disk, see full(4).
    symlinkSync('/dev/full', join(bench.store.dataDirectory, 'artifacts', `${id}.part`));
    const { status } = await bench.untilState(id, 'failed');
    expect(status).toMatchObject({ code: 'storage-full', message: expect.stringContaining('disk') });
    expect(readdirSync(join(bench.store.dataDirectory, 'artifacts'))).toEqual([]);
  });

  test('nothing is complete that is not in the database', async () => {
    const bench = await CaptureBench.open();
    await bench.agent();
    const { id } = await bench.request({ durationSeconds: 1 });
    await setReadOnly(bench, true);
    expect((await bench.untilState(id, 'failed')).status).toMatchObject({ code: 'storage-failed' });
    await expect(bench.service.openArtifact(id)).rejects.toThrow(ArtifactNotAvailable);
    await setReadOnly(bench, false);
  });

  test('an end that could not be written is written later', { timeout: 40_000 }, async () => {
    const bench = await CaptureBench.open();
    const agent = await bench.agent();
    const { id } = await bench.request({ durationSeconds: 60 });
    await bench.untilState(id, 'recording');
    await setReadOnly(bench, true);
    await expect(bench.service.cancel(id, 'lee')).rejects.toThrow(AuditUnavailable);
    agent.captures.get(id)?.fail('recorder-failed', 'V8 said no.');
    await bench.untilState(id, 'failed');
    await setReadOnly(bench, false);
    await waitUntil('it is written', async () => {
      const row = await bench.store.db.selectFrom('captures').select('state').executeTakeFirst();
      return row?.state === 'failed';
    });
    expect((await bench.audit.list({ limit: 1 })).entries[0]).toMatchObject({ result: 'failed', target: id });
  });
});

describe('the pprof form', () => {
  test('is made of a complete CPU profile', async () => {
    const bench = await CaptureBench.open();
    await bench.agent();
    const { id } = await bench.request();
    await bench.untilState(id, 'complete');
    const { bytes, fileName } = await bench.service.profile(id, 'pprof', AbortSignal.timeout(10_000));
    expect(fileName).toMatch(/-cpu-.*\.pb\.gz$/);
    expect(gunzipSync(bytes).toString('latin1')).toContain('spin');
  });

  test('of damaged bytes is refused in a sentence, and the server goes on', async () => {
    const bench = await CaptureBench.open();
    await bench.agent({ artifact: () => Buffer.from('{"nodes": [') });
    const { id } = await bench.request();
    await bench.untilState(id, 'complete');
    const attempt = bench.service.profile(id, 'pprof', AbortSignal.timeout(10_000));
    await expect(attempt).rejects.toThrow(ArtifactUnreadable);
    await expect(attempt).rejects.toThrow('cannot be converted: The profile is corrupt');
  });

  test('of something else is refused', async () => {
    const bench = await CaptureBench.open();
    await bench.agent({ mediaType: 'application/octet-stream' });
    const { id } = await bench.request();
    await bench.untilState(id, 'complete');
    await expect(bench.service.profile(id, 'pprof', AbortSignal.timeout(10_000))).rejects.toThrow(
      'has no pprof form',
    );
  });
});

test('a held capture that nobody knows is left alone', async () => {
  const bench = await CaptureBench.open();
  const agent = await bench.agent({
    describe: (obedient) => ({
      ...obedient,
      heldCaptures: [
        create(HeldCaptureSchema, { captureId: 'cap_00000000000000000000', kind: CaptureKind.CPU }),
        create(HeldCaptureSchema, { captureId: '../../etc/passwd', kind: CaptureKind.CPU }),
      ],
    }),
  });
  agent.breakConnections();
  await delay(500);
  expect(agent.calls.filter((call) => call.startsWith('stop') || call.startsWith('release'))).toEqual([]);
});
