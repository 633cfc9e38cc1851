import { type IndexIntoHeapNodes, UNREACHABLE } from '../model/heap-graph.ts';
import { NODE_TYPE } from '../names/node-type.ts';
import type { LeakWay } from '../query/heap-query.ts';
import { ownerOf } from './holders.ts';
import type { Subject } from './subject.ts';
import type { PiledUp } from './suspicion.ts';

/** From the bytes to the buffer, and to the typed array over it. */
const MOST_LEVELS = 2;

/** What may be large by itself: a text, the bytes behind a buffer, the numbers of an array. */
const WAYS: ReadonlyMap<number | undefined, LeakWay> = new Map([
  [NODE_TYPE.string, 'string'],
  [NODE_TYPE.native, 'buffer'],
  [NODE_TYPE.array, 'array'],
]);

/** Single objects that take much themselves. */
export function fromGiants(subject: Subject): PiledUp[] {
  const { graph, distance } = subject.analysis;
  const { selfSize, type, length } = graph.nodes;
  const giants: PiledUp[] = [];
  for (let node = 0; node < length; node++) {
    const bytes = selfSize[node] as number;
    // What nothing holds is no leak, however large: it is about to be collected.
    if (bytes < subject.leastBytes || distance[node] === UNREACHABLE) continue;
    const way = WAYS.get(type[node]);
    const owner = way === 'buffer' ? bufferOf(subject, node) : ownerOf(subject.analysis, node);
    // The table of a collection is as large as what is in it is many: that is told by what is in it.
    if (way === undefined || (way === 'array' && holdsAny(subject, node))) continue;
    if (way === 'string' && isOfCode(subject, node)) continue;
    const ofClass = subject.classes.classOf[owner] as number;
    giants.push({
      kind: 'one object',
      accumulation: owner,
      ofClass,
      count: 1,
      bytes,
      example: owner,
      way,
    });
  }
  return giants;
}

/** Numbers that are no objects have no edges; V8's own description of the array is one. */
function holdsAny({ analysis: { graph } }: Subject, node: IndexIntoHeapNodes): boolean {
  const { firstEdge } = graph.nodes;
  return (firstEdge[node + 1] as number) - (firstEdge[node] as number) > 1;
}

/** The source of a script, or a text that is written in it: the more code a program has, the more of it. */
function isOfCode({ analysis: { dominator, graph } }: Subject, node: IndexIntoHeapNodes): boolean {
  return graph.nodes.type[dominator[node] as number] === NODE_TYPE.code;
}

function bufferOf(
  { analysis: { dominator, graph } }: Subject,
  bytes: IndexIntoHeapNodes,
): IndexIntoHeapNodes {
  let owner = bytes;
  for (let level = 0; level < MOST_LEVELS; level++) {
    const above = dominator[owner] as number;
    if (graph.nodes.type[above] !== NODE_TYPE.object) break;
    owner = above;
  }
  return owner;
}
