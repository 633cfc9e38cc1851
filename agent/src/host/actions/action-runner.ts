import { AgentError } from '../../errors.ts';
import {
  type OperationToWorker,
  type PreviewFacts,
  previewLimitMs,
  type Refusal,
  type RunOrder,
  type RunReport,
} from '../../runs/run-contract.ts';
import { RunShelf } from '../../runs/run-shelf.ts';
import { RunTicket } from '../../runs/run-ticket.ts';
import { limited, Overdue } from '../limited.ts';
import { sentenceOf } from '../plain-data.ts';
import { type Action, isActionRefused } from './action.ts';
import { toPreview } from './action-readings.ts';
import type { ActionRegistry } from './action-registry.ts';
import { LiveRun } from './live-run.ts';

/** Computes previews and runs actions with the service's own code. */
export class ActionRunner {
  readonly #registry: ActionRegistry;
  readonly #post: (message: OperationToWorker) => void;
  readonly #shelf = new RunShelf<LiveRun>();

  constructor(registry: ActionRegistry, post: (message: OperationToWorker) => void) {
    this.#registry = registry;
    this.#post = post;
  }

  get runs(): RunReport[] {
    return this.#shelf.list().map((run) => run.report());
  }

  get spentKeys(): string[] {
    return this.#shelf.spentKeys;
  }

  /** @throws {AgentError} with the reason why there is none */
  async preview(actionType: string, parametersJson: string): Promise<PreviewFacts> {
    return previewOf(this.#registry.get(actionType), parametersJson);
  }

  /** Begins the run, if its ticket can still be taken once the preview allows it. */
  begin(order: RunOrder, ticket: SharedArrayBuffer): void {
    if (this.#shelf.find(order.key) || this.#shelf.isSpent(order.key)) return;
    const run = new LiveRun(order, new RunTicket(ticket), this.#post);
    if (this.#shelf.put(order.key, run)) void this.#start(run);
    else run.refuse({ code: 'too-many-runs', message: 'The agent follows as many runs as it may.' });
  }

  /** The agent's thread has withdrawn the ticket, and why; what comes to take it later finds it gone. */
  withdraw(key: string, refusal: Refusal): void {
    this.#shelf.find(key)?.refuse(refusal);
  }

  cancel(key: string): void {
    this.#shelf.find(key)?.cancel();
  }

  async #start(run: LiveRun): Promise<void> {
    const { actionType, parametersJson, confirmed } = run.order;
    try {
      const action = this.#registry.get(actionType);
      requireConfirmed(await previewOf(action, parametersJson), confirmed);
      // From here to the first line of the service's run() nothing else runs on this thread.
      if (run.ticket.take()) await run.perform(action);
    } catch (error) {
      run.refuse(toRefusal(error));
    }
  }
}

async function previewOf(action: Action, parametersJson: string): Promise<PreviewFacts> {
  try {
    const preview = await limited(previewLimitMs, () => action.preview(JSON.parse(parametersJson)));
    return toPreview(preview);
  } catch (error) {
    if (error instanceof AgentError) throw error;
    const sentence = sentenceOf(error, 'preview()');
    if (isActionRefused(error)) throw new AgentError('action-refused', sentence);
    if (error instanceof Overdue) {
      throw new AgentError('service-overdue', `preview() of ${action.type} ${sentence} Nothing was done.`);
    }
    throw new AgentError('preview-failed', `The service's code failed at the preview: ${sentence}`);
  }
}

function requireConfirmed({ targets }: PreviewFacts, confirmed: readonly string[]): void {
  const allowed = new Set(confirmed);
  const grown = targets.filter(({ id, effect }) => effect === 'touched' && !allowed.has(id));
  const [first] = grown;
  if (!first) return;
  const what = grown.length === 1 ? `${first.name}, which was` : `${grown.length} targets that were`;
  throw new AgentError(
    'preview-outgrown',
    `By now it would also touch ${what} not confirmed, so nothing was done. Look again.`,
  );
}

/** Whatever was thrown, as a word for programs and a sentence. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof AgentError) return { code: error.code, message: error.message };
  return { code: 'preview-failed', message: `The service's code failed: ${sentenceOf(error, 'It')}` };
}
