import type { Steps } from '../../analysis/steps.ts';
import type { IndexIntoHeapNodes } from '../../model/heap-graph.ts';
import { edgeName } from '../../names/edge-name.ts';
import { EDGE_TYPE, NODE_TYPE } from '../../names/node-type.ts';
import { scriptOf } from '../../names/script-of.ts';
import { isRedactedText } from '../../names/string-content.ts';
import { findSuspicions } from '../../suspects/find-suspicions.ts';
import type { FoundPlace } from '../../suspects/place.ts';
import { SCOPE } from '../../suspects/subject.ts';
import type { Suspicion } from '../../suspects/suspicion.ts';
import type { HeapAnswers, HeapPlace, LeakSuspect } from '../heap-query.ts';
import type { OpenHeap } from '../open-heap.ts';
import { answerPathFromRoot } from './path-from-root.ts';
import { answerRetainedSet } from './retained-set.ts';

/** So many classes of what a suspect holds are told. */
const CLASSES_TOLD = 8;
/** Among so many that hold a scope a function is looked for. */
const MOST_HOLDERS = 256;

/** Computed once; the summaries of what each holds are walks over what it retains. */
export function* answerSuspects(heap: OpenHeap): Steps<HeapAnswers['suspects']> {
  return yield* heap.keeping(allSuspects);
}

function* allSuspects(heap: OpenHeap): Steps<HeapAnswers['suspects']> {
  const suspicions = findSuspicions(heap.analysis, heap.classes, heap.memory);
  const suspects: LeakSuspect[] = [];
  for (const suspicion of suspicions) {
    yield suspects.length / suspicions.length;
    suspects.push(yield* toSuspect(heap, suspicion));
  }
  return { suspects };
}

function* toSuspect(heap: OpenHeap, suspicion: Suspicion): Steps<LeakSuspect> {
  const accumulation = heap.row(suspicion.accumulation);
  const { steps } = yield* answerPathFromRoot(heap, {
    ask: 'pathFromRoot',
    object: accumulation.id,
    ignored: [],
  });
  const held = yield* answerRetainedSet(heap, {
    ask: 'retainedSet',
    object: accumulation.id,
    order: { by: 'retained', descending: true },
    page: { offset: 0, limit: CLASSES_TOLD },
  });
  return {
    kind: suspicion.kind,
    className: heap.classes.names[suspicion.ofClass] ?? '',
    count: suspicion.count,
    example: heap.row(suspicion.example),
    retainedBytes: suspicion.bytes,
    share: suspicion.share,
    way: suspicion.way,
    place: suspicion.place && toPlace(heap, suspicion.place),
    accumulation,
    path: steps,
    held: held.rows,
    score: suspicion.score,
  };
}

function toPlace(heap: OpenHeap, { edge, owner }: FoundPlace): HeapPlace {
  const isVariable = heap.graph.edges.type[edge] === EDGE_TYPE.context;
  return {
    name: edgeName(heap.cells.analysis.graph, edge),
    kind: isVariable ? 'variable' : 'field',
    owner: heap.row(owner),
    scriptName: fileOf(heap, owner),
  };
}

function fileOf(heap: OpenHeap, owner: IndexIntoHeapNodes): string | undefined {
  const name = scriptOf(heap.cells.analysis.graph, functionOf(heap, owner));
  return name !== undefined && isRedactedText(name) ? undefined : name;
}

/** A scope is held by the functions that were made in it, and V8 says of those where they stand; anything else is told itself. */
function functionOf(heap: OpenHeap, owner: IndexIntoHeapNodes): IndexIntoHeapNodes {
  const { firstRetainer, retainingEdge } = heap.analysis;
  if (heap.classNameOf(owner) !== SCOPE) return owner;
  const first = firstRetainer[owner] as number;
  for (let at = first; at < Math.min(first + MOST_HOLDERS, firstRetainer[owner + 1] as number); at++) {
    const edge = retainingEdge[at] as number;
    const holder = heap.analysis.holderOf(edge);
    if (
      heap.graph.nodes.type[holder] === NODE_TYPE.closure &&
      edgeName(heap.cells.analysis.graph, edge) === 'context'
    )
      return holder;
  }
  return owner;
}
