import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import { JsonTokenizer } from '../json/json-tokenizer.ts';
import { DEFAULT_LIMITS, type ProfileLimits } from '../model/profile.ts';
import { type NamedProfile, type ProfileSet, toProfileSet } from '../model/profile-set.ts';
import { TextFunctions } from '../model/text-functions.ts';
import type { ProfileReader } from '../profile-reader.ts';
import { SampledThreads } from './sampled-thread.ts';
import { TextIds } from './text-ids.ts';
import { TimedThreads } from './timed-threads.ts';
import { toTimedProfile } from './to-timed-profile.ts';
import type { TraceEvent } from './trace-event.ts';
import { TraceProfileSink } from './trace-profile-sink.ts';

const BEGIN = 0x42;
const END = 0x45;
const INSTANT = 0x49;
const METADATA = 0x4d;
const SAMPLE = 0x50;
const COMPLETE = 0x58;
const NO_BYTES = new Uint8Array(0);

/**
 * Reads the profiles in a trace of Chrome's format as it arrives: what V8 sampled in each thread (`v8.cpu_profiler`), and where
 * nothing was sampled, what took time in each. `push` every chunk, then `end`; both throw a `ProfileError` with a sentence, and the
 * reader is of no use after that.
 */
export class TraceProfileReader implements ProfileReader {
  readonly #limits: ProfileLimits;
  readonly #tables: TextFunctions;
  readonly #sampled: SampledThreads;
  readonly #timed: TimedThreads;
  readonly #ids = new TextIds();
  readonly #sink: TraceProfileSink;
  readonly #tokenizer: JsonTokenizer;
  /** Names by process and thread, as indices into the strings. */
  readonly #threadNames = new Map<string, number>();
  readonly #known: Record<'threadName' | 'profile' | 'chunk' | 'noUrl', number>;

  constructor(limits: Partial<ProfileLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#tables = new TextFunctions(this.#limits.maxStringTableBytes);
    this.#known = {
      threadName: this.#string('thread_name'),
      profile: this.#string('Profile'),
      chunk: this.#string('ProfileChunk'),
      noUrl: this.#tables.strings.intern(NO_BYTES, 0, 0),
    };
    this.#sampled = new SampledThreads(this.#limits, this.#tables);
    this.#timed = new TimedThreads(this.#limits, (name) =>
      this.#tables.rows.intern(name, this.#known.noUrl, 0, 0),
    );
    this.#sink = new TraceProfileSink(this.#tables, this.#ids, (event, path) => this.#take(event, path));
    this.#tokenizer = new JsonTokenizer(this.#sink, this.#limits.maxStringBytes);
  }

  push(chunk: Uint8Array): void {
    this.#tokenizer.push(chunk);
    if (this.#tokenizer.consumedBytes > this.#limits.maxFileBytes)
      throw new ProfileLimitError('bytes', this.#limits.maxFileBytes);
  }

  end(): ProfileSet {
    this.#tokenizer.end();
    if (!this.#sink.hasEvents) throw new ProfileShapeError('traceEvents', 'is missing');
    const profiles = this.#sampled.isEmpty ? this.#toTimed() : this.#toSampled();
    if (profiles.length === 0)
      throw new ProfileShapeError(
        'traceEvents',
        'holds neither samples of a CPU profile nor anything that took time',
      );
    return toProfileSet(profiles);
  }

  #take(event: TraceEvent, path: () => string): void {
    const { name, phase } = event;
    const isOfSampler =
      (phase === SAMPLE || phase === INSTANT) && (name === this.#known.chunk || name === this.#known.profile);
    if (isOfSampler) this.#takeSamples(event, path);
    else if (phase === METADATA) this.#takeName(event);
    else if (!this.#sampled.isEmpty) return;
    else if (phase === COMPLETE) this.#timed.complete(event, path);
    else if (phase === BEGIN) this.#timed.begin(event, path);
    else if (phase === END) this.#timed.end(event, path);
  }

  #takeSamples(event: TraceEvent, path: () => string): void {
    if (event.fault !== undefined)
      throw new ProfileShapeError(`${path()}: ${event.fault.field}`, event.fault.what);
    if (event.name === this.#known.profile) this.#sampled.start(event);
    else this.#sampled.add(event, path);
    if (!this.#sampled.isEmpty) this.#timed.clear();
  }

  #takeName({ name, processId, threadId, argumentName }: TraceEvent): void {
    if (name !== this.#known.threadName || argumentName < 0) return;
    const key = `${processId} ${threadId}`;
    const { maxNodes } = this.#limits;
    if (this.#threadNames.size >= maxNodes) throw new ProfileLimitError('names of threads', maxNodes);
    this.#threadNames.set(key, argumentName);
  }

  #toSampled(): NamedProfile[] {
    const root = this.#tables.root();
    const tables = this.#tables.finish();
    return this.#sampled.all.map((thread) => {
      const name = this.#nameOf(thread, tables.strings);
      return { name, profile: { ...tables, ...thread.finish(root, this.#limits) } };
    });
  }

  #toTimed(): NamedProfile[] {
    const root = this.#tables.root();
    const idle = this.#tables.intern('(idle)');
    const tables = this.#tables.finish();
    return this.#timed.all
      .map((thread) => ({
        name: this.#nameOf(thread, tables.strings),
        profile: { ...tables, ...toTimedProfile(thread.toSlices(), root, idle, this.#limits) },
      }))
      .filter(({ profile }) => profile.samples.length > 0);
  }

  /** `CrRendererMain (4711/1)`: its name, its process and its own number. */
  #nameOf(thread: { processId: number; threadId: number }, strings: readonly string[]): string {
    const { processId, threadId } = thread;
    const numbers = `${this.#ids.textOf(processId)}/${this.#ids.textOf(threadId)}`;
    const name = strings[this.#threadNames.get(`${processId} ${threadId}`) ?? -1];
    return name === undefined ? numbers : `${name} (${numbers})`;
  }

  #string(text: string): number {
    return this.#tables.strings.intern(new TextEncoder().encode(text), 0, text.length);
  }
}
