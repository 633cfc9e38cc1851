import { ProfileShapeError } from '../errors.ts';
import { JsonTokenizer } from '../json/json-tokenizer.ts';
import { RawTrace } from './raw-trace.ts';
import { toLane } from './to-lane.ts';
import { DEFAULT_TRACE_LIMITS, type Lane, type Trace, type TraceLimits } from './trace.ts';
import { TraceSink } from './trace-sink.ts';

/**
 * Reads a trace in Chrome's format as it arrives: `push` every chunk, then `end`. Both throw a `ProfileError` with a
 * sentence for a file that is corrupt, cut off, inconsistent or too large; the reader is of no use after that.
 */
export class TraceReader {
  readonly #raw: RawTrace;
  readonly #sink: TraceSink;
  readonly #tokenizer: JsonTokenizer;

  constructor(limits: Partial<TraceLimits> = {}) {
    const all = { ...DEFAULT_TRACE_LIMITS, ...limits };
    this.#raw = new RawTrace(all);
    this.#sink = new TraceSink(this.#raw);
    this.#tokenizer = new JsonTokenizer(this.#sink, all.maxStringBytes);
  }

  push(chunk: Uint8Array): void {
    this.#tokenizer.push(chunk);
  }

  end(): Trace {
    this.#tokenizer.end();
    const raw = this.#raw;
    if (!this.#sink.hasEvents) throw new ProfileShapeError('traceEvents', 'is missing');
    const strings = raw.strings.toStrings();
    const nameOf = (tid: number) => strings[raw.threadNames.get(tid) ?? -1] ?? `thread ${tid}`;
    const lanes = [...raw.lanes]
      .filter(([, { loop }]) => loop.length > 0)
      .map(([tid, lane]) => toLane(tid, nameOf(tid), lane));
    return {
      ...extentOf(raw, lanes),
      eventCount: raw.eventCount,
      lanes,
      longestSpans: raw.spans.finish().map(({ name, category, tid, startMicros, durationMicros }) => ({
        name: strings[name] ?? '',
        category: strings[category] ?? '',
        thread: nameOf(tid),
        tid,
        startMicros,
        durationMicros,
      })),
    };
  }
}

/** From the first to the last moment of anything in it. */
function extentOf(raw: RawTrace, lanes: readonly Lane[]): { startMicros: number; endMicros: number } {
  if (raw.startMicros > raw.endMicros) return { startMicros: 0, endMicros: 0 };
  return {
    startMicros: Math.min(
      raw.startMicros,
      ...lanes.map(({ startMicros }) => startMicros[0] ?? raw.startMicros),
    ),
    endMicros: Math.max(raw.endMicros, ...lanes.map(({ endMicros }) => endMicros.at(-1) ?? raw.endMicros)),
  };
}
