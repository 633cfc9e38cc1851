import { parentPort } from 'node:worker_threads';
import { countRetainers, listRetainers } from '#profile/heap/analysis/retainers.ts';
import { findSizesAndDistances } from '#profile/heap/analysis/sizes-and-distances.ts';
import { finish } from '#profile/heap/analysis/steps.ts';
import { HeapMemory } from '#profile/heap/memory/heap-memory.ts';
import type { HeapGraph } from '#profile/heap/model/heap-graph.ts';
import { nameClasses } from '#profile/heap/names/name-classes.ts';
import { ByteStrings } from '#profile/heap/reader/byte-strings.ts';
import { toDominatedRows } from '#profile/heap/tables/dominated-rows.ts';
import { readTail } from './read-tail.ts';
import type { FromThread, SharedGraph, TaskName, ThreadTasks, ToThread } from './thread-tasks.ts';

type Tasks = { [Name in TaskName]: (told: ThreadTasks[Name]['told']) => Done<Name> };

interface Done<Name extends TaskName> {
  readonly result: ThreadTasks[Name]['result'];
  /** Columns that are handed over rather than copied. */
  readonly moved?: readonly ArrayBufferView[];
}

const tasks: Tasks = {
  readTail(told) {
    return { result: readTail(told) };
  },
  countRetainers({ graph, firstRetainer }) {
    finish(countRetainers(toGraph(graph), firstRetainer));
    return { result: true };
  },
  findSizes({ graph, columns, limitBytes }) {
    const sizes = findSizesAndDistances(toGraph(graph), columns, new HeapMemory(limitBytes));
    return { result: { shallowSize: finish(sizes) } };
  },
  nameClasses({ graph, detachedness, classOf, limitBytes }) {
    const named = { graph: toGraph(graph), detachedness };
    const { names } = finish(nameClasses(named, new HeapMemory(limitBytes), classOf));
    return { result: { names } };
  },
  dominatedRows(told) {
    const result = toDominatedRows(told, new HeapMemory());
    return { result, moved: [result.first, result.nodes] };
  },
  listRetainers({ graph, firstRetainer, retainingEdge }) {
    finish(listRetainers(toGraph(graph), firstRetainer, retainingEdge));
    return { result: true };
  },
};

/** What runs in the second thread. */
parentPort?.on('message', ({ task, told }: ToThread) => {
  let done: Done<TaskName>;
  try {
    done = (tasks[task] as (told: unknown) => Done<TaskName>)(told);
  } catch (error) {
    tell({ failure: (error as Error).message });
    return;
  }
  tell({ result: done.result }, done.moved);
});

function tell(message: FromThread, moved: readonly ArrayBufferView[] = []): void {
  parentPort?.postMessage(
    message,
    moved.map(({ buffer }) => buffer as ArrayBuffer),
  );
}

function toGraph({ nodes, edges, strings }: SharedGraph): HeapGraph {
  return { nodes, edges, strings: new ByteStrings(strings.bytes, strings.start) };
}
