import { create } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import { CaptureCapabilitySchema, CaptureKind } from '#proto/gen/opscenter/v1/capture_pb.ts';
import { identityOf } from '../testing/identity.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { CaptureOffers, type Instance, Problem } from './contract/index.ts';
import { TestConsole } from './testing/test-console.ts';

async function ask(opened: TestConsole, instance: Instance) {
  return await opened.send(`/api/v1/instances/${instance.id}/captures`);
}

const snapshotOf = (artifactBytes: bigint) =>
  create(CaptureCapabilitySchema, {
    kind: CaptureKind.HEAPSNAPSHOT,
    available: true,
    price: { artifactBytes },
    remarks: ['Taken in a child of the process.'],
  });

describe('what can be captured in an instance', () => {
  test('is asked of it at that moment, with the price of that moment', async () => {
    const opened = await TestConsole.open();
    let heapBytes = 1000n;
    const { instance } = await opened.connectAgent({
      describe: (obedient) => ({ ...obedient, captures: [snapshotOf(heapBytes)] }),
    });
    heapBytes = 5000n;
    expect(instance.captures).toMatchObject([{ price: { artifactBytes: 1000 } }]);
    const offers = CaptureOffers.parse((await ask(opened, instance)).json());
    expect(offers).toMatchObject({
      isCurrent: true,
      captures: [{ price: { artifactBytes: 5000 }, remarks: ['Taken in a child of the process.'] }],
    });
    expect(Date.now() - Date.parse(offers.asOf)).toBeLessThan(10_000);
  });

  test('is what was last said, and told as such, when the answer is not the instance’s own', async () => {
    const opened = await TestConsole.open();
    let isOther = false;
    const { instance } = await opened.connectAgent({
      describe: (obedient) => ({
        ...obedient,
        captures: [snapshotOf(1000n)],
        ...(isOther && { identity: identityOf('lobby', { pid: 99 }), captures: [snapshotOf(7n)] }),
      }),
    });
    isOther = true;
    expect(CaptureOffers.parse((await ask(opened, instance)).json())).toMatchObject({
      isCurrent: false,
      captures: [{ price: { artifactBytes: 1000 } }],
    });
  });

  test('is nothing of an instance that cannot be reached, or that there is not', async () => {
    const opened = await TestConsole.open();
    const { agent, instance } = await opened.connectAgent();
    agent.vanish();
    const problem = await waitUntil('it is gone', async () => {
      const answer = await ask(opened, instance);
      return answer.status === 409 ? Problem.parse(answer.json()) : undefined;
    });
    expect(problem.code).toBe('instance-unreachable');
    const nobody = await opened.send('/api/v1/instances/lobby.0123456789/captures');
    expect(Problem.parse(nobody.json()).code).toBe('instance-not-found');
  });
});
