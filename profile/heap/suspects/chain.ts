import type { IndexIntoHeapNodes } from '../model/heap-graph.ts';
import type { IndexIntoHeapClasses } from '../names/heap-classes.ts';
import type { Subject } from './subject.ts';

/** Objects of one class, each of which holds the next. */
export interface Chain {
  readonly first: IndexIntoHeapNodes;
  readonly ofClass: IndexIntoHeapClasses;
  readonly count: number;
  /** What the first retains, less what the last does. */
  readonly bytes: number;
  /** What hangs on the links, by class: the class that weighs most besides the links themselves. */
  readonly payload:
    | {
        readonly ofClass: IndexIntoHeapClasses;
        readonly count: number;
        readonly bytes: number;
        readonly example: number;
      }
    | undefined;
}

/** Fewer links are a way through objects like any other. */
const LEAST_LINKS = 64;
/** How many objects may stand between two links: a promise, its reaction, a function, its context. */
const WIDEST_LINK = 8;

interface Run {
  first: number;
  last: number;
  /** Where on the way the last link stands. */
  at: number;
  count: number;
}

/** Ways of heaviest objects in the dominator tree on which one class returns again and again. */
export function findChains(subject: Subject): Chain[] {
  const { analysis, classes, heaviest, leastBytes } = subject;
  const { dominator, retainedSize } = analysis;
  const chains: Chain[] = [];
  for (let head = 0; head < dominator.length; head++) {
    if ((retainedSize[head] as number) < leastBytes) continue;
    if (head !== 0 && heaviest[dominator[head] as number] === head) continue;
    const found = longestRun(subject, head);
    if (found === undefined) continue;
    const run = withoutApproach(subject, found);
    const bytes = (retainedSize[run.first] as number) - (retainedSize[run.last] as number);
    if (bytes < leastBytes) continue;
    const ofClass = classes.classOf[run.first] as number;
    chains.push({
      first: run.first,
      ofClass,
      count: run.count,
      bytes,
      payload: payloadOf(subject, run),
    });
  }
  return chains;
}

/** Of all classes on the way down from a node the one with most links, one soon after the other. */
function longestRun({ classes: { classOf }, heaviest }: Subject, head: number): Run | undefined {
  const open = new Map<number, Run>();
  let longest: Run | undefined;
  let node = head;
  for (let at = 0; ; at++) {
    const ofClass = classOf[node] as number;
    let run = open.get(ofClass);
    if (run === undefined || at - run.at > WIDEST_LINK) {
      run = { first: node, last: node, at, count: 0 };
      open.set(ofClass, run);
    }
    run.last = node;
    run.at = at;
    run.count++;
    if (run.count >= LEAST_LINKS && (longest === undefined || run.count > longest.count)) longest = run;
    const next = heaviest[node] as number;
    if (next === node) return longest;
    node = next;
  }
}

/**
 * The run without what leads to it: V8's own classes stand on the way to the first link as well. It begins where links follow each
 * other at the distance at which most of them do.
 */
function withoutApproach({ classes: { classOf }, heaviest }: Subject, run: Run): Run {
  const ofClass = classOf[run.first] as number;
  const counts = new Uint32Array(WIDEST_LINK + 1);
  const next = (link: number): [link: number, distance: number] => {
    let distance = 0;
    let node = link;
    do {
      node = heaviest[node] as number;
      distance++;
    } while (classOf[node] !== ofClass);
    return [node, distance];
  };
  for (let link = run.first; link !== run.last; ) {
    const [following, distance] = next(link);
    counts[distance] = (counts[distance] as number) + 1;
    link = following;
  }
  const usual = counts.indexOf(Math.max(...counts));
  let { first, count } = run;
  for (let [following, distance] = next(first); distance !== usual; [following, distance] = next(first)) {
    first = following;
    count--;
  }
  return { ...run, first, count };
}

function payloadOf(
  { analysis, classes: { classOf }, heaviest, memory }: Subject,
  run: Run,
): Chain['payload'] {
  const { dominator, retainedSize } = analysis;
  const isLink = memory.uint8(dominator.length);
  for (let node = run.first; node !== run.last; node = heaviest[node] as number) isLink[node] = 1;
  const byClass = new Map<number, { ofClass: number; count: number; bytes: number; example: number }>();
  for (let node = 0; node < dominator.length; node++) {
    if (isLink[node] === 1 || isLink[dominator[node] as number] === 0 || node === run.last) continue;
    const ofClass = classOf[node] as number;
    const sum = byClass.get(ofClass) ?? { ofClass, count: 0, bytes: 0, example: node };
    sum.count++;
    sum.bytes += retainedSize[node] as number;
    byClass.set(ofClass, sum);
  }
  memory.release(isLink);
  return [...byClass.values()].sort((a, b) => b.bytes - a.bytes)[0];
}
