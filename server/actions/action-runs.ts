import type { ActionLedger } from './action-ledger.ts';
import { TICK_MS } from './action-times.ts';
import { settleOutcomes } from './judge-end.ts';
import type { LiveAction, LivePart } from './live-action.ts';
import { PartRun } from './part-run.ts';
import { isPartOver, type PartChange } from './part-state.ts';
import type { RunHost } from './run-host.ts';
import { summarize } from './summary.ts';

const QUESTION = 'It has taken longer than it was given and goes on. Give it more time, or cancel it?';

/** The actions that are under way: runs each part, and ends an action when all of its parts have ended. */
export class ActionRuns implements AsyncDisposable {
  readonly #ledger: ActionLedger;
  readonly #host: RunHost;
  readonly #runs = new Map<LivePart, { run: PartRun; done: Promise<void> }>();
  readonly #timer: NodeJS.Timeout;

  constructor(ledger: ActionLedger, host: Omit<RunHost, 'changed'>) {
    this.#ledger = ledger;
    this.#host = { ...host, changed: (live) => this.#changed(live) };
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** The action is on record: asks every instance, once. */
  begin(live: LiveAction): void {
    for (const part of live.parts) this.#run(live, part, false);
  }

  /** An earlier process has begun it: it is followed, never repeated. */
  takeUp(live: LiveAction): void {
    const givesUpAtMs = this.#host.clock.now() + this.#host.times.giveUpMs;
    const reason = 'The server was restarted and looks for the action.';
    live.note(null, 'taken-up', reason);
    for (const part of live.parts) live.applyTo(part, { kind: 'taken-up', reason, givesUpAtMs });
    this.#ledger.reopen(live);
    for (const part of live.parts) if (!isPartOver(part.status)) this.#run(live, part, true);
    // What had ended everywhere and could not be written any more.
    if (isOverEverywhere(live)) void this.#ledger.end(live, summarize(live.parts));
  }

  cancel(live: LiveAction): void {
    for (const part of live.parts) this.#runs.get(part)?.run.cancel();
  }

  /** Leaves what is under way to the next process. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    const runs = [...this.#runs.values()];
    for (const { run } of runs) run.suspend();
    await Promise.all(runs.map(({ done }) => done));
  }

  #run(live: LiveAction, part: LivePart, takenUp: boolean): void {
    const run = new PartRun(live, part, this.#host, takenUp);
    const done = run.run().then(async (change) => {
      this.#runs.delete(part);
      if (change !== 'suspended') await this.#endPart(live, part, change);
    });
    this.#runs.set(part, { run, done });
  }

  async #endPart(live: LiveAction, part: LivePart, change: PartChange): Promise<void> {
    live.applyTo(part, change);
    settleOutcomes(part);
    const { status } = part;
    if ('message' in status) live.note(part.instanceId, status.state, status.message);
    this.#changed(live);
    if (isOverEverywhere(live)) await this.#ledger.end(live, summarize(live.parts));
  }

  #changed(live: LiveAction): void {
    if (live.parts.some(({ status }) => status.state !== 'waiting')) live.apply({ kind: 'began' });
    this.#ledger.changed(live);
  }

  #tick(): void {
    const now = this.#host.clock.now();
    for (const { run } of this.#runs.values()) run.tick(now);
    for (const live of this.#ledger.live()) {
      if (now < Date.parse(live.facts.deadlineAt)) continue;
      if (!live.apply({ kind: 'overdue', question: QUESTION })) continue;
      live.note(null, 'asking', QUESTION);
      this.#ledger.changed(live);
    }
  }
}

function isOverEverywhere(live: LiveAction): boolean {
  return live.parts.every(({ status }) => isPartOver(status));
}
