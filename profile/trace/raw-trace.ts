import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import { ByteStringTable } from '../model/byte-string-table.ts';
import { ArgumentTexts } from './argument-texts.ts';
import { ArgumentWriter } from './argument-writer.ts';
import { RawThread } from './raw-thread.ts';
import { LANE_STATE, SPAN_FLAG, type TraceLimits } from './trace.ts';

/** One event, as far as it is looked at; the next one takes its place. Texts are numbers of a table, -1 where there is none. */
export interface RawEvent {
  name: number;
  category: number;
  /** The letter's code. */
  phase: number;
  id: number;
  pid: number;
  tid: number;
  startMicros: number;
  durationMicros: number;
  argumentName: number;
  shortWaitsMicros: number;
}

const code = (letter: string) => letter.charCodeAt(0);
const METADATA = code('M');
const COMPLETE = code('X');
const BEGIN = code('B');
const END = code('E');
const CALL_BEGINS: readonly number[] = [code('b'), code('S')];
const CALL_ENDS: readonly number[] = [code('e'), code('F')];
const INSTANTS: readonly number[] = [code('i'), code('I'), code('R'), code('n')];

const mostOpen = 200_000;

/** Sorts events by what they say: names of threads, phases of loops, and spans. */
export class RawTrace {
  readonly strings: ByteStringTable;
  readonly ids: ByteStringTable;
  readonly writer = new ArgumentWriter();
  readonly arguments: ArgumentTexts;
  readonly processNames = new Map<number, number>();
  eventCount = 0;
  undrawnCount = 0;
  spanCount = 0;
  startMicros = Number.POSITIVE_INFINITY;
  endMicros = Number.NEGATIVE_INFINITY;
  readonly #limits: TraceLimits;
  readonly #known: { readonly [name: string]: number };
  readonly #threads = new Map<number, Map<number, RawThread>>();
  readonly #openCalls = new Map<string, { thread: RawThread; row: number }[]>();
  #openCallCount = 0;
  #threadCount = 0;
  #latest: RawThread | undefined;
  #rows = 0;

