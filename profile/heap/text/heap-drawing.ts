import { HEAP_EDGE_TYPES, type HeapEdgeType, type HeapNodeType } from '../model/heap-graph.ts';

export interface DrawnNode {
  readonly name: string;
  readonly type: HeapNodeType;
  readonly id: number;
  readonly selfSize: number;
  readonly detachedness: number;
  readonly edges: DrawnEdge[];
}

export interface DrawnEdge {
  readonly type: HeapEdgeType;
  /** Of `element` and `hidden` edges a number. */
  readonly name: string;
  /** A place in the list of nodes. */
  readonly to: number;
}

const EDGE = new RegExp(`^(?:(?<type>${HEAP_EDGE_TYPES.join('|')}) )?(?<name>.*?): (?<rest>.+)$`, 's');
const NODE =
  /^(?<label>(?<name>.+?)(?:#\w+)?)(?: as (?<type>[a-z][a-z ]*?))?(?: (?<size>\d+))?(?: (?<state>attached|detached))?(?: @(?<id>\d+))?$/s;

/**
 * Reads a heap drawn as text. A line is a node, held by the one above it that is indented less:
 *
 * ```
 * root
 *   shortcut global: Window 16        an edge of type shortcut with a name, to an object of 16 bytes
 *     cache: Map#1 32                 without a word before it the edge is a property
 *       internal table: table as array 400 @77
 *     Map#2 32                        an edge named as the node is
 *       element 0: Map#1              met again: the same node
 *     "hello" as string 24 detached
 * ```
 *
 * What follows `#` tells nodes of one name apart and belongs to no name. The first line is the root, synthetic and without a
 * name. Ids are odd and count up from 1, as V8's do.
 */
export function drawnNodes(text: string): Map<string, DrawnNode> {
  const nodes = new Map<string, DrawnNode>();
  const places = new Map<string, number>();
  const above: { indent: number; node: DrawnNode }[] = [];
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const indent = line.search(/\S/);
    while ((above.at(-1)?.indent ?? -1) >= indent) above.pop();
    const edge = EDGE.exec(line.trim())?.groups;
    const drawn = NODE.exec(edge?.rest ?? line.trim())?.groups;
    if (drawn === undefined) throw new Error(`Cannot read "${line}".`);
    const label = drawn.label ?? '';
    let node = nodes.get(label);
    if (node === undefined) {
      node = toNode(drawn, nodes.size);
      places.set(label, nodes.size);
      nodes.set(label, node);
    }
    above.at(-1)?.node.edges.push({
      type: (edge?.type ?? 'property') as HeapEdgeType,
      name: edge?.name ?? drawn.name ?? '',
      to: places.get(label) ?? 0,
    });
    above.push({ indent, node });
  }
  return nodes;
}

function toNode(drawn: Record<string, string>, place: number): DrawnNode {
  const isRoot = place === 0;
  return {
    name: isRoot ? '' : (drawn.name ?? '').replace(/^"(.*)"$/s, '$1'),
    type: isRoot ? 'synthetic' : ((drawn.type ?? 'object') as HeapNodeType),
    id: drawn.id === undefined ? 2 * place + 1 : Number(drawn.id),
    selfSize: Number(drawn.size ?? 0),
    detachedness: ['attached', 'detached'].indexOf(drawn.state ?? '') + 1,
    edges: [],
  };
}
