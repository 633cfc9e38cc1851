import type { DepthFirstOrder } from '#profile/heap/analysis/depth-first-order.ts';
import { spreadDetachedness } from '#profile/heap/analysis/detachedness.ts';
import { DominatorSearch } from '#profile/heap/analysis/dominator-search.ts';
import { HeapColumns } from '#profile/heap/analysis/heap-columns.ts';
import { countRetainers, listRetainers } from '#profile/heap/analysis/retainers.ts';
import { newSizes, type Sizes } from '#profile/heap/analysis/shallow-sizes.ts';
import { findSizesAndDistances, type SizeColumns } from '#profile/heap/analysis/sizes-and-distances.ts';
import type { Steps } from '#profile/heap/analysis/steps.ts';
import type { HeapMemory } from '#profile/heap/memory/heap-memory.ts';
import type { HeapGraph, HeapPhase, HeapProgress } from '#profile/heap/model/heap-graph.ts';
import { nameClasses } from '#profile/heap/names/name-classes.ts';
import { sumUpClasses } from '#profile/heap/open-heap.ts';
import { OpenHeap } from '#profile/heap/query/open-heap.ts';
import { fillDominatedRows } from '#profile/heap/tables/dominated-rows.ts';
import { runSteps, waitWithSigns } from './run-steps.ts';
import type { SecondThread } from './second-thread/second-thread.ts';
import type { ThreadTasks } from './second-thread/thread-tasks.ts';

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
  const order = { number: rowsFirst, node: memory.uint32(length), parent: rowsRoom };
  // Both are of no use to anybody before sizes are found.
  const sizeColumns = { shallowSize, distance, owner: classOf, stack: dominator };
  const room = { order, retainingEdge, links };
  const meanwhile = beginMeanwhile(thread, graph, {
    firstRetainer,
    ...sizeColumns,
    classOf,
    room,
    limitBytes,
  });
  const search = new DominatorSearch(graph, order, memory);
  await run('dominators', search.number(retainingEdge));
  if (!(await until(meanwhile.counted))) await run('retainers', countRetainers(graph, firstRetainer.fill(0)));
  await run('retainers', search.listHolders(firstRetainer, retainingEdge));

  const detachedness = await detachednessOf(graph, memory, until(meanwhile.spread));
  await run('dominators', search.find(firstRetainer, retainingEdge, links));
  const found = (await until(meanwhile.sized))?.shallowSize;
  if (found && found.constructor !== shallowSize.constructor) replace(shallowSize, found, memory);
  // The classes may be there already, so their column is no room any more, but that of the numbers is by now.
  const columnsHere = { ...sizeColumns, detachedness, owner: order.number };
  const sizes = found ?? (await run('sizes', findSizesAndDistances(graph, columnsHere, memory)));
  await run('dominators', search.fillIn(dominator));
  // Where the other one is still looking for names, this one has it done sooner.
  const listed = meanwhile.isNamed
    ? thread.begin('dominatedRows', { dominator, first: rowsFirst, room: rowsRoom })
    : Promise.resolve(undefined);
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
  const names = (await until(meanwhile.named))?.names;
  memory.letGo(limitBytes);
  const sorted = thread.begin('listRetainers', { graph, firstRetainer, retainingEdge });
  const classes =
    names === undefined ? await run('names', nameClasses(analysis, memory, classOf)) : { names, classOf };
  const tables = await run(
    'names',
    sumUpClasses(analysis, classes, memory, { dominated, counts: await until(meanwhile.counts) }),
  );
  if (!(await until(sorted))) {
    await run('retainers', countRetainers(graph, firstRetainer.fill(0)));
    await run('retainers', listRetainers(graph, firstRetainer, retainingEdge));
  }
  return new OpenHeap(analysis, classes, memory, tables);
}

/** What the other thread fills, and what it has the system give memory for. */
interface Meanwhile extends Omit<SizeColumns, 'detachedness'> {
  readonly firstRetainer: Uint32Array;
  readonly classOf: Uint32Array;
  readonly room: {
    readonly order: DepthFirstOrder;
    readonly retainingEdge: Uint32Array;
    readonly links: Uint32Array;
  };
  readonly limitBytes: number;
}

/** Tells the other thread what to do while this one searches, in this order; each comes to nothing where it cannot be done. */
function beginMeanwhile(thread: SecondThread, graph: HeapGraph, columns: Meanwhile) {
  const { firstRetainer, shallowSize, distance, owner, stack, classOf, room, limitBytes } = columns;
  // So this thread, which has more to do, need not wait for that.
  const { parent, number } = room.order;
  void thread.begin('touch', { columns: [parent, number, room.retainingEdge] });
  const spread = thread.begin('spreadDetachedness', { graph, limitBytes });
  const counted = thread.begin('countRetainers', { graph, firstRetainer });
  const sized = spread.then((done) => {
    const sizeColumns = { shallowSize, distance, owner, stack };
    return done && thread.begin('findSizes', { graph, columns: { ...sizeColumns, ...done }, limitBytes });
  });
  const named = spread.then((done) => {
    // After sizes, so that what they need beside their columns is free again by then.
    void thread.begin('touch', { columns: [room.links] });
    return done && thread.begin('nameClasses', { graph, classOf, limitBytes, ...done });
  });
  const counts = Promise.all([sized, named]).then(([sizes, classes]) => {
    if (sizes === undefined || classes === undefined) return undefined;
    const classCount = classes.names.length;
    return thread.begin('countClasses', { shallowSize: sizes.shallowSize, distance, classOf, classCount });
  });
  const work = { spread, counted, sized, named, counts, isNamed: false };
  void named.then(() => {
    work.isNamed = true;
  });
  return work;
}

/** As the other thread has spread it, or else anew. */
async function detachednessOf(
  graph: HeapGraph,
  memory: HeapMemory,
  spread: Promise<ThreadTasks['spreadDetachedness']['result'] | undefined>,
): Promise<Uint8Array | undefined> {
  const done = await spread;
  if (done === undefined) return spreadDetachedness(graph, memory);
  // The other thread counts what it makes for itself.
  if (done.detachedness !== undefined) memory.hold(done.detachedness.byteLength);
  return done.detachedness;
}

/** Whether there is memory for it: a little more than one thread takes, which has some columns later. */
export function fitsTwoThreads(graph: HeapGraph, memory: HeapMemory): boolean {
  const { nodes, edges } = graph;
  const sizeBytes = nodes.selfSize.BYTES_PER_ELEMENT;
  return (
    memory.leftBytes >=
    nodes.length * (BYTES_OF_NODE + sizeBytes) +
      edges.length * 4 +
      graph.strings.length * BYTES_OF_STRING +
      bytesBeside(graph)
  );
}

/** Of columns but sizes, at the most. */
const BYTES_OF_NODE = 38;
/** While the first thread searches. */
const BYTES_OF_STRING = 5;

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
