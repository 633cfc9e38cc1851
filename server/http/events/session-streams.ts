import type { Sessions } from '../access/sessions.ts';
import type { EventStream } from './event-stream.ts';

/** The open streams of each session: who signs out hears nothing more. */
export class SessionStreams implements Disposable {
  readonly #streams = new Map<string, Set<EventStream>>();
  readonly #subscription: Disposable;

  constructor(sessions: Sessions) {
    this.#subscription = sessions.onEnd((key) => {
      for (const stream of this.#streams.get(key) ?? []) stream.finish();
    });
  }

  add(sessionKey: string, stream: EventStream): void {
    const streams = this.#streams.get(sessionKey) ?? new Set();
    this.#streams.set(sessionKey, streams.add(stream));
    stream.once('close', () => {
      streams.delete(stream);
      if (streams.size === 0) this.#streams.delete(sessionKey);
    });
  }

  [Symbol.dispose](): void {
    this.#subscription[Symbol.dispose]();
  }
}
