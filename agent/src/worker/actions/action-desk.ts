import type {
  CancelActionRequest,
  PreviewActionRequest,
  RunActionRequest,
} from '../../../../proto/gen/opscenter/v1/action_pb.ts';
import { AgentError, UnknownRun } from '../../errors.ts';
import type { PreviewFacts, RunMemory, RunOrder } from '../../runs/run-contract.ts';
import { RunShelf } from '../../runs/run-shelf.ts';
import type { ToHost, ToWorker } from '../../thread-contract.ts';
import type { MainThreadLine } from '../main-thread-line.ts';
import { isSameOrder, parseActionType, parseKey, parseOrder, parseParameters } from './action-order.ts';
import { AgentRun } from './agent-run.ts';
import type { EpochGate } from './epoch-gate.ts';

type RunNews = Extract<ToWorker, { type: 'run-begun' | 'run-refused' | 'run-entries' }>;

/** The actions of this process: takes orders, sees to it that each is done once, and tells what became of it. */
export class ActionDesk {
  readonly #line: MainThreadLine;
  readonly #post: (message: ToHost) => void;
  readonly #epochs: EpochGate;
  readonly #shelf: RunShelf<AgentRun>;

  constructor(line: MainThreadLine, post: (message: ToHost) => void, epochs: EpochGate, memory: RunMemory) {
    this.#line = line;
    this.#post = post;
    this.#epochs = epochs;
    this.#shelf = new RunShelf(memory.spentKeys);
    for (const report of memory.runs) this.#shelf.put(report.order.key, AgentRun.restore(report));
  }

  /** @throws {AgentError} with the reason why there is none */
  async preview({ type, parametersJson }: PreviewActionRequest): Promise<PreviewFacts> {
    return this.#line.preview(parseActionType(type), parseParameters(parametersJson));
  }

  /**
   * The run that has the key: the one there is, or a new one. Resolves when it has begun.
   *
   * @throws {AgentError} when nothing was done, with the reason
   */
  async run(request: RunActionRequest): Promise<AgentRun> {
    const key = parseKey(request.idempotencyKey);
    this.#epochs.require(request.epoch);
    const known = this.#findRun(key);
    if (known) {
      if (!request.attachOnly) requireSame(known.order, parseOrder(request));
      return this.#begun(known, () => {});
    }
    if (request.attachOnly) throw new UnknownRun(key);
    return this.#start(parseOrder(request));
  }

  /** Resolves when the run was told, or will be as soon as the main thread answers. One that has ended is left alone. */
  cancel({ idempotencyKey, epoch }: CancelActionRequest): void {
    const key = parseKey(idempotencyKey);
    this.#epochs.require(epoch);
    const run = this.#findRun(key);
    if (!run) throw new UnknownRun(key);
    if (run.endedAtMs === undefined) this.#post({ type: 'cancel-run', key });
  }

  hear(news: RunNews): void {
    const run = this.#shelf.find(news.key);
    if (news.type === 'run-begun') run?.begin();
    else if (news.type === 'run-refused') run?.refuse(news.refusal);
    else run?.take(news.entries);
  }

  #findRun(key: string): AgentRun | undefined {
    const run = this.#shelf.find(key);
    if (!run && this.#shelf.isSpent(key)) {
      throw new AgentError(
        'run-forgotten',
        `The run with the key ${key} has ended and is no longer held; it is not run again.`,
      );
    }
    return run;
  }

  #start(order: RunOrder): Promise<AgentRun> {
    const { key, actionType } = order;
    const running = this.#shelf
      .list()
      .find((run) => run.order.actionType === actionType && run.endedAtMs === undefined);
    if (running) {
      const seconds = Math.round((Date.now() - running.startedAtMs) / 1000);
      throw new AgentError(
        'action-in-progress',
        `${actionType} has been running here for ${seconds} s already, under the key ${running.order.key}.`,
      );
    }
    const run = new AgentRun(order);
    if (!this.#shelf.put(key, run)) {
      throw new AgentError('too-many-runs', 'The agent follows as many runs as it may.');
    }
    return this.#begun(run, () => this.#post({ type: 'begin-run', order, ticket: run.ticket.memory }));
  }

  /** Waits until it is decided whether the run begins, and decides against it when the main thread is stuck. */
  async #begun(run: AgentRun, begin: () => void): Promise<AgentRun> {
    // What has begun is told also while the main thread is stuck.
    if (run.state.state === 'starting') {
      try {
        await this.#line.await(() => {
          begin();
          return whenDecided(run);
        }, `What ${run.order.actionType} works on`);
      } catch (error) {
        this.#withdraw(run, error);
        // If it could not be withdrawn, it has begun; the message that says so is on its way.
        await whenDecided(run);
      }
    }
    run.requireBegun();
    return run;
  }

  #withdraw(run: AgentRun, error: unknown): void {
    if (!run.ticket.withdraw()) return;
    const refusal =
      error instanceof AgentError
        ? { code: error.code, message: error.message }
        : { code: 'service-overdue' as const, message: 'The run could not be begun. Nothing was done.' };
    run.refuse(refusal);
    this.#post({ type: 'withdraw-run', key: run.order.key, refusal });
  }
}

async function whenDecided(run: AgentRun): Promise<AgentRun> {
  while (run.state.state === 'starting') await run.nextChange();
  return run;
}

function requireSame(known: RunOrder, asked: RunOrder): void {
  if (isSameOrder(known, asked)) return;
  throw new AgentError(
    'idempotency-key-reused',
    `The key ${known.key} belongs to another run, of ${known.actionType}. Nothing was done.`,
  );
}
