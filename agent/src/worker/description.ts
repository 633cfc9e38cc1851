import type { ActionFacts, ProcessIdentity, ResourceFacts, RuntimeFacts } from '../thread-contract.ts';

/** What the service is and has registered, with a revision that rises whenever any of it, or its threads, change. */
export class Description {
  readonly identity: ProcessIdentity;
  readonly runtime: RuntimeFacts;
  #resources: readonly ResourceFacts[] = [];
  #actions: readonly ActionFacts[] = [];
  #revision = 1n;

  constructor(identity: ProcessIdentity, runtime: RuntimeFacts) {
    this.identity = identity;
    this.runtime = runtime;
  }

  get revision(): bigint {
    return this.#revision;
  }

  get resources(): readonly ResourceFacts[] {
    return this.#resources;
  }

  get actions(): readonly ActionFacts[] {
    return this.#actions;
  }

  take(resources: readonly ResourceFacts[], actions: readonly ActionFacts[]): void {
    this.#resources = resources;
    this.#actions = actions;
    this.#revision += 1n;
  }

  noteThreads(): void {
    this.#revision += 1n;
  }
}
