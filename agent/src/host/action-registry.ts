import type { ActionFacts } from '../thread-contract.ts';
import type { Action } from './action.ts';
import { accepted, type Registration, rejected } from './registration.ts';

const mostActions = 64;
const mostSchemaCharacters = 16 * 1024;

/** The actions that a service allows. */
export class ActionRegistry {
  readonly #actions = new Map<string, ActionFacts>();
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
    if (this.#actions.has(facts.type)) return rejected(`An action ${facts.type} is registered already.`);
    if (this.#actions.size >= mostActions) return rejected(`At most ${mostActions} actions are kept.`);
    this.#actions.set(facts.type, facts);
    this.#changed();
    return accepted(() => {
      if (this.#actions.get(facts.type) !== facts) return;
      this.#actions.delete(facts.type);
      this.#changed();
    });
  }

  describe(): ActionFacts[] {
    return [...this.#actions.values()];
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
