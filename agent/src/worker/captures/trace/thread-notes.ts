import type { SpanRow } from '../../../in-thread/trace/call-spans.ts';
import type { WaitRow } from '../../../in-thread/trace/loop-waits.ts';
import type { TraceReading } from '../../../in-thread/trace/trace-tools.ts';
import { callTool } from '../../inspector/call-tool.ts';
import type { ThreadFacts } from '../../inspector/thread-directory.ts';
import type { ThreadSession } from '../../inspector/thread-session.ts';
import { within } from '../../within.ts';
import type { Phase } from './loop-spans.ts';
import type { SleepWatch } from './sleep-watch.ts';

/** A thread that is in a native call is not waited for: what it has noted comes with the next reading. */
const readLimitMs = 800;
const mostRows = 500_000;

/** What one thread of the service notes of itself while the process is traced. */
export class ThreadNotes implements Disposable {
  readonly name: string;
  readonly waits: WaitRow[] = [];
  readonly calls: SpanRow[] = [];
  readonly #session: ThreadSession;
  readonly #number: number;
  readonly #watch: SleepWatch;
  #systemThreadId: number | undefined;
  #sleeps: readonly Phase[] | undefined;
  #beganMicros: number | undefined;
  #endedMicros = 0;
  #smallMicros = 0;
  #lostMicros = 0;
  #callsLeftOut = 0;
  #reading: Promise<void> | undefined;
  #isOver = false;

  /** @param session is closed with this */
  constructor({ id, name }: ThreadFacts, session: ThreadSession, watch: SleepWatch) {
    this.#watch = watch;
    this.name = name === '' ? id : name;
    this.#session = session;
    this.#number = id === 'main' ? 0 : Number(id.slice('worker-'.length));
  }

  /** As in V8's trace events; elsewhere than on Linux one that no thread has. */
  get tid(): number {
    return this.#systemThreadId ?? 2 ** 30 + this.#number;
  }

  /** Undefined when it has never answered. */
  get window(): { beganMicros: number; endedMicros: number } | undefined {
    if (this.#beganMicros === undefined || this.#endedMicros <= this.#beganMicros) return undefined;
    return { beganMicros: this.#beganMicros, endedMicros: this.#endedMicros };
  }

  /** When it slept, as far as that was seen from outside; undefined where it could not be seen. */
  get sleeps(): readonly Phase[] | undefined {
    return this.#sleeps;
  }

  /** Waited in small pieces since the last of the waits. */
  get smallMicros(): number {
    return this.#smallMicros;
  }

  /** Waits and calls that came too fast. */
  get lost(): { waitedMicros: number; calls: number } {
    return { waitedMicros: this.#lostMicros, calls: this.#callsLeftOut };
  }

  async start(): Promise<void> {
    const { atMicros, systemThreadId } = await callTool(this.#session, 'startTrace');
    this.#beganMicros = atMicros;
    this.#endedMicros = atMicros;
    this.#systemThreadId = systemThreadId ?? undefined;
    if (systemThreadId !== null) this.#sleeps = this.#watch.add(systemThreadId);
  }

  /** Never throws: a thread that has ended keeps what it had told. */
  async read(): Promise<void> {
    if (this.#isOver || this.#beganMicros === undefined) return;
    this.#reading ??= this.#take('readTrace').finally(() => {
      this.#reading = undefined;
    });
    await within(readLimitMs, this.#reading);
  }

  async finish(limitMs: number): Promise<void> {
    await this.#reading;
    if (!this.#isOver && this.#beganMicros !== undefined) await within(limitMs, this.#take('finishTrace'));
    this.#isOver = true;
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#session[Symbol.dispose]();
  }

  async #take(tool: 'readTrace' | 'finishTrace'): Promise<void> {
    try {
      const reading = await callTool(this.#session, tool);
      if (reading) this.#keep(reading);
      else this.#isOver = true;
    } catch {
      this.#isOver = true;
    }
  }

  #keep(reading: TraceReading): void {
    const [first] = reading.waits;
    if (first) first[3] += this.#smallMicros;
    this.#smallMicros = first ? reading.smallMicros : this.#smallMicros + reading.smallMicros;
    if (this.waits.length < mostRows) this.waits.push(...reading.waits);
    else this.#lostMicros += reading.waits.reduce((sum, row) => sum + row[2] + row[3], 0);
    if (this.calls.length < mostRows) this.calls.push(...reading.spans);
    else this.#callsLeftOut += reading.spans.length;
    this.#lostMicros += reading.lostMicros;
    this.#callsLeftOut += reading.spansLeftOut;
    this.#endedMicros = reading.atMicros;
  }
}
