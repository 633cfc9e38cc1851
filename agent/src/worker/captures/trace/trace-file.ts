import { toBlockedSpans } from './blocked-spans.ts';
import { toLoopSpans } from './loop-spans.ts';
import type { ThreadNotes } from './thread-notes.ts';
import type { TraceEvents } from './trace-events.ts';

/** The categories of what the agent adds. */
const loopCategory = 'opscenter.loop';
const callCategory = 'opscenter.calls';
const eventsPerPiece = 500;

/** What belongs into one file. */
export interface TraceParts {
  service: string;
  events: TraceEvents;
  threads: readonly ThreadNotes[];
  categories: readonly string[];
}

/**
 * The trace in the object form of Chrome's format, which Perfetto and chrome://tracing open.
 *
 * @see https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
export function* toTracePieces(parts: TraceParts): Generator<string | Buffer> {
  const metadata = {
    source: '@opscenter/agent',
    node: process.versions.node,
    v8: process.versions.v8,
    categories: parts.categories,
  };
  yield `{"displayTimeUnit":"ms","metadata":${JSON.stringify(metadata)},"traceEvents":[\n`;
  yield toLines([...nameEvents(parts)]);
  for (const [index, piece] of [...parts.events.pieces()].entries()) {
    if (index === 0) yield ',\n';
    yield piece;
  }
  for (const thread of parts.threads) {
    yield* toPieces(loopEvents(thread));
    yield* toPieces(callEvents(thread));
  }
  yield '\n]}\n';
}

function* toPieces(events: Iterable<object>): Generator<string> {
  let batch: object[] = [];
  for (const event of events) {
    batch.push(event);
    if (batch.length < eventsPerPiece) continue;
    yield `,\n${toLines(batch)}`;
    batch = [];
  }
  if (batch.length > 0) yield `,\n${toLines(batch)}`;
}

function toLines(events: readonly object[]): string {
  return events.map((event) => JSON.stringify(event)).join(',\n');
}

/** The threads of the service first. */
function* nameEvents({ service, events, threads }: TraceParts): Generator<object> {
  const { pid } = process;
  const name = (tid: number, text: string, place: number) => [
    { ph: 'M', name: 'thread_name', pid, tid, args: { name: text } },
    { ph: 'M', name: 'thread_sort_index', pid, tid, args: { sort_index: place } },
  ];
  yield { ph: 'M', name: 'process_name', pid, tid: pid, args: { name: service } };
  const named = new Set(threads.map(({ tid }) => tid));
  for (const [place, thread] of threads.entries()) yield* name(thread.tid, thread.name, place);
  for (const [tid, text] of events.threadNames) {
    if (!named.has(tid)) yield* name(tid, text, 10_000);
  }
}

function* loopEvents(thread: ThreadNotes): Generator<object> {
  const { tid, window } = thread;
  if (!window) return;
  const spans = toLoopSpans(window, thread.waits);
  const last = spans.at(-1);
  if (last?.state === 'executing') last.smallMicros = thread.smallMicros;
  const event = (name: string, began: number, ended: number, args: object) => ({
    name,
    cat: loopCategory,
    ph: 'X',
    pid: process.pid,
    tid,
    ts: began,
    dur: ended - began,
    args,
  });
  for (const { state, beganMicros, endedMicros, smallMicros } of spans) {
    const args = state === 'executing' ? { shortWaitsMicros: smallMicros } : {};
    yield event(state, beganMicros, endedMicros, args);
  }
  for (const { beganMicros, endedMicros } of toBlockedSpans(window, thread.waits, thread.sleeps ?? []))
    yield event('blocked', beganMicros, endedMicros, {});
}

/** Calls overlap, so each is a pair of asynchronous events. */
function* callEvents({ calls, tid }: ThreadNotes): Generator<object> {
  for (const [index, [name, beganMicros, tookMicros]] of calls.entries()) {
    const id = `${tid}.${index}`;
    const event = { name, cat: callCategory, pid: process.pid, tid, id };
    yield { ...event, ph: 'b', ts: beganMicros };
    yield { ...event, ph: 'e', ts: beganMicros + tookMicros };
  }
}
