import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { ServerWritableStream } from '@grpc/grpc-js';
import {
  Responsiveness_State,
  type ResponsivenessSchema,
  type VitalsSchema,
  type WatchRequest,
  type WatchResponse,
  WatchResponseSchema,
} from '../../../../proto/gen/opscenter/v1/agent_pb.ts';
import type { Description } from '../description.ts';
import type { Responsiveness } from '../vitals/responsiveness.ts';
import type { VitalsClock, VitalsReading } from '../vitals/vitals-clock.ts';
import { toDuration } from './duration.ts';
import { MessageSink } from './message-sink.ts';
import { resourceStateMessage } from './resource-messages.ts';

/** Vitals once a second until the caller leaves. One that is behind misses seconds; they are not kept for it. */
export async function watch(
  call: ServerWritableStream<WatchRequest, WatchResponse>,
  vitals: VitalsClock,
  description: Description,
): Promise<void> {
  const sink = new MessageSink(call);
  await new Promise<void>((resolve) => {
    if (sink.gone.aborted) return resolve();
    const subscription = vitals.subscribe((reading) => {
      if (!sink.isFull && !sink.gone.aborted) sink.offer(encoded(reading, description.revision));
    });
    sink.gone.addEventListener('abort', () => {
      subscription[Symbol.dispose]();
      resolve();
    });
  });
}

let lastEncoded: { reading: VitalsReading; revision: bigint; bytes: Buffer } | undefined;

/** Several watchers get the same second: it is encoded once. */
function encoded(reading: VitalsReading, revision: bigint): Buffer {
  if (lastEncoded?.reading !== reading || lastEncoded.revision !== revision) {
    const bytes = Buffer.from(toBinary(WatchResponseSchema, toWatchResponse(reading, revision)));
    lastEncoded = { reading, revision, bytes };
  }
  return lastEncoded.bytes;
}

function toWatchResponse(reading: VitalsReading, descriptionRevision: bigint): WatchResponse {
  return create(WatchResponseSchema, {
    at: timestampFromMs(reading.atMs),
    vitals: toVitals(reading),
    resources: reading.resources.map(resourceStateMessage),
    descriptionRevision,
  });
}

function toVitals({
  responsiveness,
  mainThread,
  process,
}: VitalsReading): MessageInitShape<typeof VitalsSchema> {
  return {
    responsiveness: toResponsiveness(responsiveness),
    ...known({
      eventLoopDelayP50Ms: mainThread?.eventLoopDelayP50Ms,
      eventLoopDelayP99Ms: mainThread?.eventLoopDelayP99Ms,
      eventLoopDelayMaxMs: mainThread?.eventLoopDelayMaxMs,
      eventLoopUtilization: mainThread?.eventLoopUtilization,
      cpuCores: process.cpuCores,
      mainThreadCpuCores: process.mainThreadCpuCores,
      gcCount: mainThread?.gcCountInLastSecond,
      gcPauseMs: mainThread?.gcPauseMsInLastSecond,
    }),
    ...bytes({
      rssBytes: process.rssBytes,
      heapUsedBytes: mainThread?.heapUsedBytes,
      heapTotalBytes: mainThread?.heapTotalBytes,
      heapLimitBytes: mainThread?.heapLimitBytes,
      externalBytes: mainThread?.externalBytes,
    }),
  };
}

type Numbers = Record<string, number | undefined>;

/** What was not measured is left out. */
function known<Given extends Numbers>(numbers: Given): { [Key in keyof Given]?: number } {
  return Object.fromEntries(
    Object.entries(numbers).filter(([, value]) => value !== undefined && !Number.isNaN(value)),
  ) as { [Key in keyof Given]?: number };
}

function bytes<Given extends Numbers>(numbers: Given): { [Key in keyof Given]?: bigint } {
  return Object.fromEntries(
    Object.entries(known(numbers)).map(([key, value]) => [key, BigInt(Math.round(value ?? 0))]),
  ) as { [Key in keyof Given]?: bigint };
}

const stateOf = {
  responsive: Responsiveness_State.RESPONSIVE,
  unresponsive: Responsiveness_State.UNRESPONSIVE,
  'stuck-in-js': Responsiveness_State.STUCK_IN_JS,
  'stuck-in-native-call': Responsiveness_State.STUCK_IN_NATIVE_CALL,
} as const;

function toResponsiveness(responsiveness: Responsiveness): MessageInitShape<typeof ResponsivenessSchema> {
  const state = stateOf[responsiveness.state];
  if (responsiveness.state !== 'responsive') {
    return { state, unresponsiveFor: toDuration(responsiveness.forMs) };
  }
  const { roundTripMs } = responsiveness;
  return roundTripMs === undefined ? { state } : { state, roundTrip: toDuration(roundTripMs) };
}
