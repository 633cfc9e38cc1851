import { spreadDetachedness } from '#profile/heap/analysis/detachedness.ts';
import { DominatorSearch } from '#profile/heap/analysis/dominator-search.ts';
import { HeapColumns } from '#profile/heap/analysis/heap-columns.ts';
import { countRetainers, listRetainers } from '#profile/heap/analysis/retainers.ts';
import { newSizes, type Sizes } from '#profile/heap/analysis/shallow-sizes.ts';
import { findSizesAndDistances } from '#profile/heap/analysis/sizes-and-distances.ts';
import type { Steps } from '#profile/heap/analysis/steps.ts';
import type { HeapMemory } from '#profile/heap/memory/heap-memory.ts';
import type { HeapGraph, HeapPhase, HeapProgress } from '#profile/heap/model/heap-graph.ts';
import { nameClasses } from '#profile/heap/names/name-classes.ts';
import { sumUpClasses } from '#profile/heap/open-heap.ts';
import { OpenHeap } from '#profile/heap/query/open-heap.ts';
import { fillDominatedRows } from '#profile/heap/tables/dominated-rows.ts';
import { runSteps, waitWithSigns } from './run-steps.ts';
import type { SecondThread } from './second-thread/second-thread.ts';

/**
 * Does what `openHeap` does, with the same result, in two threads: this one searches for dominators, the other one does what can be done
 * meanwhile. What the other one cannot do is done here.
 *
 * @param graph in columns that are shared
 * @throws ProfileMemoryError
 */
export async function openInTwoThreads(
  graph: HeapGraph,
  memory: HeapMemory,
  thread: SecondThread,
  tell: (progress: HeapProgress) => void,
): Promise<OpenHeap> {
  const { length } = graph.nodes;
  const run = <Result>(phase: HeapPhase, steps: Steps<Result>) =>
    runSteps(steps, (share) => tell({ phase, share, memoryBytes: memory.usedBytes }));
  const until = <Result>(result: Promise<Result>) =>
    waitWithSigns(result, () => tell({ phase: 'sizes', share: 1, memoryBytes: memory.usedBytes }));
  const limitBytes = bytesBeside(graph);
  memory.hold(limitBytes);

  const detachedness = spreadDetachedness(graph, memory);
  const firstRetainer = memory.kept.uint32(length + 1);
  const shallowSize = newSizes(graph, memory);
  const distance = memory.kept.int32(length);
  const classOf = memory.kept.uint32(length);
  const dominator = memory.kept.uint32(length);
  const retainingEdge = memory.kept.uint32(graph.edges.length);
  // What nodes retain in the end.
  const links = memory.kept.uint32(2 * length);
  // Who is dominated by whom in the end: room for one more.
  const [rowsFirst, rowsRoom] = [memory.kept.uint32(length + 1), memory.kept.uint32(length)];
  const order = { number: rowsFirst, node: memory.kept.uint32(length), parent: rowsRoom };
  // Both are of no use to anybody before sizes are found.
  const sizeColumns = { shallowSize, distance, detachedness, owner: classOf, stack: dominator };
  // So this thread, which has more to do, need not wait for the system to give memory.
  void thread.begin('touch', { columns: [order.node, order.parent, order.number, retainingEdge] });
  const counted = thread.begin('countRetainers', { graph, firstRetainer });
  const sized = thread.begin('findSizes', { graph, columns: sizeColumns, limitBytes });
  // Later, when there is less of other things.
  void thread.begin('touch', { columns: [links] });
  const named = thread.begin('nameClasses', { graph, detachedness, classOf, limitBytes });
  const counts = Promise.all([sized, named]).then(([sized, named]) => {
    if (sized === undefined || named === undefined) return undefined;
    const { shallowSize } = sized;
    return thread.begin('countClasses', { shallowSize, distance, classOf, classCount: named.names.length });
  });
  const search = new DominatorSearch(graph, order, memory);
  await run('dominators', search.number(retainingEdge));
  if (!(await until(counted))) await run('retainers', countRetainers(graph, firstRetainer.fill(0)));
  await run('retainers', search.listHolders(firstRetainer, retainingEdge));

  const findSizesHere = async () => {
    // The classes may be there already.
    const owner = memory.uint32(length);
    const columns = { ...sizeColumns, owner };
    const filled = await run('sizes', findSizesAndDistances(graph, columns, memory));
    memory.release(owner);
    return filled;
  };
  await run('dominators', search.find(firstRetainer, retainingEdge, links));
  const found = (await until(sized))?.shallowSize;
  if (found && found.constructor !== shallowSize.constructor) replace(shallowSize, found, memory);
  const sizes = found ?? (await findSizesHere());
  await run('dominators', search.fillIn(dominator));
  const listed = thread.begin('dominatedRows', { dominator, first: rowsFirst, room: rowsRoom });
  const retainedSize = new Float64Array(links.buffer);
  await run('sizes', search.sumUp(sizes, dominator, retainedSize));
  memory.release(order.node);
  const analysis = new HeapColumns({
    graph,
    firstRetainer,
    retainingEdge,
    dominator,
    shallowSize: sizes,
    retainedSize,
    distance,
    detachedness,
  });
  const dominated = (await until(listed)) ?? fillDominatedRows(dominator, rowsFirst, rowsRoom);
  const names = (await until(named))?.names;
  memory.letGo(limitBytes);
  const sorted = thread.begin('listRetainers', { graph, firstRetainer, retainingEdge });
  const classes =
    names === undefined ? await run('names', nameClasses(analysis, memory, classOf)) : { names, classOf };
  const tables = await run(
    'names',
    sumUpClasses(analysis, classes, memory, { dominated, counts: await until(counts) }),
  );
  if (!(await until(sorted))) {
    await run('retainers', countRetainers(graph, firstRetainer.fill(0)));
    await run('retainers', listRetainers(graph, firstRetainer, retainingEdge));
  }
  return new OpenHeap(analysis, classes, memory, tables);
}

/** Whether there is memory for it: a little more than one thread takes, which has some columns later. */
export function fitsTwoThreads(graph: HeapGraph, memory: HeapMemory): boolean {
  const { nodes, edges } = graph;
  const sizeBytes = nodes.selfSize.BYTES_PER_ELEMENT;
  return (
    memory.leftBytes >= nodes.length * (BYTES_OF_NODE + sizeBytes) + edges.length * 4 + bytesBeside(graph)
  );
}

/** Of columns but sizes, at the most. */
const BYTES_OF_NODE = 38;

/** What the other thread needs beside columns that stay: some bits for every node, some bytes for every text. */
function bytesBeside({ nodes, strings }: HeapGraph): number {
  return nodes.length * 2 + strings.length * 8 + LEAST_BYTES;
}

const LEAST_BYTES = 4 * 1024 * 1024;

/** The other thread counts what it makes for itself. */
function replace(given: Sizes, wider: Sizes, memory: HeapMemory): void {
  memory.release(given);
  memory.hold(wider.byteLength);
}
