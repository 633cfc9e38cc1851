import type { GraphCells } from '../model/heap-cells.ts';
import type { IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { findHeld } from './find-edge.ts';
import { NODE_TYPE } from './node-type.ts';

/** Hidden classes lead back to the one that knows the constructor, one per property that was added. */
const MOST_MAPS = 100;

/**
 * The file of a function, or of the constructor of an object, as V8 links them: a function's shared part has the script, an
 * object's hidden class has the constructor.
 *
 * @see https://github.com/v8/v8/blob/main/src/profiler/heap-snapshot-generator.cc (the names of the edges)
 */
export function scriptOf(graph: GraphCells, node: IndexIntoHeapNodes): string | undefined {
  const type = graph.nodes.type.get(node);
  const closure =
    type === NODE_TYPE.closure ? node : type === NODE_TYPE.object ? constructorOf(graph, node) : undefined;
  const shared = closure === undefined ? undefined : findHeld(graph, closure, ['shared']);
  const script =
    shared === undefined ? undefined : findHeld(graph, shared, ['script', 'script_or_debug_info']);
  const name = script === undefined ? undefined : findHeld(graph, script, ['name']);
  if (name === undefined || graph.nodes.type.get(name) !== NODE_TYPE.string) return undefined;
  return graph.strings.text(graph.nodes.name.get(name)) || undefined;
}

function constructorOf(graph: GraphCells, node: IndexIntoHeapNodes): IndexIntoHeapNodes | undefined {
  let map = findHeld(graph, node, ['map']);
  for (let steps = 0; map !== undefined && steps < MOST_MAPS; steps++) {
    const made = findHeld(graph, map, ['constructor']);
    if (made !== undefined) {
      return graph.nodes.type.get(made) === NODE_TYPE.closure ? made : undefined;
    }
    map = findHeld(graph, map, ['back_pointer']);
  }
  return undefined;
}
