import type { ConnectionEvent } from './connection.ts';

/** How often `tick` is called. */
export const TICK_MS = 250;
/** Two missed beats: something is wrong. */
const SILENT_TICKS = 2_500 / TICK_MS;
/** Three missed beats of the vitals, and one of the registry at least. */
const DEAD_TICKS = 3_750 / TICK_MS;

/**
 * How long an agent that was connected has said nothing, counted in ticks of this process and not by the clock:
 * a server that was itself asleep has not listened, and must not take that for silence.
 */
export class Silence {
  #listening = false;
  #ticks = 0;

  start(): void {
    this.#listening = true;
    this.#ticks = 0;
  }

  /** A beat of the vitals. Answers whether it ends a silence. */
  heard(): boolean {
    const wasSilent = this.#ticks >= SILENT_TICKS;
    this.#ticks = 0;
    return wasSilent;
  }

  /** A sign of life that is no beat: the process lives, though its vitals do not come. */
  alive(): void {
    this.#ticks = Math.min(this.#ticks, SILENT_TICKS);
  }

  tick(): ConnectionEvent | undefined {
    if (!this.#listening || this.#ticks >= DEAD_TICKS) return undefined;
    this.#ticks++;
    const seconds = ((this.#ticks * TICK_MS) / 1000).toFixed(1);
    if (this.#ticks === SILENT_TICKS) {
      return { kind: 'fell-silent', reason: `Nothing was heard for ${seconds} s.` };
    }
    if (this.#ticks !== DEAD_TICKS) return undefined;
    const reason = `Nothing was heard for ${seconds} s, though nobody closed the connection: the process is stopped or its host is gone.`;
    return { kind: 'gone', evidence: 'silent', reason };
  }
}
