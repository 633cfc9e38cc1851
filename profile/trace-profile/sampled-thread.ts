import { RawCpuProfile } from '../cpuprofile/raw-cpu-profile.ts';
import { toCpuProfile } from '../cpuprofile/to-cpu-profile.ts';
import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import { NumberColumn } from '../model/number-column.ts';
import type { IndexIntoFunctionTable, Profile, ProfileLimits } from '../model/profile.ts';
import { stableOrder } from '../model/stable-order.ts';
import type { TextFunctions } from '../model/text-functions.ts';
import { NOT_SEEN, type TraceEvent } from './trace-event.ts';

/** What V8 sampled of one thread: nodes and samples come in chunks, each with what is new in it. */
export class SampledThread {
  readonly processId: number;
  /** The thread that was sampled; the chunks are written by another one. */
  threadId: number;
  readonly #raw: RawCpuProfile;
  readonly #chunkTime = new NumberColumn(64);
  readonly #chunkFrom = new NumberColumn(64);

  constructor({ processId, threadId }: TraceEvent, limits: ProfileLimits, tables: TextFunctions) {
    this.processId = processId;
    this.threadId = threadId;
    this.#raw = new RawCpuProfile(limits, { strings: tables.strings, functions: tables.rows });
  }

  get sampleCount(): number {
    return this.#raw.sampleNodeId.length;
  }

  get nodeCount(): number {
    return this.#raw.nodeFunction.length;
  }

  start({ threadId, profileStart }: TraceEvent): void {
    this.threadId = threadId;
    if (profileStart !== undefined) this.#raw.startTime = profileStart;
  }

  /** @param path how the event is called in a sentence */
  add(event: TraceEvent, path: () => string): void {
    const raw = this.#raw;
    const samples = event.sampleNodeId.length;
    const deltas = event.timeDelta.length;
    if (samples !== deltas)
      throw new ProfileShapeError(
        `${path()}.args.data.timeDeltas`,
        `has ${deltas} entries for ${samples} samples`,
      );
    this.#chunkTime.push(Number.isNaN(event.startMicros) ? 0 : event.startMicros);
    this.#chunkFrom.push(raw.sampleNodeId.length);
    this.#addNodes(event);
    for (let index = 0; index < samples; index++) {
      raw.sampleNodeId.push(event.sampleNodeId.at(index));
      raw.timeDelta.push(event.timeDelta.at(index));
    }
    this.#addLines(event);
    if (event.profileEnd !== undefined) raw.endTime = event.profileEnd;
  }

  /** @throws ProfileShapeError that says of which thread it speaks */
  finish(root: IndexIntoFunctionTable, limits: ProfileLimits): Omit<Profile, 'strings' | 'functions'> {
    this.#orderChunks();
    try {
      return toCpuProfile(this.#raw, root, limits.maxDepth);
    } catch (error) {
      if (!(error instanceof ProfileShapeError)) throw error;
      throw new ProfileShapeError(
        `${error.field} of process ${this.processId}, thread ${this.threadId},`,
        error.what,
      );
    }
  }

  #addNodes({ nodeId, nodeParent, nodeFunction }: TraceEvent): void {
    const raw = this.#raw;
    for (let index = 0; index < nodeId.length; index++) {
      const parent = nodeParent.at(index);
      if (parent !== NOT_SEEN) {
        raw.parentOf.push(raw.nodeFunction.length);
        raw.parentId.push(parent);
      }
      raw.nodeId.push(nodeId.at(index));
      raw.nodeFunction.push(nodeFunction.at(index));
    }
  }

  /** Chunks of one file may have lines or not. */
  #addLines({ sampleLine, sampleNodeId }: TraceEvent): void {
    const raw = this.#raw;
    if (sampleLine.length === 0 && raw.sampleLine.length === 0) return;
    const before = raw.sampleNodeId.length - sampleNodeId.length;
    while (raw.sampleLine.length < before) raw.sampleLine.push(0);
    for (let index = 0; index < sampleNodeId.length; index++) {
      const line = index < sampleLine.length ? sampleLine.at(index) : 0;
      raw.sampleLine.push(line > 0 && line < 0x7fffffff ? Math.floor(line) : 0);
    }
  }

  /** A trace is not always written in the order of time, and the times of samples are told from one to the next. */
  #orderChunks(): void {
    const times = Float64Array.from(this.#chunkTime.finish());
    const isOrdered = times.every((time, index) => index === 0 || time >= (times[index - 1] as number));
    if (isOrdered) return;
    const order = stableOrder(times);
    const { sampleNodeId, timeDelta, sampleLine } = this.#raw;
    for (const column of [sampleNodeId, timeDelta, sampleLine])
      if (column.length > 0) this.#reorder(column, order);
  }

  #reorder(column: NumberColumn, order: Uint32Array): void {
    const values = column.finish().slice();
    let at = 0;
    for (const chunk of order) {
      const from = this.#chunkFrom.at(chunk);
      const end = chunk + 1 < this.#chunkFrom.length ? this.#chunkFrom.at(chunk + 1) : values.length;
      for (let index = from; index < end; index++) column.set(at++, values[index] as number);
    }
  }
}

const MOST_SAMPLED = 1000;

/** All threads of a file that were sampled. */
export class SampledThreads {
  readonly #threads = new Map<string, SampledThread>();
  readonly #limits: ProfileLimits;
  readonly #tables: TextFunctions;
  #nodes = 0;
  #samples = 0;

  constructor(limits: ProfileLimits, tables: TextFunctions) {
    this.#limits = limits;
    this.#tables = tables;
  }

  /** Those with samples. */
  get all(): readonly SampledThread[] {
    return [...this.#threads.values()].filter(({ sampleCount }) => sampleCount > 0);
  }

  get isEmpty(): boolean {
    return this.#samples === 0;
  }

  start(event: TraceEvent): void {
    this.#of(event).start(event);
  }

  add(event: TraceEvent, path: () => string): void {
    this.#nodes += event.nodeId.length;
    if (this.#nodes > this.#limits.maxNodes) throw new ProfileLimitError('nodes', this.#limits.maxNodes);
    this.#samples += event.sampleNodeId.length;
    if (this.#samples > this.#limits.maxSamples)
      throw new ProfileLimitError('samples', this.#limits.maxSamples);
    this.#of(event).add(event, path);
  }

  #of(event: TraceEvent): SampledThread {
    const key = `${event.processId} ${event.id}`;
    let thread = this.#threads.get(key);
    if (thread === undefined) {
      if (this.#threads.size >= MOST_SAMPLED) throw new ProfileLimitError('sampled threads', MOST_SAMPLED);
      thread = new SampledThread(event, this.#limits, this.#tables);
      this.#threads.set(key, thread);
    }
    return thread;
  }
}
