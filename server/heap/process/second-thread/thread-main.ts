import { parentPort } from 'node:worker_threads';
import { spreadDetachedness } from '#profile/heap/analysis/detachedness.ts';
import { countRetainers, listRetainers } from '#profile/heap/analysis/retainers.ts';
import { findSizesAndDistances } from '#profile/heap/analysis/sizes-and-distances.ts';
import { finish } from '#profile/heap/analysis/steps.ts';
import { HeapMemory } from '#profile/heap/memory/heap-memory.ts';
import type { HeapGraph } from '#profile/heap/model/heap-graph.ts';
import { nameClasses } from '#profile/heap/names/name-classes.ts';
import { ByteStrings } from '#profile/heap/reader/byte-strings.ts';
import { countByClass } from '#profile/heap/tables/class-totals.ts';
import { fillDominatedRows } from '#profile/heap/tables/dominated-rows.ts';
import { readTail } from './read-tail.ts';
import type { FromThread, SharedGraph, TaskName, ThreadTasks, ToThread } from './thread-tasks.ts';

type Tasks = { [Name in TaskName]: (told: ThreadTasks[Name]['told']) => ThreadTasks[Name]['result'] };

const tasks: Tasks = {
  readTail(told) {
    return readTail(told);
  },
  touch({ columns }) {
    for (const column of columns) touch(column);
    return true;
  },
  spreadDetachedness({ graph, limitBytes }) {
    return { detachedness: spreadDetachedness(toGraph(graph), new HeapMemory(limitBytes, 'shared')) };
  },
  countRetainers({ graph, firstRetainer }) {
    finish(countRetainers(toGraph(graph), firstRetainer));
    return true;
  },
  findSizes({ graph, columns, limitBytes }) {
    const sizes = findSizesAndDistances(toGraph(graph), columns, new HeapMemory(limitBytes));
    return { shallowSize: finish(sizes) };
  },
  nameClasses({ graph, detachedness, classOf, limitBytes }) {
    const named = { graph: toGraph(graph), detachedness };
    const { names } = finish(nameClasses(named, new HeapMemory(limitBytes), classOf));
    return { names };
  },
  countClasses({ classOf, classCount, ...analysis }) {
    return finish(countByClass(analysis, classOf, classCount));
  },
  dominatedRows({ dominator, first, room }) {
    return fillDominatedRows(dominator, first, room);
  },
  listRetainers({ graph, firstRetainer, retainingEdge }) {
    finish(listRetainers(toGraph(graph), firstRetainer, retainingEdge));
    return true;
  },
};

/** What runs in the second thread. */
parentPort?.on('message', ({ task, told }: ToThread) => {
  let answer: FromThread;
  try {
    const result = (tasks[task] as (told: unknown) => ThreadTasks[TaskName]['result'])(told);
    answer = { result };
  } catch (error) {
    answer = { failure: (error as Error).message };
  }
  parentPort?.postMessage(answer);
});

const PAGE_BYTES = 4096;

/** Has the system give memory for all of a column, which may take as long as reading as much of a file; what is in it stays. */
function touch(column: Uint32Array): void {
  for (let at = 0; at < column.length; at += PAGE_BYTES / column.BYTES_PER_ELEMENT) Atomics.or(column, at, 0);
}

function toGraph({ nodes, edges, strings }: SharedGraph): HeapGraph {
  return { nodes, edges, strings: new ByteStrings(strings.bytes, strings.start) };
}
