import type { Clock } from '../store/index.ts';

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  #now: number;

  constructor(instant = '2026-03-01T12:00:00.000Z') {
    this.#now = Date.parse(instant);
  }

  now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
