import { performance } from 'node:perf_hooks';
import type {
  EndEvent,
  OperationToWorker,
  Refusal,
  RunEvent,
  RunOrder,
  RunReport,
  RunState,
} from '../../runs/run-contract.ts';
import { mostIdCharacters, mostSentenceCharacters } from '../../runs/run-contract.ts';
import { RunLog } from '../../runs/run-log.ts';
import type { RunTicket } from '../../runs/run-ticket.ts';
import { isText, millisecondsOf, sentenceOf, textOf } from '../plain-data.ts';
import { type Action, type ActionRun, isActionRefused } from './action.ts';
import { toEnd, toTargets } from './action-readings.ts';

/** Events that come faster than this travel together; those that cost more, more rarely. */
const leastPauseMs = 20;
const sendShare = 1 / 50;
const outcomes = ['done', 'kept', 'failed'] as const;

/** One run on the main thread: runs the service's code, notes what it tells and passes it on. */
export class LiveRun {
  readonly order: RunOrder;
  readonly ticket: RunTicket;
  readonly #post: (message: OperationToWorker) => void;
  readonly #log = new RunLog();
  readonly #controller = new AbortController();
  #state: RunState = { state: 'starting' };
  #sent = 0;
  #notBeforeMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(order: RunOrder, ticket: RunTicket, post: (message: OperationToWorker) => void) {
    this.order = order;
    this.ticket = ticket;
    this.#post = post;
  }

  get endedAtMs(): number | undefined {
    return 'atMs' in this.#state ? this.#state.atMs : undefined;
  }

  /** Everything there is to know of it, for a thread of the agent that is new. */
  report(): RunReport {
    const { order, ticket } = this;
    this.#sent = this.#log.lastSequence;
    return { order, ticket: ticket.memory, state: this.#state, entries: this.#log.entriesAfter(0) };
  }

  /** Nothing was done, and the agent's thread is to know why. */
  refuse(refusal: Refusal): void {
    if (this.#state.state !== 'starting') return;
    this.#state = { state: 'refused', refusal, atMs: Date.now() };
    this.#post({ type: 'run-refused', key: this.order.key, refusal });
  }

  cancel(): void {
    this.#controller.abort(new Error('The action was cancelled.'));
  }

  /** The ticket is taken: from here on the run ends with an end, whatever the service's code does. */
  async perform(action: Action): Promise<void> {
    this.#state = { state: 'running' };
    this.#post({ type: 'run-begun', key: this.order.key });
    const end = this.#controller.signal.aborted ? cancelledBefore : await this.#carryOut(action);
    this.#note(end);
    this.#state = { state: 'ended', atMs: Date.now() };
    this.#send();
  }

  async #carryOut(action: Action): Promise<EndEvent> {
    try {
      return this.#asSeen(toEnd(await action.run(this.#voice())));
    } catch (error) {
      const sentence = sentenceOf(error, 'run()');
      const said = isActionRefused(error) ? sentence : `The service's code failed: ${sentence}`;
      return failed(textOf(said, mostSentenceCharacters));
    }
  }

  /** Success is not believed where a check or a target says otherwise. */
  #asSeen(end: EndEvent): EndEvent {
    const isWhole = end.checks.every(({ passed }) => passed) && !this.#log.hasFailures;
    return end.state === 'succeeded' && !isWhole ? { ...end, state: 'partial' } : end;
  }

  /** What the service's code holds. It throws nothing, and is not heard after the end. */
  #voice(): ActionRun {
    return {
      parameters: JSON.parse(this.order.parametersJson),
      confirmed: new Set(this.order.confirmed),
      signal: this.#controller.signal,
      step: (phase, message) =>
        this.#hear(() => ({ kind: 'step', phase: textOf(phase, 64), message: sentence(message) })),
      outcome: (targetId, outcome, message) =>
        this.#hear(() => {
          const known = outcomes.find((word) => word === outcome);
          if (!known || !isText(targetId, mostIdCharacters)) return undefined;
          return { kind: 'outcome', targetId, outcome: known, message: sentence(message) };
        }),
      waitingFor: (targets, remainingMs) =>
        this.#hear(() => ({
          kind: 'waiting',
          targets: toTargets(targets),
          remainingMs: millisecondsOf(remainingMs),
        })),
    };
  }

  /** What the service tells wrongly is not told. */
  #hear(read: () => RunEvent | undefined): void {
    if (this.#state.state !== 'running') return;
    try {
      const event = read();
      if (event) this.#note(event);
    } catch {
      // The service's own mistake, in what it tells about itself: the run goes on.
    }
  }

  #note(event: RunEvent): void {
    this.#log.note(event, Date.now());
    if (this.#timer) return;
    const waitMs = this.#notBeforeMs - performance.now();
    if (waitMs <= 0) this.#send();
    else this.#timer = setTimeout(() => this.#send(), waitMs).unref();
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const startedMs = performance.now();
    const entries = this.#log.entriesAfter(this.#sent);
    this.#sent = this.#log.lastSequence;
    if (entries.length > 0) this.#post({ type: 'run-entries', key: this.order.key, entries });
    const endedMs = performance.now();
    this.#notBeforeMs = endedMs + Math.max(leastPauseMs, (endedMs - startedMs) / sendShare);
  }
}

function sentence(value: unknown): string {
  return textOf(value, mostSentenceCharacters);
}

function failed(message: string): EndEvent {
  return { kind: 'end', state: 'failed', message, playersAffected: 0, playersDisconnected: 0, checks: [] };
}

const cancelledBefore: EndEvent = {
  ...failed('It was cancelled before it began: nothing was done.'),
  state: 'cancelled',
};
