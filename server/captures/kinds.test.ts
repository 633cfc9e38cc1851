import { create } from '@bufbuild/protobuf';
import { durationMs } from '@bufbuild/protobuf/wkt';
import { describe, expect, test } from 'vitest';
import {
  CaptureCapabilitySchema,
  CaptureKind,
  type CollectPerformanceDataRequest,
  RecordingPhase,
} from '#proto/gen/opscenter/v1/capture_pb.ts';
import { ConsentMissing, KindUnavailable, NothingToKeep } from '../errors.ts';
import type { CaptureId, CaptureState } from '../http/contract/index.ts';
import { CaptureBench } from '../testing/capture-bench.ts';
import { identityOf } from '../testing/identity.ts';
import { Teller } from '../testing/lies.ts';
import type { AgentScript } from '../testing/scripted-agent.ts';
import { waitUntil } from '../testing/wait-until.ts';

type Capability = Partial<{ needsConsent: string; mainThreadOnlyReason: string; unavailableReason: string }>;

/** An agent that takes heap snapshots, unless it says why not. */
const snapshots = (facts: Capability = {}): AgentScript => ({
  describe: (obedient) => ({
    ...obedient,
    captures: [
      create(CaptureCapabilitySchema, {
        kind: CaptureKind.HEAPSNAPSHOT,
        available: facts.unavailableReason === undefined,
        price: {},
        ...facts,
      }),
    ],
  }),
});

const wish = { kind: 'heapsnapshot', options: {} } as const;
const pause = 'It stops the thread for about 20 s.';

function writingStatesOf(bench: CaptureBench, id: CaptureId) {
  return bench.seen.flatMap(({ id: seenId, status }) =>
    seenId === id && status.state === 'writing' ? [status] : [],
  ) satisfies CaptureState[];
}

describe('a kind that looks once', () => {
  test('takes no duration, whatever is asked for, and the agent gets one all the same', async () => {
    const bench = await CaptureBench.open();
    const requests: CollectPerformanceDataRequest[] = [];
    await bench.agent({
      ...snapshots(),
      collect: (call, agent) => {
        requests.push(call.request);
        void agent.obeyCollect(call);
      },
    });
    const { id } = await bench.request({ ...wish, durationSeconds: 60 });
    const capture = await bench.untilState(id, 'complete');
    expect(capture).toMatchObject({ durationSeconds: 0, price: { artifactBytes: null } });
    const [asked = expect.fail()] = requests;
    expect(asked.duration && durationMs(asked.duration)).toBeGreaterThan(0);
  });

  test('cannot be stopped, for half of it is nothing, and can be cancelled', async () => {
    const bench = await CaptureBench.open();
    await bench.agent({
      ...snapshots(),
      collect: (call) => void new Teller(call).started().progress(RecordingPhase.WRITING),
    });
    const { id } = await bench.request(wish);
    await bench.untilState(id, 'writing');
    await expect(bench.service.stop(id, 'kim')).rejects.toThrow(NothingToKeep);
    expect((await bench.service.cancel(id, 'kim')).status.state).toBe('cancelled');
  });

  test('may write for as long as it takes, where others are given up', async () => {
    const bench = await CaptureBench.open({ times: { writingMs: 100, wholeWritingMs: 5000 } });
    await bench.agent({
      ...snapshots(),
      collect: (call) => {
        const teller = new Teller(call).started().progress(RecordingPhase.WRITING);
        setTimeout(() => teller.artifact().chunks().done().end(), 400);
      },
    });
    const { id } = await bench.request(wish);
    await bench.untilState(id, 'complete');
  });
});

