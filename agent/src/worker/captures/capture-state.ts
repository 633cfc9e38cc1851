import type { AgentErrorCode } from '../../errors.ts';
import type { Artifact } from '../artifacts/artifact.ts';

/** `complete`: of a kind that takes no time. */
export type EndedBy = 'duration' | 'stopped' | 'limit' | 'budget' | 'thread-ended' | 'complete';

/** What a capture cost; undefined is what was not measured. */
export interface CaptureCostFacts {
  startPauseMs: number | undefined;
  stopPauseMs: number | undefined;
  memoryGrowthBytes: number;
  worstPauseMs: number | undefined;
  usualPauseMs: number | undefined;
  recorderCpuCores: number | undefined;
  threadShare: number | undefined;
}

/** The life of a capture: waiting → recording → writing → held, or failed from anywhere. */
export type CaptureState =
  /** The recorder has been asked to start and the thread has not answered yet. */
  | { readonly state: 'waiting' }
  | { readonly state: 'recording'; readonly sinceMs: number }
  | {
      readonly state: 'writing';
      readonly elapsedMs: number;
      readonly endedBy: EndedBy;
      /** A sentence with the numbers when it ended by itself; may be empty. */
      readonly endedReason: string;
    }
  | {
      readonly state: 'held';
      readonly artifact: Artifact;
      readonly recordedMs: number;
      readonly endedBy: EndedBy;
      readonly endedReason: string;
      readonly remarks: readonly string[];
      readonly redacted: boolean | undefined;
    }
  | { readonly state: 'failed'; readonly code: AgentErrorCode; readonly message: string };

export type CaptureEvent =
  | { type: 'began'; atMs: number }
  | { type: 'ending'; atMs: number; endedBy: EndedBy; endedReason: string }
  | {
      type: 'written';
      artifact: Artifact;
      recordedMs: number;
      remarks: readonly string[];
      redacted: boolean | undefined;
    }
  | { type: 'failed'; code: AgentErrorCode; message: string };

/** Undefined when the event does not belong to the state: it came too late and changes nothing. */
export function nextCaptureState(current: CaptureState, event: CaptureEvent): CaptureState | undefined {
  if (event.type === 'failed') {
    return current.state === 'failed'
      ? undefined
      : { state: 'failed', code: event.code, message: event.message };
  }
  switch (current.state) {
    case 'waiting':
      return event.type === 'began' ? { state: 'recording', sinceMs: event.atMs } : undefined;
    case 'recording':
      if (event.type !== 'ending') return undefined;
      return {
        state: 'writing',
        elapsedMs: event.atMs - current.sinceMs,
        endedBy: event.endedBy,
        endedReason: event.endedReason,
      };
    case 'writing': {
      if (event.type !== 'written') return undefined;
      const { artifact, recordedMs, remarks, redacted } = event;
      const { endedBy, endedReason } = current;
      return { state: 'held', artifact, recordedMs, remarks, redacted, endedBy, endedReason };
    }
    case 'held':
    case 'failed':
      return undefined;
    default:
      return assertNever(current);
  }
}

/** Whether the recorder may still be at work. */
export function isRunning(state: CaptureState): boolean {
  return state.state === 'waiting' || state.state === 'recording' || state.state === 'writing';
}

function assertNever(state: never): never {
  throw new TypeError(`unexpected state ${JSON.stringify(state)}`);
}
