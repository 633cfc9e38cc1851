import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  type DescribeResponse,
  DescribeResponseSchema,
} from '../../../../proto/gen/opscenter/v1/agent_pb.ts';
import {
  type CaptureBudgetSchema,
  type CaptureCapabilitySchema,
  CaptureKind,
} from '../../../../proto/gen/opscenter/v1/capture_pb.ts';
import type { CaptureDesk } from '../captures/capture-desk.ts';
import type { CaptureBudgetFacts, CaptureCapabilityFacts } from '../captures/capture-method.ts';
import type { Description } from '../description.ts';
import { identityMessage, runtimeMessage } from '../identity-messages.ts';
import type { ThreadDirectory } from '../inspector/thread-directory.ts';
import { within } from '../within.ts';
import { artifactInfoOf, phaseOf } from './capture-messages.ts';
import { toDuration } from './duration.ts';

/** Prices that cannot be looked at by then stay as they were known. */
const lookLimitMs = 500;

/** Who the instance is and what can be done with it. */
export async function describe(
  description: Description,
  threads: ThreadDirectory,
  desk: CaptureDesk,
): Promise<DescribeResponse> {
  await within(lookLimitMs, Promise.all(desk.methods.map((method) => method.look?.())));
  return create(DescribeResponseSchema, {
    identity: identityMessage(description.identity),
    runtime: runtimeMessage(description.runtime),
    threads: await threads.list(),
    captures: desk.methods.map((method) => capabilityMessage(method.kind, desk.capabilityOf(method))),
    resources: [...description.resources],
    actions: [...description.actions],
    heldCaptures: desk
      .list()
      .filter((capture) => capture.state.state !== 'failed')
      .map((capture) => {
        const artifact = artifactInfoOf(capture);
        return {
          captureId: capture.id,
          kind: capture.method.kind,
          phase: phaseOf(capture),
          ...(artifact ? { artifact } : {}),
        };
      }),
  });
}

function capabilityMessage(
  kind: CaptureKind,
  capability: CaptureCapabilityFacts,
): MessageInitShape<typeof CaptureCapabilitySchema> {
  if (!capability.available) {
    const { reason, instead = CaptureKind.UNSPECIFIED } = capability;
    return { kind, available: false, unavailableReason: reason, instead };
  }
  const { price, budget, mainThreadOnlyReason = '', needsConsent = '', remarks = [] } = capability;
  const { startPauseMs, endPauseMs = 0, throughputLoss, memoryBytes, cpuCores, artifactBytes } = price;
  return {
    kind,
    available: true,
    price: {
      startPause: toDuration(startPauseMs),
      endPause: toDuration(endPauseMs),
      throughputLoss,
      memoryBytes: BigInt(memoryBytes),
      cpuCores,
      artifactBytes: BigInt(artifactBytes),
    },
    mainThreadOnlyReason,
    needsConsent,
    remarks: [...remarks],
    budget: budgetMessage(budget),
  };
}

function budgetMessage(budget: CaptureBudgetFacts): MessageInitShape<typeof CaptureBudgetSchema> {
  const { pauseMs, threadShare, cpuCores, memoryBytes } = budget;
  return { pause: toDuration(pauseMs), threadShare, cpuCores, memoryBytes: BigInt(memoryBytes) };
}