  constructor(limits: TraceLimits) {
    this.#limits = limits;
    this.strings = new ByteStringTable(limits.maxNameBytes);
    this.ids = new ByteStringTable(limits.maxNameBytes);
    this.arguments = new ArgumentTexts(limits.maxArgumentBytes);
    const encoder = new TextEncoder();
    const intern = (text: string) => this.strings.intern(encoder.encode(text), 0, text.length);
    this.#known = {
      none: intern(''),
      threadName: intern('thread_name'),
      processName: intern('process_name'),
      loop: intern('opscenter.loop'),
      waiting: intern('waiting'),
      executing: intern('executing'),
      blocked: intern('blocked'),
    };
  }

  /** In the order in which they were first heard of. */
  threads(): RawThread[] {
    return [...this.#threads.values()].flatMap((threads) => [...threads.values()]);
  }

  /** Takes in an event; its arguments stand in the writer. */
  add(event: RawEvent): void {
    this.eventCount += 1;
    if (this.eventCount > this.#limits.maxEvents)
      throw new ProfileLimitError('events', this.#limits.maxEvents);
    if (event.phase === METADATA) {
      this.#addMetadata(event);
      return;
    }
    if (!Number.isFinite(event.startMicros)) throw new ProfileShapeError(this.#path('ts'), 'is missing');
    const { phase } = event;
    this.startMicros = Math.min(this.startMicros, event.startMicros);
    this.endMicros = Math.max(this.endMicros, event.startMicros + event.durationMicros);
    if (phase === COMPLETE) this.#addComplete(event);
    else if (phase === BEGIN) this.#begin(event);
    else if (phase === END) this.#end(event);
    else if (CALL_BEGINS.includes(phase)) this.#beginCall(event);
    else if (CALL_ENDS.includes(phase)) this.#endCall(event);
    else if (INSTANTS.includes(phase)) this.#push(event, event.startMicros, SPAN_FLAG.instant);
    else this.undrawnCount += 1;
  }

  /** What had begun and not ended ends with the trace. */
  finish(): void {
    for (const thread of this.threads()) {
      const { spans } = thread;
      for (let row = 0; row < spans.length; row++) {
        if (!Number.isNaN(spans.end[row])) continue;
        spans.end[row] = this.endMicros;
        spans.flags[row] = (spans.flags[row] as number) | SPAN_FLAG.unfinished;
      }
    }
  }

  #addMetadata({ name, pid, tid, argumentName }: RawEvent): void {
    if (argumentName < 0) return;
    if (name === this.#known.threadName) this.#threadOf(pid, tid).name = argumentName;
    if (name === this.#known.processName) this.processNames.set(pid, argumentName);
  }

  #addComplete(event: RawEvent): void {
    if (event.category !== this.#known.loop || !this.#addPhase(event)) {
      this.#push(event, event.startMicros + event.durationMicros, 0);
    }
  }

  #addPhase({ name, pid, tid, startMicros, durationMicros, shortWaitsMicros }: RawEvent): boolean {
    const thread = this.#threadOf(pid, tid);
    const endMicros = startMicros + durationMicros;
    if (name === this.#known.blocked) thread.blocked.push(startMicros, endMicros, LANE_STATE.blocked);
    else if (name === this.#known.waiting) thread.loop.push(startMicros, endMicros, LANE_STATE.waiting);
    else if (name === this.#known.executing) {
      thread.loop.push(startMicros, endMicros, LANE_STATE.executing);
      if (shortWaitsMicros > 0) thread.shortWaits.push(startMicros, endMicros, shortWaitsMicros);
    } else return false;
    this.#rows += 1;
    if (this.#rows > this.#limits.maxRows)
      throw new ProfileLimitError('phases of threads', this.#limits.maxRows);
    return true;
  }

  #begin(event: RawEvent): void {
    this.#threadOf(event.pid, event.tid).open.push(this.#push(event, Number.NaN, 0));
  }

  #end(event: RawEvent): void {
    const { spans, open } = this.#threadOf(event.pid, event.tid);
    const row = open.pop();
    if (row === undefined) {
      this.undrawnCount += 1;
      return;
    }
    // An end before its begin would make what is drawn run backwards.
    spans.end[row] = Math.max(spans.start[row] as number, event.startMicros);
    if ((spans.arguments[row] as number) < 0) spans.arguments[row] = this.arguments.keep(this.writer);
  }

  #beginCall(event: RawEvent): void {
    if (this.#openCallCount >= mostOpen) {
      this.undrawnCount += 1;
      return;
    }
    const key = callKeyOf(event);
    const row = this.#push(event, Number.NaN, SPAN_FLAG.call);
    const begun = { thread: this.#threadOf(event.pid, event.tid), row };
    const open = this.#openCalls.get(key);
    if (open) open.push(begun);
    else this.#openCalls.set(key, [begun]);
    this.#openCallCount += 1;
  }

  #endCall(event: RawEvent): void {
    const key = callKeyOf(event);
    const open = this.#openCalls.get(key);
    const begun = open?.pop();
    if (!begun) {
      this.undrawnCount += 1;
      return;
    }
    if (open?.length === 0) this.#openCalls.delete(key);
    this.#openCallCount -= 1;
    const { spans } = begun.thread;
    spans.end[begun.row] = Math.max(spans.start[begun.row] as number, event.startMicros);
    if ((spans.arguments[begun.row] as number) < 0)
      spans.arguments[begun.row] = this.arguments.keep(this.writer);
  }

  #push({ name, category, pid, tid, startMicros }: RawEvent, endMicros: number, flags: number): number {
    this.spanCount += 1;
    if (this.spanCount > this.#limits.maxSpans) throw new ProfileLimitError('spans', this.#limits.maxSpans);
    const { none } = this.#known;
    return this.#threadOf(pid, tid).spans.push(
      startMicros,
      endMicros,
      name < 0 ? (none as number) : name,
      category < 0 ? (none as number) : category,
      this.arguments.keep(this.writer),
      flags,
    );
  }

  /** Events of one thread come in runs. */
  #threadOf(pid: number, tid: number): RawThread {
    if (this.#latest?.tid === tid && this.#latest.pid === pid) return this.#latest;
    const ofProcess = this.#threads.get(pid) ?? new Map<number, RawThread>();
    this.#threads.set(pid, ofProcess);
    let thread = ofProcess.get(tid);
    if (!thread) {
      this.#threadCount += 1;
      if (this.#threadCount > this.#limits.maxThreads)
        throw new ProfileLimitError('threads', this.#limits.maxThreads);
      thread = new RawThread(pid, tid);
      ofProcess.set(tid, thread);
    }
    this.#latest = thread;
    return thread;
  }

  #path(field: string): string {
    return `traceEvents[${this.eventCount - 1}].${field}`;
  }
}

/** Calls of one process with the same category, name and id are the same, or within each other. */
function callKeyOf({ pid, category, name, id }: RawEvent): string {
  return `${pid} ${category} ${name} ${id}`;
}
