import { type IncomingMessage, request } from 'node:http';

export interface ReadEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: unknown;
}

/** A reader of an event stream as a browser is one: it keeps the last id and can come back with it. */
export class EventReader {
  readonly #response: IncomingMessage;
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly received: ReadEvent[] = [];
  readonly ended: Promise<void>;
  lastEventId: string | undefined;
  #taken = 0;
  #changed: (() => void) | undefined;

  private constructor(response: IncomingMessage, url: string, headers: Readonly<Record<string, string>>) {
    this.#response = response;
    this.#url = url;
    this.#headers = headers;
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const messages = text.split('\n\n');
      text = messages.pop() ?? '';
      for (const message of messages) this.#take(message);
    });
    this.ended = new Promise((resolve) => response.once('close', resolve));
    response.on('error', () => {});
  }

  static connect(url: string, headers: Readonly<Record<string, string>> = {}): Promise<EventReader> {
    return new Promise((resolve, reject) => {
      const asked = request(url, { headers }, (response) => {
        if (response.statusCode === 200) resolve(new EventReader(response, url, headers));
        else reject(new Error(`answered with ${response.statusCode}`));
      });
      asked.on('error', reject);
      asked.end();
    });
  }

  /** Comes back after the connection was lost. */
  reconnect(url = this.#url): Promise<EventReader> {
    const id = this.lastEventId;
    return EventReader.connect(url, {
      ...this.#headers,
      ...(id === undefined ? {} : { 'last-event-id': id }),
    });
  }

  /** The next event of that name that was not taken yet; those before it are passed over. */
  async next(name: string, timeoutMs = 15_000): Promise<ReadEvent> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      while (this.#taken < this.received.length) {
        const event = this.received[this.#taken++];
        if (event?.event === name) return event;
      }
      const left = deadline - performance.now();
      if (left <= 0 || this.#response.destroyed) throw new Error(`no ${name} came`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 200));
        this.#changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  pause(): void {
    this.#response.pause();
  }

  resume(): void {
    this.#response.resume();
  }

  close(): void {
    this.#response.destroy();
  }

  #take(message: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(message)?.[1];
    const event = field('event');
    if (event === undefined) return;
    const id = field('id');
    if (id !== undefined) this.lastEventId = id;
    this.received.push({ event, id, data: JSON.parse(field('data') ?? 'null') });
    this.#changed?.();
  }
}
