import { AgentError } from '../../errors.ts';
import type { ActionFacts } from '../../thread-contract.ts';
import { accepted, type Registration, rejected } from '../registration.ts';
import type { Action } from './action.ts';

const mostActions = 64;
const mostSchemaCharacters = 16 * 1024;

/** The actions that a service allows. */
export class ActionRegistry {
  readonly #entries = new Map<string, { action: Action; facts: ActionFacts }>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  register(action: Action): Registration {
    let facts: ActionFacts;
    try {
      facts = toFacts(action);
    } catch (error) {
      return rejected(error instanceof Error ? error.message : 'The action cannot be read.');
    }
    if (this.#entries.has(facts.type)) return rejected(`An action ${facts.type} is registered already.`);
    if (this.#entries.size >= mostActions) return rejected(`At most ${mostActions} actions are kept.`);
    const entry = { action, facts };
    this.#entries.set(facts.type, entry);
    this.#changed();
    return accepted(() => {
      if (this.#entries.get(facts.type) !== entry) return;
      this.#entries.delete(facts.type);
      this.#changed();
    });
  }

  describe(): ActionFacts[] {
    return [...this.#entries.values()].map(({ facts }) => facts);
  }

  /** @throws {AgentError} unknown-action */
  get(type: string): Action {
    const entry = this.#entries.get(type);
    if (!entry) throw new AgentError('unknown-action', `This service offers no action ${type}.`);
    return entry.action;
  }
}

/** @throws {TypeError} with a sentence; and whatever the service's own getters throw. */
function toFacts(action: Action): ActionFacts {
  const { type, title, description, parametersSchema, preview, run } = action;
  if (typeof type !== 'string' || !/^[a-z0-9.-]{1,64}$/.test(type)) {
    throw new TypeError('An action needs a type of 1 to 64 of a-z, 0-9, . and -.');
  }
  if (typeof title !== 'string' || title === '' || title.length > 128) {
    throw new TypeError('An action needs a title of 1 to 128 characters.');
  }
  if (typeof description !== 'string' || description.length > 4096) {
    throw new TypeError('An action needs a description of at most 4096 characters.');
  }
  if (typeof parametersSchema !== 'object' || parametersSchema === null) {
    throw new TypeError('An action needs a parametersSchema, a JSON Schema of type object.');
  }
  if (typeof preview !== 'function' || typeof run !== 'function') {
    throw new TypeError('An action needs the functions preview() and run().');
  }
  const parametersSchemaJson = JSON.stringify(parametersSchema);
  if (parametersSchemaJson.length > mostSchemaCharacters) {
    throw new TypeError(`An action's parametersSchema may have at most ${mostSchemaCharacters} characters.`);
  }
  return { type, title, description, parametersSchemaJson };
}
