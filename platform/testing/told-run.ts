import type { ActionRun, ActionTarget } from '@opscenter/agent';

/** What an agent hands to an action, and all that the action tells it. */
export class ToldRun implements ActionRun {
  readonly parameters: ActionRun['parameters'];
  readonly confirmed: ReadonlySet<string>;
  readonly #cancelling = new AbortController();
  readonly steps: string[] = [];
  readonly outcomes = new Map<string, string>();
  readonly waits: { targets: readonly ActionTarget[]; remainingMs: number | undefined }[] = [];

  constructor(confirmed: readonly string[], parameters: ActionRun['parameters'] = {}) {
    this.confirmed = new Set(confirmed);
    this.parameters = parameters;
  }

  get signal() {
    return this.#cancelling.signal;
  }

  cancel() {
    this.#cancelling.abort();
  }

  step(phase: string) {
    this.steps.push(phase);
  }

  outcome(id: string, outcome: string) {
    this.outcomes.set(id, outcome);
  }

  waitingFor(targets: readonly ActionTarget[], remainingMs?: number) {
    this.waits.push({ targets, remainingMs });
  }
}
