import { AgentError } from '../../errors.ts';
import type { ResourceContents, ResourceFacts, ResourceReading } from '../../thread-contract.ts';
import { isText, textOf } from '../plain-data.ts';
import { accepted, type Registration, rejected } from '../registration.ts';
import type { Resource } from './resource.ts';
import { ResourceEntry } from './resource-entry.ts';

const mostResources = 128;

/** The resources of the service. Nothing that their code does gets out of here. */
export class ResourceRegistry {
  readonly #entries = new Map<string, ResourceEntry>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  register(resource: Resource): Registration {
    const problem = findProblem(resource);
    if (problem !== undefined) return rejected(problem);
    const { id } = resource;
    if (this.#entries.has(id)) return rejected(`A resource with the id ${id} is registered already.`);
    if (this.#entries.size >= mostResources) return rejected(`At most ${mostResources} resources are kept.`);
    const entry = new ResourceEntry(resource);
    this.#entries.set(id, entry);
    this.#changed();
    return accepted(() => {
      if (this.#entries.get(id) !== entry) return;
      this.#entries.delete(id);
      this.#changed();
    });
  }

  describe(): ResourceFacts[] {
    return [...this.#entries.values()].map(({ resource }) => ({
      id: resource.id,
      kind: resource.kind,
      name: resource.name,
      description: textOf(resource.description, 512),
    }));
  }

  /** The state of each, as it can be told at once. */
  read(): ResourceReading[] {
    return [...this.#entries.values()].map((entry) => entry.look());
  }

  /** @throws {AgentError} unknown-resource */
  readContents(id: string): Promise<ResourceContents> {
    const entry = this.#entries.get(id);
    if (!entry) throw new AgentError('unknown-resource', `This process has no resource ${id}.`);
    return entry.lookInside();
  }
}

function findProblem(resource: unknown): string | undefined {
  const { id, kind, name, read, items } = (resource ?? {}) as Partial<Record<keyof Resource, unknown>>;
  if (!isText(id, 128)) return 'A resource needs an id of 1 to 128 characters.';
  if (!isText(kind, 64)) return 'A resource needs a kind of 1 to 64 characters.';
  if (!isText(name, 128)) return 'A resource needs a name of 1 to 128 characters.';
  if (typeof read !== 'function') return 'A resource needs a function read().';
  if (items !== undefined && typeof items !== 'function') return 'items of a resource is a function.';
  return undefined;
}
