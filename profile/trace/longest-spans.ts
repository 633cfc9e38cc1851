/** What is kept of a span until all names are known. */
export interface RawSpan {
  name: number;
  category: number;
  tid: number;
  startMicros: number;
  durationMicros: number;
}

const byDuration = (one: RawSpan, other: RawSpan) => other.durationMicros - one.durationMicros;

/** Keeps the longest of any number of spans. */
export class LongestSpans {
  readonly #most: number;
  #spans: RawSpan[] = [];
  #leastMicros = 0;

  constructor(most: number) {
    this.#most = most;
  }

  offer(span: RawSpan): void {
    if (!(span.durationMicros > this.#leastMicros)) return;
    this.#spans.push(span);
    if (this.#spans.length >= this.#most * 4) this.#cut();
  }

  finish(): readonly RawSpan[] {
    this.#cut();
    return this.#spans;
  }

  #cut(): void {
    this.#spans = this.#spans.sort(byDuration).slice(0, this.#most);
    if (this.#spans.length === this.#most) this.#leastMicros = this.#spans.at(-1)?.durationMicros ?? 0;
  }
}
