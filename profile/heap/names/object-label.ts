import type { GraphCells } from '../model/heap-cells.ts';
import type { IndexIntoHeapNodes } from '../model/heap-graph.ts';
import { cut } from './edge-name.ts';
import { nameOfType } from './name-classes.ts';
import { EDGE_TYPE, NODE_TYPE } from './node-type.ts';
import type { PartNames } from './part-names.ts';
import { formatPropertyName } from './property-name.ts';
import { isRedactedText, isString } from './string-content.ts';
import { StringParts } from './string-parts.ts';

const MOST_CHARACTERS = 120;
/** An object with more is described by its first properties. */
const MOST_PROPERTIES = 40;

/**
 * What is to be read of an object: `"content"` of a string, `login()`, `Player {id, name}`, `Array(3)`, else V8's name of it. What
 * the agent took out of a string stands without quotes.
 */
export function objectLabel(graph: GraphCells, node: IndexIntoHeapNodes, names: PartNames): string {
  const type = graph.nodes.type.get(node);
  const name = graph.strings.text(graph.nodes.name.get(node));
  if (isString(type)) return stringLabel(graph, node, name, names);
  if (type === NODE_TYPE.closure) return `${name === '' ? '(anonymous)' : cut(name, MOST_CHARACTERS)}()`;
  if (type === NODE_TYPE.object) return constructedLabel(graph, node, name);
  if (name === '') return node === 0 ? '(root)' : nameOfType(type as number);
  return cut(name, MOST_CHARACTERS);
}

function stringLabel(graph: GraphCells, node: IndexIntoHeapNodes, name: string, names: PartNames): string {
  const type = graph.nodes.type.get(node);
  const text =
    type === NODE_TYPE.string ? name : new StringParts(graph, names).begin(node, MOST_CHARACTERS + 1);
  return isRedactedText(text) ? text : `"${cut(text, MOST_CHARACTERS)}"`;
}

function constructedLabel(graph: GraphCells, node: IndexIntoHeapNodes, name: string): string {
  if (name === 'Array') return `Array(${countElements(graph, node)})`;
  const properties = describeProperties(graph, node);
  if (name === 'Object') return properties === '' ? '{}' : properties;
  return properties === '' ? cut(name, MOST_CHARACTERS) : `${cut(name, MOST_CHARACTERS / 2)} ${properties}`;
}

/** As far as the snapshot tells it: one more than the greatest index that holds something. */
function countElements({ nodes, edges }: GraphCells, node: IndexIntoHeapNodes): number {
  let length = 0;
  for (let edge = nodes.firstEdge.get(node); edge < nodes.firstEdge.get(node + 1); edge++) {
    if (edges.type.get(edge) === EDGE_TYPE.element)
      length = Math.max(length, edges.nameOrIndex.get(edge) + 1);
  }
  return length;
}

/** `{id, name, …}`: the first properties that fit; nothing where there is none. */
function describeProperties({ nodes, edges, strings }: GraphCells, node: IndexIntoHeapNodes): string {
  const names: string[] = [];
  let characters = 0;
  let isCut = false;
  for (let edge = nodes.firstEdge.get(node); edge < nodes.firstEdge.get(node + 1); edge++) {
    if (edges.type.get(edge) !== EDGE_TYPE.property) continue;
    const name = strings.text(edges.nameOrIndex.get(edge));
    if (name === '__proto__') continue;
    const formatted = cut(formatPropertyName(name), MOST_CHARACTERS / 2);
    isCut =
      names.length === MOST_PROPERTIES ||
      (names.length > 0 && characters + formatted.length > MOST_CHARACTERS * 0.8);
    if (isCut) break;
    names.push(formatted);
    characters += formatted.length + 2;
  }
  return names.length === 0 ? '' : `{${names.join(', ')}${isCut ? ', …' : ''}}`;
}
