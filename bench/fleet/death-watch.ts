import type { StateChange } from '../../server/http/contract/index.ts';

/** Reads the server's event stream as a browser does, and notes when which instance was said to be dead. */
export class DeathWatch implements Disposable {
  readonly #closing = new AbortController();
  /** When each instance was reported dead, in milliseconds of `performance.now()`, by the label `group`. */
  readonly #deathsByGroup = new Map<string, number[]>();

  static async start(origin: string): Promise<DeathWatch> {
    const watch = new DeathWatch();
    const response = await fetch(`${origin}/api/v1/events`, {
      headers: { accept: 'text/event-stream' },
      signal: watch.#closing.signal,
    });
    if (!response.body) throw new Error(`The event stream was answered with ${response.status}`);
    void watch.#read(response.body).catch(() => undefined);
    return watch;
  }

  deathsIn(group: string): readonly number[] {
    return this.#deathsByGroup.get(group) ?? [];
  }

  [Symbol.dispose](): void {
    this.#closing.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const piece of body) {
      const messages = `${rest}${decoder.decode(piece, { stream: true })}`.split('\n\n');
      rest = messages.pop() ?? '';
      for (const message of messages) this.#take(message);
    }
  }

  #take(message: string): void {
    if (!message.includes('event: change')) return;
    const data = /^data: (.*)$/m.exec(message)?.[1];
    const change = JSON.parse(data ?? 'null') as StateChange | null;
    if (change?.type !== 'instance' || change.instance.connection.state !== 'dead') return;
    const group = change.instance.labels.group ?? '';
    const deaths = this.#deathsByGroup.get(group) ?? [];
    deaths.push(performance.now());
    this.#deathsByGroup.set(group, deaths);
  }
}
