import { AgentError } from '../../errors.ts';

/** Refuses a server that another one has succeeded: each start of the server raises its epoch. */
export class EpochGate {
  #highest: bigint;
  readonly #raised: (epoch: bigint) => void;

  /** @param raised is told of each new epoch, to be remembered beyond this thread */
  constructor(highest: bigint, raised: (epoch: bigint) => void) {
    this.#highest = highest;
    this.#raised = raised;
  }

  see(epoch: bigint): void {
    if (epoch <= this.#highest) return;
    this.#highest = epoch;
    this.#raised(epoch);
  }

  /** @throws {AgentError} epoch-superseded */
  require(epoch: bigint): void {
    if (epoch < this.#highest) {
      throw new AgentError(
        'epoch-superseded',
        `A server of epoch ${this.#highest} has spoken to this instance, so one of epoch ${epoch} is not obeyed.`,
      );
    }
    this.see(epoch);
  }
}
