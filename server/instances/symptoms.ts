import { Responsiveness_State } from '#proto/gen/opscenter/v1/agent_pb.ts';
import type { Symptom } from './health.ts';
import type { VitalsSecond } from './vitals-second.ts';

/**
 * The thresholds beyond which a second counts against an instance. Chosen for game services: players notice
 * what takes 200 ms, and a loop that is 95 % busy or a heap that is 90 % full has no room for the next burst.
 */
const LOOP_DELAY_P99_MS = 200;
const LOOP_UTILIZATION = 0.95;
const HEAP_PART = 0.9;
const GC_PAUSE_MS_PER_SECOND = 300;
/** Not answering for this long is a fact, not an impression. */
const FIRM_UNRESPONSIVE_MS = 2_500;

/** What this second of vitals says about the instance. */
export function findSymptom(second: VitalsSecond): { symptom: Symptom; firm: boolean } {
  const stuck = findStuck(second);
  if (stuck) return { symptom: stuck, firm: second.values.unresponsiveMs >= FIRM_UNRESPONSIVE_MS };
  const reason = findStrain(second);
  return { symptom: reason ? { kind: 'strained', reason } : { kind: 'fine' }, firm: false };
}

function findStuck({ responsiveness, values }: VitalsSecond): Symptom | undefined {
  const time = `${(values.unresponsiveMs / 1000).toFixed(1)} s`;
  const silence = Number.isNaN(values.unresponsiveMs) ? '' : ` for ${time}`;
  switch (responsiveness) {
    case Responsiveness_State.STUCK_IN_JS:
      return {
        kind: 'stuck',
        where: 'js',
        reason: `The main thread has been executing JavaScript${silence}.`,
      };
    case Responsiveness_State.STUCK_IN_NATIVE_CALL:
      return {
        kind: 'stuck',
        where: 'native',
        reason: `The main thread has been in a native call${silence}.`,
      };
    case Responsiveness_State.UNRESPONSIVE:
      return { kind: 'stuck', where: 'unknown', reason: `The main thread has not answered${silence}.` };
    default:
      return undefined;
  }
}

/** Comparisons with NaN, which stands for "not measured", are false: what is not known counts for nothing. */
function findStrain({ values }: VitalsSecond): string | undefined {
  if (values.loopDelayP99Ms > LOOP_DELAY_P99_MS) {
    return `The event loop answers late: 1 % of its turns wait more than ${Math.round(values.loopDelayP99Ms)} ms.`;
  }
  if (values.loopUtilization > LOOP_UTILIZATION) {
    return `The event loop is busy ${Math.round(values.loopUtilization * 100)} % of the time.`;
  }
  const heapPart = values.heapUsedBytes / values.heapLimitBytes;
  if (heapPart > HEAP_PART) return `The heap is ${Math.round(heapPart * 100)} % full.`;
  if (values.gcPauseMs > GC_PAUSE_MS_PER_SECOND) {
    return `Garbage collection stops the main thread ${Math.round(values.gcPauseMs)} ms a second.`;
  }
  return undefined;
}
