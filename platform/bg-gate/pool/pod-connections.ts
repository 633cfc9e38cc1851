import { setTimeout as sleep } from 'node:timers/promises';
import { Link } from '../../link/link.ts';

const REDIAL_MS = 500;

/** Keeps so many connections to one pod; redials for as long as some are missing. */
export class PodConnections {
  readonly pod: string;
  readonly target: number;
  readonly #url: string;
  readonly #links: Link[] = [];
  readonly #closing = new AbortController();
  #filling = false;
  #turn = 0;

  constructor(options: { pod: string; url: string; target: number }) {
    this.pod = options.pod;
    this.target = options.target;
    this.#url = options.url;
    void this.#fill();
  }

  get links(): readonly Link[] {
    return this.#links;
  }

  /** The connections take turns. */
  next(): Link | undefined {
    return this.#links[this.#turn++ % this.#links.length];
  }

  close(): void {
    this.#closing.abort();
    for (const link of [...this.#links]) link.close();
  }

  async #fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    while (this.#links.length < this.target && !this.#closing.signal.aborted) {
      try {
        this.#add(await Link.open(this.#url));
      } catch {
        await sleep(REDIAL_MS, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      }
    }
    this.#filling = false;
  }

  #add(link: Link): void {
    if (this.#closing.signal.aborted) {
      link.close();
      return;
    }
    this.#links.push(link);
    link.onClose(() => {
      const index = this.#links.indexOf(link);
      if (index >= 0) this.#links.splice(index, 1);
      void this.#fill();
    });
  }
}
