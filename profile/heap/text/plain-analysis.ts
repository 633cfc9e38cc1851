import type { DrawnEdge, DrawnNode } from './heap-drawing.ts';

/**
 * What `analyseHeap` finds, by definition and without any cleverness: for each node all others are taken away in turn. For
 * small heaps in tests.
 */
export interface PlainAnalysis {
  readonly dominator: number[];
  readonly shallowSize: number[];
  readonly retainedSize: number[];
}

export function analysePlainly(nodes: readonly DrawnNode[]): PlainAnalysis {
  const held = heldBy(nodes);
  const dominator = dominatorsOf(held);
  const shallowSize = shallowSizes(nodes);
  const retainedSize = nodes.map((_, at) => {
    const all = nodes.map((_each, other) => (isBelow(dominator, other, at) ? (shallowSize[other] ?? 0) : 0));
    return all.reduce((sum, size) => sum + size, 0);
  });
  return { dominator, shallowSize, retainedSize };
}

/** What each node keeps alive. What nothing keeps alive hangs on to the root. */
function heldBy(nodes: readonly DrawnNode[]): number[][] {
  const owned = reach([...pageRoots(nodes)], (at) => targets(nodes[at]?.edges.filter(isStrong)));
  const held = nodes.map((node, at) =>
    targets(node.edges.filter((edge) => isEssential(node, at, edge, owned))),
  );
  const some = new Set(held.flat());
  nodes.forEach((_, at) => {
    if (at > 0 && !some.has(at)) held[0]?.push(at);
  });
  return held;
}

function pageRoots(nodes: readonly DrawnNode[]): number[] {
  const isEntry = ({ type, to }: DrawnEdge) =>
    type === 'shortcut' || (type === 'element' && isDocument(nodes[to]));
  return targets(nodes[0]?.edges.filter(isEntry));
}

function isDocument(node: DrawnNode | undefined): boolean {
  return node?.type === 'synthetic' && node.name === '(Document DOM trees)';
}

function isEssential(node: DrawnNode, at: number, edge: DrawnEdge, owned: ReadonlySet<number>): boolean {
  if (edge.type === 'weak' || edge.to === at) return false;
  if (edge.type === 'internal' && edge.name.endsWith(`pair in WeakMap (table @${node.id})`)) return false;
  return at === 0 || (edge.type !== 'shortcut' && (owned.has(at) || !owned.has(edge.to)));
}

function dominatorsOf(held: readonly number[][]): number[] {
  const from = (without: number) =>
    without === 0 ? new Set<number>() : reach([0], (at) => (held[at] ?? []).filter((to) => to !== without));
  const whole = reach([0], (at) => held[at] ?? []);
  const lost = held.map((_, at) => new Set([...whole].filter((each) => !from(at).has(each))));
  return held.map((_, at) => {
    if (!whole.has(at)) return 0;
    const above = [...whole].filter((other) => other !== at && lost[other]?.has(at));
    // The nearest is the one that all others dominate as well: it takes the least with it.
    return above.sort((a, b) => (lost[a]?.size ?? 0) - (lost[b]?.size ?? 0))[0] ?? 0;
  });
}

/** Whose bytes are added to whom: of what can be owned, all that one object alone leads to. */
function shallowSizes(nodes: readonly DrawnNode[]): number[] {
  const sizes = nodes.map((node) => node.selfSize);
  const isUser = ({ to }: DrawnEdge) => nodes[to]?.type !== 'synthetic' || isDocument(nodes[to]);
  if (!nodes[0]?.edges.some(isUser)) return sizes;
  const isPart = (at: number) => ['hidden', 'array'].includes(nodes[at]?.type ?? '');
  const owners = nodes.map(() => new Set<number>());
  nodes.forEach((_, start) => {
    if (isPart(start)) return;
    const reached = reach([start], (at) => targets(nodes[at]?.edges.filter(isStrong)).filter(isPart));
    for (const each of reached) if (each !== start) owners[each]?.add(start);
  });
  nodes.forEach((node, at) => {
    const [owner = 0, ...others] = owners[at] ?? [];
    if (owner === 0 || others.length > 0 || nodes[owner]?.type === 'synthetic') return;
    sizes[owner] = (sizes[owner] ?? 0) + node.selfSize;
    sizes[at] = 0;
  });
  return sizes;
}

function isStrong({ type }: DrawnEdge): boolean {
  return type !== 'weak';
}

function targets(edges: readonly DrawnEdge[] = []): number[] {
  return edges.map(({ to }) => to);
}

function reach(starts: readonly number[], next: (at: number) => readonly number[]): Set<number> {
  const seen = new Set(starts);
  for (const at of seen) for (const to of next(at)) seen.add(to);
  return seen;
}

function isBelow(dominator: readonly number[], node: number, above: number): boolean {
  let at = node;
  while (at !== above && at !== 0) at = dominator[at] ?? 0;
  return at === above;
}
