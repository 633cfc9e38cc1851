import type { OperationToHost, OperationToWorker, Question, RunMemory } from '../runs/run-contract.ts';
import { ActionRegistry } from './actions/action-registry.ts';
import { ActionRunner, toRefusal } from './actions/action-runner.ts';
import { ResourceRegistry } from './resources/resource-registry.ts';

/** What the service lets people see and do, and what answers the agent's thread about it. Never throws. */
export class Operations {
  readonly resources: ResourceRegistry;
  readonly actions: ActionRegistry;
  readonly #runner: ActionRunner;
  readonly #post: (message: OperationToWorker) => void;
  #epoch = 0n;

  /** @param changed is called when something was registered or taken back */
  constructor(changed: () => void, post: (message: OperationToWorker) => void) {
    this.resources = new ResourceRegistry(changed);
    this.actions = new ActionRegistry(changed);
    this.#runner = new ActionRunner(this.actions, post);
    this.#post = post;
  }

  /** What a new thread of the agent has to know. It hears of everything that happens after this call. */
  remember(): RunMemory {
    return { runs: this.#runner.runs, spentKeys: this.#runner.spentKeys, epoch: this.#epoch };
  }

  hear(message: OperationToHost): void {
    switch (message.type) {
      case 'ask':
        void this.#answer(message.id, message.question);
        return;
      case 'begin-run':
        this.#runner.begin(message.order, message.ticket);
        return;
      case 'withdraw-run':
        this.#runner.withdraw(message.key, message.refusal);
        return;
      case 'cancel-run':
        this.#runner.cancel(message.key);
        return;
      case 'epoch':
        this.#epoch = message.epoch;
        return;
      default:
        message satisfies never;
    }
  }

  async #answer(id: number, question: Question): Promise<void> {
    try {
      const value = await this.#valueOf(question);
      this.#post({ type: 'answer', id, answer: { value } });
    } catch (error) {
      this.#post({ type: 'answer', id, answer: { refusal: toRefusal(error) } });
    }
  }

  async #valueOf(question: Question): Promise<unknown> {
    switch (question.kind) {
      case 'resource':
        return this.resources.readContents(question.resourceId);
      case 'preview':
        return this.#runner.preview(question.actionType, question.parametersJson);
      default:
        return question satisfies never;
    }
  }
}
