import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import { ByteStringTable } from '../model/byte-string-table.ts';
import { IntervalList } from './interval-list.ts';
import { LongestSpans } from './longest-spans.ts';
import type { RawLane } from './to-lane.ts';
import { LANE_STATE, type TraceLimits } from './trace.ts';

/** One event, as far as it is looked at. Texts are numbers of the string table, -1 where there is none. */
export interface RawEvent {
  name: number;
  category: number;
  phase: string;
  id: string;
  tid: number;
  startMicros: number;
  durationMicros: number;
  argumentName: number;
  shortWaitsMicros: number;
}

const mostOpen = 200_000;

/** Sorts events by what they say: names of threads, phases of loops, collections of garbage, and what else took time. */
export class RawTrace {
  readonly strings: ByteStringTable;
  readonly spans: LongestSpans;
  readonly lanes = new Map<number, RawLane>();
  readonly threadNames = new Map<number, number>();
  eventCount = 0;
  startMicros = Number.POSITIVE_INFINITY;
  endMicros = Number.NEGATIVE_INFINITY;
  readonly #limits: TraceLimits;
  readonly #known: { [name: string]: number };
  readonly #openCollections = new Map<number, number[]>();
  readonly #openCalls = new Map<string, { startMicros: number; tid: number }>();
  #rows = 0;

  constructor(limits: TraceLimits) {
    this.#limits = limits;
    this.strings = new ByteStringTable(limits.maxNameBytes);
    this.spans = new LongestSpans(limits.maxSpans);
    const encoder = new TextEncoder();
    const intern = (text: string) => this.strings.intern(encoder.encode(text), 0, text.length);
    this.#known = {
      threadName: intern('thread_name'),
      loop: intern('opscenter.loop'),
      waiting: intern('waiting'),
      minor: intern('MinorGC'),
      major: intern('MajorGC'),
    };
  }

  add(event: RawEvent): void {
    this.eventCount += 1;
    if (this.eventCount > this.#limits.maxEvents)
      throw new ProfileLimitError('events', this.#limits.maxEvents);
    const { phase, name, tid } = event;
    if (phase === 'M') {
      if (name === this.#known.threadName && event.argumentName >= 0) {
        this.threadNames.set(tid, event.argumentName);
      }
      return;
    }
    if (!Number.isFinite(event.startMicros)) throw new ProfileShapeError(this.#path('ts'), 'is missing');
    this.startMicros = Math.min(this.startMicros, event.startMicros);
    this.endMicros = Math.max(this.endMicros, event.startMicros + event.durationMicros);
    if (phase === 'X') this.#addComplete(event);
    else if (phase === 'b') this.#beginCall(event);
    else if (phase === 'e') this.#endCall(event);
    else if (name === this.#known.minor || name === this.#known.major) this.#addCollection(event);
  }

  #addComplete(event: RawEvent): void {
    if (event.category === this.#known.loop) this.#addPhase(event);
    else this.spans.offer(event);
  }

  #addPhase({ name, tid, startMicros, durationMicros, shortWaitsMicros }: RawEvent): void {
    const lane = this.#laneOf(tid);
    const state = name === this.#known.waiting ? LANE_STATE.waiting : LANE_STATE.executing;
    lane.loop.push(startMicros, startMicros + durationMicros, state);
    lane.shortWaitsMicros += shortWaitsMicros;
    this.#countRow();
  }

  /** A collection of the young generation may happen within one of the whole heap: the outermost counts. */
  #addCollection({ phase, tid, startMicros }: RawEvent): void {
    const open = this.#openCollections.get(tid) ?? [];
    this.#openCollections.set(tid, open);
    if (phase === 'B') open.push(startMicros);
    if (phase !== 'E') return;
    const began = open.pop();
    if (began === undefined || open.length > 0) return;
    this.#laneOf(tid).collections.push(began, startMicros, LANE_STATE.gc);
    this.#countRow();
  }

  #beginCall({ category, name, id, startMicros, tid }: RawEvent): void {
    if (this.#openCalls.size < mostOpen) {
      this.#openCalls.set(`${category} ${name} ${id}`, { startMicros, tid });
    }
  }

  #endCall(event: RawEvent): void {
    const { category, name, id } = event;
    const key = `${category} ${name} ${id}`;
    const begun = this.#openCalls.get(key);
    if (!begun) return;
    this.#openCalls.delete(key);
    const durationMicros = event.startMicros - begun.startMicros;
    this.spans.offer({ name, category, tid: begun.tid, startMicros: begun.startMicros, durationMicros });
  }

  #laneOf(tid: number): RawLane {
    let lane = this.lanes.get(tid);
    if (!lane) {
      lane = { loop: new IntervalList(), collections: new IntervalList(), shortWaitsMicros: 0 };
      this.lanes.set(tid, lane);
    }
    return lane;
  }

  #countRow(): void {
    this.#rows += 1;
    if (this.#rows > this.#limits.maxRows)
      throw new ProfileLimitError('phases of threads', this.#limits.maxRows);
  }

  #path(field: string): string {
    return `traceEvents[${this.eventCount - 1}].${field}`;
  }
}