describe('an artifact that is written for long', () => {
  test('tells how much of it there is, and no end once more came than was expected', async () => {
    const bench = await CaptureBench.open();
    const teller = Promise.withResolvers<Teller>();
    await bench.agent({
      ...snapshots(),
      collect: (call) => teller.resolve(new Teller(call).started().progress(RecordingPhase.WRITING)),
    });
    const { id } = await bench.request(wish);
    const agent = await teller.promise;
    const wrote = (writtenBytes: bigint, expectedBytes: bigint) =>
      agent.say({
        case: 'progress',
        value: { phase: RecordingPhase.WRITING, writtenBytes, expectedBytes },
      });
    wrote(40n, 100n);
    await waitUntil('40 of 100', () =>
      writingStatesOf(bench, id).some((state) => state.writtenBytes === 40 && state.expectedBytes === 100),
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    wrote(120n, 100n);
    await waitUntil('120 of an unknown whole', () =>
      writingStatesOf(bench, id).some((state) => state.writtenBytes === 120 && state.expectedBytes === null),
    );
    expect(new Set(writingStatesOf(bench, id).map(({ since }) => since)).size).toBe(1);
    agent.artifact().chunks().done().end();
    await bench.untilState(id, 'complete');
  });
});

describe('a capture of a service', () => {
  test('is taken where the kind works, before where the thread is busiest', async () => {
    const bench = await CaptureBench.open();
    const facts: Capability[] = [
      { unavailableReason: 'Too little memory.' },
      { needsConsent: pause },
      {},
      {},
    ];
    for (const [index, each] of facts.entries()) {
      const identity = identityOf('lobby', { pid: index + 1, labels: {} });
      const vitals = () => ({ mainThreadCpuCores: 0.9 - index / 10 });
      await bench.agent({ ...snapshots(each), identity, vitals });
    }
    expect((await bench.request({ ...wish, service: 'lobby' })).instanceName).toBe('lobby:3');
  });

  test('is refused in the words of an instance when none can take it', async () => {
    const bench = await CaptureBench.open();
    await bench.agent(snapshots({ unavailableReason: 'It needs 4 GB and 1 GB is free.' }));
    await expect(bench.request(wish)).rejects.toThrow(KindUnavailable);
    await expect(bench.request(wish)).rejects.toThrow('It needs 4 GB and 1 GB is free.');
  });
});

describe('a kind that stops the thread', () => {
  test('is not begun before somebody has agreed to it', async () => {
    const bench = await CaptureBench.open();
    const agent = await bench.agent(snapshots({ needsConsent: pause }));
    await expect(bench.request(wish)).rejects.toThrow(ConsentMissing);
    await expect(bench.request(wish)).rejects.toThrow(pause);
    expect(agent.calls.filter((call) => call.startsWith('collect'))).toEqual([]);
    const { id } = await bench.request({ ...wish, options: { consentToPause: true } });
    await bench.untilState(id, 'complete');
  });

  test('of the main thread alone is refused for another, with the reason', async () => {
    const bench = await CaptureBench.open();
    await bench.agent(snapshots({ mainThreadOnlyReason: 'The child has only that thread.' }));
    await expect(bench.request({ ...wish, thread: 'worker-1' })).rejects.toThrow(
      'The child has only that thread.',
    );
  });
});

describe('the budget of a capture', () => {
  test('is what the server is set to, but for what the request says, and what nobody says is not sent', async () => {
    const bench = await CaptureBench.open({
      limits: { budgets: { cpu: { pauseMs: 100, cpuCores: 0.5 } } },
    });
    const requests: CollectPerformanceDataRequest[] = [];
    await bench.agent({
      collect: (call, agent) => {
        requests.push(call.request);
        void agent.obeyCollect(call);
      },
    });
    const { id } = await bench.request({ options: { budget: { pauseMs: 250 } } });
    const { options } = await bench.untilState(id, 'complete');
    expect(options.budget).toEqual({ pauseMs: 250, cpuCores: 0.5 });
    const { budget } = requests[0] ?? expect.fail();
    expect(budget).toMatchObject({ threadShare: 0, cpuCores: 0.5, memoryBytes: 0n });
    expect(budget?.pause && durationMs(budget.pause)).toBe(250);
  });
});
