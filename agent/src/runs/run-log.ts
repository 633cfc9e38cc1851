import { mostTargets, type RunEntry, type RunEvent } from './run-contract.ts';

const mostSteps = 200;

/**
 * The events of one run, in bounded memory however often the service speaks: what was replaced is not kept (what is
 * waited for, the outcome of a target), and of too many steps the newest stands for those before it.
 */
export class RunLog {
  /** By what a later event would replace, in the order of their sequence. */
  readonly #entries = new Map<string, RunEntry>();
  readonly #outcomes = new Set<string>();
  #newestSlot = '';
  #steps = 0;
  #last = 0;
  #ended = false;
  /** A target failed that there was no room to tell of. */
  #lostFailure = false;

  get lastSequence(): number {
    return this.#last;
  }

  /** Whether a target has failed and was not done later. */
  get hasFailures(): boolean {
    if (this.#lostFailure) return true;
    return [...this.#entries.values()].some(
      ({ event }) => event.kind === 'outcome' && event.outcome === 'failed',
    );
  }

  /** Notes an event that happens now. After the end nothing is noted. */
  note(event: RunEvent, atMs: number): void {
    this.take({ sequence: this.#last + 1, atMs, event });
  }

  /** Takes an entry as another log numbered it; one that it has already is left alone. */
  take(entry: RunEntry): void {
    if (this.#ended || entry.sequence <= this.#last) return;
    const slot = this.#slotOf(entry.event);
    if (slot === undefined) {
      this.#lostFailure ||= entry.event.kind === 'outcome' && entry.event.outcome === 'failed';
      return;
    }
    this.#last = entry.sequence;
    // What replaces the newest takes its place; everything else goes to the end.
    if (slot !== this.#newestSlot) this.#entries.delete(slot);
    this.#entries.set(slot, entry);
    this.#newestSlot = slot;
  }

  /** What has come after this sequence and still counts. */
  entriesAfter(sequence: number): RunEntry[] {
    if (sequence >= this.#last) return [];
    return [...this.#entries.values()].filter((entry) => entry.sequence > sequence);
  }

  #slotOf(event: RunEvent): string | undefined {
    switch (event.kind) {
      case 'step':
        this.#steps = Math.min(this.#steps + 1, mostSteps);
        return `step ${this.#steps}`;
      case 'outcome':
        if (!this.#outcomes.has(event.targetId) && this.#outcomes.size >= mostTargets) return undefined;
        this.#outcomes.add(event.targetId);
        return `outcome ${event.targetId}`;
      case 'waiting':
        return 'waiting';
      case 'end':
        this.#ended = true;
        this.#entries.delete('waiting');
        return 'end';
      default:
        return event satisfies never;
    }
  }
}
