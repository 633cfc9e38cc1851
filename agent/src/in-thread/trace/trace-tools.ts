import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { renew, switchOff, switchOn } from '../switchboard.ts';
import { CallSpans, type SpanRow } from './call-spans.ts';
import { LoopWaits, type WaitRow } from './loop-waits.ts';
import { nowMicros } from './now-micros.ts';

const switchName = 'trace';

let recorder: { waits: LoopWaits; spans: CallSpans } | undefined;

export interface TraceReading {
  /** When it was read, by the clock of all times in it. */
  atMicros: number;
  waits: WaitRow[];
  /** Waited in small pieces since the last of the waits. */
  smallMicros: number;
  lostMicros: number;
  spans: SpanRow[];
  spansLeftOut: number;
}

/** Begins to note what this thread waits for and calls. Gives the thread's id in V8's trace events, where that is known. */
export function startTrace(): { atMicros: number; systemThreadId: number | null } {
  const spans = new CallSpans();
  const waits = new LoopWaits();
  switchOn(switchName, () => {
    recorder = undefined;
    waits.end();
    spans[Symbol.dispose]();
  });
  recorder = { waits, spans };
  return { atMicros: nowMicros(), systemThreadId: findSystemThreadId() };
}

/** What was noted since the last reading; null when nothing is noted any more. */
export function readTrace(): TraceReading | null {
  if (!recorder || !renew(switchName)) return null;
  return { atMicros: nowMicros(), ...recorder.waits.drain(), ...recorder.spans.drain() };
}

export function finishTrace(): TraceReading | null {
  const last = readTrace();
  switchOff(switchName);
  return last;
}

/** Linux alone tells. */
function findSystemThreadId(): number | null {
  try {
    const id = Number(basename(readlinkSync('/proc/thread-self')));
    return Number.isSafeInteger(id) ? id : null;
  } catch {
    return null;
  }
}
