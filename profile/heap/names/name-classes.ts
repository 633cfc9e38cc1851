import { STEP_ROWS, type Steps } from '../analysis/steps.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import type { HeapClasses } from './heap-classes.ts';
import { nameShapes } from './name-shapes.ts';
import { NODE_TYPE, nodeTypeAt } from './node-type.ts';

/** The rest goes to the shapes of plain objects. */
const SHARE_OF_NAMES = 0.3;

/**
 * Says of each object which class it is of, as Chrome DevTools does: by constructor where there is one, by V8's type where not,
 * and plain objects by the properties that many of them share. Each distinct name is looked at once.
 */
export function* nameClasses(graph: HeapGraph, memory: HeapMemory): Steps<HeapClasses> {
  const { type, name, length } = graph.nodes;
  const table = new ClassTable();
  const byType = Uint32Array.from({ length: 256 }, (_, number) => table.add(nameOfType(number)));
  const plain = table.add('Object');
  /** By the index of the constructor's name; 0 where it was not met yet. */
  const byName = memory.uint32(graph.strings.length);
  const classOf = memory.uint32(length);
  for (let node = 0; node < length; node++) {
    if (node % STEP_ROWS === STEP_ROWS - 1) yield (node / length) * SHARE_OF_NAMES;
    const nodeType = type[node] as number;
    if (nodeType !== NODE_TYPE.object && nodeType !== NODE_TYPE.native) {
      classOf[node] = byType[nodeType] as number;
      continue;
    }
    const string = name[node] as number;
    let known = byName[string] as number;
    if (known === 0) {
      known = table.add(nameOfConstructor(graph.strings.text(string))) + 1;
      byName[string] = known;
    }
    classOf[node] = known - 1;
  }
  memory.release(byName);
  yield SHARE_OF_NAMES;
  nameShapes(graph, classOf, plain, (shape) => table.add(shape));
  return { names: table.names, classOf };
}

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

function nameOfType(number: number): string {
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
  const from = name.startsWith('<') ? 0 : name.startsWith('Detached <') ? 'Detached '.length : -1;
  const end = from < 0 ? -1 : name.indexOf(' ', from);
  return end < 0 ? name : `${name.slice(0, end)}>`;
}
