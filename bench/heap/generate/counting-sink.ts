import type { HeapSink } from './heap-sink.ts';

/** Hears everything and keeps only how much there was. */
export class CountingSink implements HeapSink {
  nextNode = 0;
  edgeCount = 0;
  #nextText: number;

  constructor(firstText: number) {
    this.#nextText = firstText;
  }

  node(_type: number, _name: number, _selfSize: number, _detachedness?: number): void {
    this.nextNode++;
  }

  edge(_type: number, _name: number, _to: number): void {
    this.edgeCount++;
  }

  location(_scriptId: number, _line: number, _column: number): void {}

  text(_make: () => string): number {
    return this.#nextText++;
  }
}
