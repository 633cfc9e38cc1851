import { durationMs } from '@bufbuild/protobuf/wkt';
import { Responsiveness_State, type Vitals } from '#proto/gen/opscenter/v1/agent_pb.ts';
import type { VitalName } from '../http/contract/index.ts';

/** One second of one instance in numbers; NaN where a number was not measured or makes no sense. */
export interface VitalsSecond {
  responsiveness: Responsiveness_State;
  values: Record<VitalName, number>;
}

/** Takes the numbers out of the message. An agent may send anything; only finite, non-negative numbers pass. */
export function toVitalsSecond(vitals: Vitals | undefined): VitalsSecond {
  const { responsiveness } = vitals ?? {};
  return {
    responsiveness: responsiveness?.state ?? Responsiveness_State.UNSPECIFIED,
    values: {
      unresponsiveMs: toNumber(responsiveness?.unresponsiveFor && durationMs(responsiveness.unresponsiveFor)),
      roundTripMs: toNumber(responsiveness?.roundTrip && durationMs(responsiveness.roundTrip)),
      loopDelayP50Ms: toNumber(vitals?.eventLoopDelayP50Ms),
      loopDelayP99Ms: toNumber(vitals?.eventLoopDelayP99Ms),
      loopDelayMaxMs: toNumber(vitals?.eventLoopDelayMaxMs),
      loopUtilization: toNumber(vitals?.eventLoopUtilization),
      cpuCores: toNumber(vitals?.cpuCores),
      mainThreadCpuCores: toNumber(vitals?.mainThreadCpuCores),
      rssBytes: toNumber(vitals?.rssBytes),
      heapUsedBytes: toNumber(vitals?.heapUsedBytes),
      heapTotalBytes: toNumber(vitals?.heapTotalBytes),
      heapLimitBytes: toNumber(vitals?.heapLimitBytes),
      externalBytes: toNumber(vitals?.externalBytes),
      gcCount: toNumber(vitals?.gcCount),
      gcPauseMs: toNumber(vitals?.gcPauseMs),
    },
  };
}

const LARGEST = 2 ** 53;

function toNumber(value: number | bigint | undefined): number {
  const number = Number(value ?? Number.NaN);
  return number >= 0 && number <= LARGEST ? number : Number.NaN;
}
