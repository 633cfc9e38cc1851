import { durationMs } from '@bufbuild/protobuf/wkt';
import type { ActionDescription } from '#proto/gen/opscenter/v1/action_pb.ts';
import type { DescribeResponse, ResourceDescription } from '#proto/gen/opscenter/v1/agent_pb.ts';
import type {
  CaptureBudget as BudgetMessage,
  CaptureCapability as CapabilityMessage,
  CapturePrice as PriceMessage,
} from '#proto/gen/opscenter/v1/capture_pb.ts';
import type { RuntimeInfo } from '#proto/gen/opscenter/v1/identity_pb.ts';
import {
  type ActionOffer,
  type CaptureBudget,
  type CaptureCapability,
  CaptureId,
  type CaptureKind,
  type CapturePrice,
  type Instance,
} from '../http/contract/index.ts';
import { toCaptureKind } from './capture-kinds.ts';
import { parseObject } from './json-object.ts';
import { toText } from './text.ts';

/** What an agent says can be done with its instance. Bounded: an agent may send anything. */
export interface Description {
  runtime: Instance['runtime'];
  threads: Instance['threads'];
  captures: CaptureCapability[];
  resources: readonly DescribedResource[];
  actions: ActionOffer[];
  heldCaptures: readonly string[];
}

export interface DescribedResource {
  id: string;
  kind: string;
  name: string;
  description: string;
}

const MAX_THREADS = 256;
const MAX_RESOURCES = 256;
const MAX_ACTIONS = 128;
const MAX_HELD = 256;
const MAX_SCHEMA_LENGTH = 64 * 1024;
const MAX_REMARKS = 16;

export const nothingDescribed: Description = {
  runtime: null,
  threads: [],
  captures: [],
  resources: [],
  actions: [],
  heldCaptures: [],
};

export function toDescription(message: DescribeResponse): Description {
  return {
    runtime: toRuntime(message.runtime),
    threads: message.threads
      .slice(0, MAX_THREADS)
      .filter((thread) => /^[\x21-\x7e]{1,64}$/.test(thread.id))
      .map((thread) => ({ id: thread.id, name: toText(thread.name, 128) })),
    captures: toCapabilities(message.captures),
    resources: firstOfEach(
      message.resources.slice(0, MAX_RESOURCES).map(toDescribedResource),
      (resource) => resource.id,
    ),
    actions: firstOfEach(
      message.actions.slice(0, MAX_ACTIONS).flatMap(toActionOffer),
      (action) => action.type,
    ),
    heldCaptures: message.heldCaptures
      .slice(0, MAX_HELD)
      .map((held) => held.captureId)
      .filter((id) => CaptureId.safeParse(id).success),
  };
}

export function toRuntime(message: RuntimeInfo | undefined): Instance['runtime'] {
  if (!message) return null;
  return {
    name: toText(message.name, 64),
    version: toText(message.version, 64),
    engineVersion: toText(message.engineVersion, 64),
    platform: toText(message.platform, 64),
    arch: toText(message.arch, 64),
    agentVersion: toText(message.agentVersion, 64),
  };
}

function firstOfEach<Thing>(things: readonly Thing[], nameOf: (thing: Thing) => string): Thing[] {
  const byName = new Map<string, Thing>();
  for (const thing of things) if (!byName.has(nameOf(thing))) byName.set(nameOf(thing), thing);
  return [...byName.values()];
}

/** One for each kind: the first that is told. */
function toCapabilities(messages: readonly CapabilityMessage[]): CaptureCapability[] {
  const byKind = new Map<string, CaptureCapability>();
  for (const message of messages) {
    const kind = toCaptureKind(message.kind);
    if (!kind || byKind.has(kind)) continue;
    byKind.set(kind, toCapability(kind, message));
  }
  return [...byKind.values()];
}

function toCapability(kind: CaptureKind, message: CapabilityMessage): CaptureCapability {
  if (!message.available) {
    const instead = toCaptureKind(message.instead) ?? null;
    return { available: false, kind, reason: toText(message.unavailableReason, 500), instead };
  }
  return {
    available: true,
    kind,
    price: toPrice(message.price),
    budget: toBudget(message.budget),
    mainThreadOnlyReason: toText(message.mainThreadOnlyReason, 500) || null,
    needsConsent: toText(message.needsConsent, 500) || null,
    remarks: toRemarks(message.remarks),
  };
}

/** Sentences of an agent, as many and as long as can be shown. */
export function toRemarks(remarks: readonly string[]): string[] {
  return remarks
    .slice(0, MAX_REMARKS)
    .map((remark) => toText(remark, 500))
    .filter((remark) => remark !== '');
}

function toBudget(message: BudgetMessage | undefined): CaptureBudget {
  if (!message) return {};
  const { pause, threadShare, cpuCores, memoryBytes } = message;
  return {
    ...(pause && { pauseMs: durationMs(pause) }),
    ...(threadShare > 0 && Number.isFinite(threadShare) && { threadShare }),
    ...(cpuCores > 0 && Number.isFinite(cpuCores) && { cpuCores }),
    ...(memoryBytes > 0n && { memoryBytes: Number(memoryBytes) }),
  };
}

function toPrice(message: PriceMessage | undefined): CapturePrice {
  return {
    startPauseMs: message?.startPause ? durationMs(message.startPause) : null,
    endPauseMs: message?.endPause ? durationMs(message.endPause) : null,
    throughputLoss: message && Number.isFinite(message.throughputLoss) ? message.throughputLoss : null,
    memoryBytes: message ? Number(message.memoryBytes) : null,
    cpuCores: message && Number.isFinite(message.cpuCores) ? message.cpuCores : null,
    artifactBytes: message && message.artifactBytes > 0n ? Number(message.artifactBytes) : null,
  };
}

function toDescribedResource(message: ResourceDescription): DescribedResource {
  return {
    id: toText(message.id, 128),
    kind: toText(message.kind, 64),
    name: toText(message.name, 128),
    description: toText(message.description, 500),
  };
}

/** An action whose schema is no JSON object cannot be offered. */
function toActionOffer(message: ActionDescription): ActionOffer[] {
  const parametersSchema = parseObject(message.parametersSchemaJson, MAX_SCHEMA_LENGTH);
  if (!parametersSchema || !/^[a-z0-9.-]{1,64}$/.test(message.type)) return [];
  return [
    {
      type: message.type,
      title: toText(message.title, 128),
      description: toText(message.description, 2000),
      parametersSchema,
    },
  ];
}
