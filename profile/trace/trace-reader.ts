import { ProfileShapeError } from '../errors.ts';
import { JsonTokenizer } from '../json/json-tokenizer.ts';
import type { RawThread } from './raw-thread.ts';
import { RawTrace } from './raw-trace.ts';
import { toStateEvidence } from './state-evidence.ts';
import { toLane } from './to-lane.ts';
import { DEFAULT_TRACE_LIMITS, type Lane, type Trace, type TraceLimits } from './trace.ts';
import { TraceSink } from './trace-sink.ts';

/**
 * Reads a trace in Chrome's format as it arrives: `push` every chunk, then `end`. Both throw a `ProfileError` with a
 * sentence for a file that is corrupt, cut off, inconsistent or too large; the reader is of no use after that.
 */
export class TraceReader {
  readonly #limits: TraceLimits;
  readonly #raw: RawTrace;
  readonly #sink: TraceSink;
  readonly #tokenizer: JsonTokenizer;

  constructor(limits: Partial<TraceLimits> = {}) {
    this.#limits = { ...DEFAULT_TRACE_LIMITS, ...limits };
    this.#raw = new RawTrace(this.#limits);
    this.#sink = new TraceSink(this.#raw);
    this.#tokenizer = new JsonTokenizer(this.#sink, this.#limits.maxStringBytes);
  }

  push(chunk: Uint8Array): void {
    this.#tokenizer.push(chunk);
  }

  end(): Trace {
    this.#tokenizer.end();
    const raw = this.#raw;
    if (!this.#sink.hasEvents) throw new ProfileShapeError('traceEvents', 'is missing');
    raw.finish();
    const strings = raw.strings.toStrings();
    const lanes = this.#toLanes(strings);
    return {
      ...extentOf(raw),
      strings,
      eventCount: raw.eventCount,
      spanCount: raw.spanCount,
      undrawnCount: raw.undrawnCount,
      lanes,
      arguments: raw.arguments.finish(),
    };
  }

  #toLanes(strings: readonly string[]): Lane[] {
    const threads = this.#raw.threads().filter(({ loop, spans }) => loop.length > 0 || spans.length > 0);
    const evidence = toStateEvidence(strings);
    const hasProcesses = new Set(threads.map(({ pid }) => pid)).size > 1;
    const lanes = threads.map((thread) =>
      toLane(thread, this.#nameOf(thread, strings, hasProcesses), evidence, this.#limits.maxLines),
    );
    return [...lanes.filter(({ length }) => length > 0), ...lanes.filter(({ length }) => length === 0)];
  }

  /** A thread's number says nothing where there are several processes. */
  #nameOf({ pid, tid, name }: RawThread, strings: readonly string[], hasProcesses: boolean): string {
    const thread = strings[name] || `thread ${tid}`;
    if (!hasProcesses) return thread;
    return `${strings[this.#raw.processNames.get(pid) ?? -1] || `process ${pid}`}: ${thread}`;
  }
}

/** From the first to the last moment of anything in it. */
function extentOf({ startMicros, endMicros }: RawTrace): { startMicros: number; endMicros: number } {
  return startMicros > endMicros ? { startMicros: 0, endMicros: 0 } : { startMicros, endMicros };
}
