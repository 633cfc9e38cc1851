import { inRanges, part, type Steps } from '../analysis/steps.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import { DETACHEDNESS, type HeapAnalysis } from '../model/heap-graph.ts';
import type { HeapClasses } from './heap-classes.ts';
import { nameShapes } from './name-shapes.ts';
import { NODE_TYPE, nodeTypeAt } from './node-type.ts';

/** The rest goes to the shapes of plain objects. */
const SHARE_OF_NAMES = 0.3;

/**
 * Says of each object which class it is of, as Chrome DevTools does: by constructor where there is one, by V8's type where not,
 * and plain objects by the properties that many of them share. Each distinct name is looked at once.
 */
export function* nameClasses(
  { graph, detachedness }: Pick<HeapAnalysis, 'graph' | 'detachedness'>,
  memory: HeapMemory,
): Steps<HeapClasses> {
  const { type, name, length } = graph.nodes;
  const table = new ClassTable();
  const byType = Uint32Array.from({ length: 256 }, (_, number) => table.add(nameOfType(number)));
  const plain = table.add('Object');
  /** By the index of the constructor's name: the class and one; 0 where it was not met yet. */
  const byName = memory.uint32(graph.strings.length);
  const byDetachedName = new Map<number, number>();
  // Where the file says nothing of it, V8 has put the word into the names.
  const detached = graph.nodes.detachedness === undefined ? undefined : detachedness;
  const classOf = memory.uint32(length);
  const classOfDetached = (string: number): number => {
    const known = byDetachedName.get(string);
    if (known !== undefined) return known;
    const found = table.add(nameOfConstructor(`${DETACHED}${graph.strings.text(string)}`));
    byDetachedName.set(string, found);
    return found;
  };
  const nameNodes = (from: number, to: number) => {
    for (let node = from; node < to; node++) {
      const nodeType = type[node] as number;
      if (nodeType !== NODE_TYPE.object && nodeType !== NODE_TYPE.native) {
        classOf[node] = byType[nodeType] as number;
        continue;
      }
      const string = name[node] as number;
      if (nodeType === NODE_TYPE.native && detached?.[node] === DETACHEDNESS.detached) {
        classOf[node] = classOfDetached(string);
        continue;
      }
      let known = byName[string] as number;
      if (known === 0) {
        known = table.add(nameOfConstructor(graph.strings.text(string))) + 1;
        byName[string] = known;
      }
      classOf[node] = known - 1;
    }
  };
  yield* part(0, SHARE_OF_NAMES, inRanges(length, nameNodes));
  memory.release(byName);
  const addClass = (shape: string) => table.add(shape);
  yield* part(SHARE_OF_NAMES, 1, nameShapes(graph, classOf, plain, addClass));
  return { names: table.names, classOf };
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
  const from = name.startsWith('<') ? 0 : name.startsWith(`${DETACHED}<`) ? DETACHED.length : -1;
  const end = from < 0 ? -1 : name.indexOf(' ', from);
  return end < 0 ? name : `${name.slice(0, end)}>`;
}
