import { AgentError } from '../../errors.ts';
import type { Refusal, RunEntry, RunOrder, RunReport, RunState } from '../../runs/run-contract.ts';
import { RunLog } from '../../runs/run-log.ts';
import { RunTicket } from '../../runs/run-ticket.ts';

/** A run as the agent's thread knows it: what the main thread has told of it so far. */
export class AgentRun {
  readonly order: RunOrder;
  readonly ticket: RunTicket;
  readonly startedAtMs = Date.now();
  readonly #log = new RunLog();
  readonly #listeners = new Set<() => void>();
  #state: RunState = { state: 'starting' };

  constructor(order: RunOrder, ticket = new RunTicket()) {
    this.order = order;
    this.ticket = ticket;
  }

  /** One that the agent's thread before this one has begun. */
  static restore({ order, ticket, state, entries }: RunReport): AgentRun {
    const run = new AgentRun(order, new RunTicket(ticket));
    run.#state = state;
    for (const entry of entries) run.#log.take(entry);
    return run;
  }

  get state(): RunState {
    return this.#state;
  }

  get endedAtMs(): number | undefined {
    return 'atMs' in this.#state ? this.#state.atMs : undefined;
  }

  /** @throws {AgentError} when nothing was done, with the reason */
  requireBegun(): void {
    if (this.#state.state !== 'refused') return;
    const { code, message } = this.#state.refusal;
    throw new AgentError(code, message);
  }

  begin(): void {
    if (this.#state.state === 'starting') this.#become({ state: 'running' });
  }

  refuse(refusal: Refusal): void {
    if (this.#state.state === 'starting') this.#become({ state: 'refused', refusal, atMs: Date.now() });
  }

  take(entries: readonly RunEntry[]): void {
    for (const entry of entries) {
      this.#log.take(entry);
      if (entry.event.kind === 'end') this.#state = { state: 'ended', atMs: entry.atMs };
    }
    this.#tell();
  }

  entriesAfter(sequence: number): RunEntry[] {
    return this.#log.entriesAfter(sequence);
  }

  /** When there is news, or at once when the signal is aborted. */
  nextChange(signal?: AbortSignal): Promise<this> {
    return new Promise((resolve) => {
      const settle = () => {
        this.#listeners.delete(settle);
        signal?.removeEventListener('abort', settle);
        resolve(this);
      };
      this.#listeners.add(settle);
      signal?.addEventListener('abort', settle, { once: true });
      if (signal?.aborted) settle();
    });
  }

  #become(state: RunState): void {
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
