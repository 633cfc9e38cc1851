/** @see https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */
export interface TraceEvent {
  name: string;
  cat: string;
  ph: string;
  ts: number;
  tid: number;
  args?: unknown;
  [key: string]: unknown;
}

/** Takes in trace events as they come, in their final form: as bytes, without what nobody is to see. */
export class TraceEvents {
  readonly #agentTid: number | undefined;
  readonly #pieces: Buffer[] = [];
  readonly #names = new Map<number, string>();
  #count = 0;
  #sizeBytes = 0;

  /** @param agentTid the agent's own thread, of which nothing is taken in */
  constructor(agentTid: number | undefined) {
    this.#agentTid = agentTid;
  }

  get count(): number {
    return this.#count;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** The names that V8 and Node have given to threads. */
  get threadNames(): ReadonlyMap<number, string> {
    return this.#names;
  }

  add(events: readonly TraceEvent[]): void {
    const texts: string[] = [];
    for (const event of events) {
      if (event.tid === this.#agentTid) continue;
      this.#note(event);
      // Node repeats its metadata with every delivery; the file gets its own.
      if (event.ph !== 'M') texts.push(JSON.stringify(withoutSecrets(event)));
    }
    if (texts.length === 0) return;
    const piece = Buffer.from(`${this.#count === 0 ? '' : ',\n'}${texts.join(',\n')}`);
    this.#count += texts.length;
    this.#sizeBytes += piece.length;
    this.#pieces.push(piece);
  }

  /** As the inside of a JSON array. */
  pieces(): Iterable<Buffer> {
    return this.#pieces;
  }

  #note({ ph, name, tid, args }: TraceEvent): void {
    if (ph === 'M' && name === 'thread_name') this.#names.set(tid, nameOf(args));
  }
}

function nameOf(args: unknown): string {
  const name = (args as { name?: unknown } | undefined)?.name;
  return typeof name === 'string' ? name : '';
}

/** Node's HTTP events hold whole URLs; what stands behind the path may be a token or a name. */
function withoutSecrets(event: TraceEvent): TraceEvent {
  if (!event.cat.includes('http')) return event;
  const data = (event.args as { data?: Record<string, unknown> } | undefined)?.data;
  if (!data) return event;
  const shown = Object.entries(data).map(([key, value]) => [
    key,
    typeof value === 'string' ? value.split(/[?#]/, 1)[0] : value,
  ]);
  return { ...event, args: { data: Object.fromEntries(shown) } };
}
