import { inRanges, part, type Steps } from '../analysis/steps.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import {
  DETACHEDNESS,
  type HeapAnalysis,
  type HeapGraph,
  type IndexIntoHeapNodes,
} from '../model/heap-graph.ts';
import type { HeapClasses } from './heap-classes.ts';
import { nameShapes } from './name-shapes.ts';
import { NODE_TYPE, nodeTypeAt } from './node-type.ts';

/** The rest goes to the shapes of plain objects. */
const SHARE_OF_NAMES = 0.3;

/**
 * Says of each object which class it is of, as Chrome DevTools does: by constructor where there is one, by V8's type where not,
 * and plain objects by the properties that many of them share. Each distinct name is looked at once.
 *
 * @param classOf is filled, whatever is in it
 */
export function* nameClasses(
  { graph, detachedness }: Pick<HeapAnalysis, 'graph' | 'detachedness'>,
  memory: HeapMemory,
  classOf = memory.kept.uint32(graph.nodes.length),
): Steps<HeapClasses> {
  const { length } = graph.nodes;
  const table = new ClassTable();
  const plain = table.add('Object');
  const byName = memory.uint32(graph.strings.length);
  // Where the file says nothing of it, V8 has put the word into the names.
  const detached = graph.nodes.detachedness === undefined ? undefined : detachedness;
  const namer = new NodeNamer(graph, detached, table, byName);
  const nameNodes = (from: number, to: number) => namer.name(from, to, classOf);
  yield* part(0, SHARE_OF_NAMES, inRanges(length, nameNodes));
  memory.release(byName);
  const addClass = (shape: string) => table.add(shape);
  yield* part(SHARE_OF_NAMES, 1, nameShapes(graph, classOf, plain, addClass));
  return { names: table.names, classOf };
}

/** Names objects by what V8 says of them alone. */
class NodeNamer {
  readonly #graph: HeapGraph;
  readonly #detachedness: Uint8Array | undefined;
  readonly #table: ClassTable;
  readonly #byType: Uint32Array;
  readonly #byName: Uint32Array;
  readonly #byDetachedName = new Map<number, number>();

  /** @param byName zeros, one for each string: becomes the class of those whose constructor is so called, and one */
  constructor(
    graph: HeapGraph,
    detachedness: Uint8Array | undefined,
    table: ClassTable,
    byName: Uint32Array,
  ) {
    this.#graph = graph;
    this.#detachedness = detachedness;
    this.#table = table;
    this.#byName = byName;
    this.#byType = Uint32Array.from({ length: 256 }, (_, number) => table.add(nameOfType(number)));
  }

  name(from: IndexIntoHeapNodes, to: IndexIntoHeapNodes, classOf: Uint32Array): void {
    const { type, name } = this.#graph.nodes;
    const byType = this.#byType;
    for (let node = from; node < to; node++) {
      const nodeType = type[node] as number;
      if (nodeType !== NODE_TYPE.object && nodeType !== NODE_TYPE.native) {
        classOf[node] = byType[nodeType] as number;
      } else if (nodeType === NODE_TYPE.native && this.#detachedness?.[node] === DETACHEDNESS.detached) {
        classOf[node] = this.#ofDetached(name[node] as number);
      } else {
        classOf[node] = this.#ofConstructor(name[node] as number);
      }
    }
  }

  #ofConstructor(string: number): number {
    const known = this.#byName[string] as number;
    if (known > 0) return known - 1;
    const found = this.#table.add(nameOfConstructor(this.#graph.strings.text(string)));
    this.#byName[string] = found + 1;
    return found;
  }

  #ofDetached(string: number): number {
    const known = this.#byDetachedName.get(string);
    if (known !== undefined) return known;
    const found = this.#table.add(nameOfConstructor(`${DETACHED}${this.#graph.strings.text(string)}`));
    this.#byDetachedName.set(string, found);
    return found;
  }
}

const DETACHED = 'Detached ';

class ClassTable {
  readonly names: string[] = [];
  readonly #indices = new Map<string, number>();

  add(name: string): number {
    const known = this.#indices.get(name);
    if (known !== undefined) return known;
    this.#indices.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

/** The class of objects that have no constructor, by the number of their type. */
export function nameOfType(number: number): string {
  const type = nodeTypeAt(number);
  switch (type) {
    case 'hidden':
      return '(system)';
    case 'code':
      return '(compiled code)';
    case 'closure':
      return 'Function';
    case 'regexp':
      return 'RegExp';
    default:
      return `(${type})`;
  }
}

/** An element of a page without its attributes: `<div id="a">` is of the class `<div>`. */
function nameOfConstructor(name: string): string {
  const from = name.startsWith('<') ? 0 : name.startsWith(`${DETACHED}<`) ? DETACHED.length : -1;
  const end = from < 0 ? -1 : name.indexOf(' ', from);
  return end < 0 ? name : `${name.slice(0, end)}>`;
}
