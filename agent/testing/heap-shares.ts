interface NodeJson {
  callFrame: { functionName: string };
  selfSize: number;
  children: NodeJson[];
}

/** The share of all sampled bytes that was allocated by each function name, or by what it called. */
export function heapShares(bytes: Buffer): Map<string, number> {
  const { head } = JSON.parse(bytes.toString()) as { head: NodeJson };
  const sums = new Map<string, number>();
  const whole = sum(head, new Set(), sums);
  return new Map([...sums].map(([name, size]) => [name, size / whole]));
}

/** Adds a subtree to the sums, and gives its size. A function that calls itself counts once. */
function sum(node: NodeJson, callers: ReadonlySet<string>, sums: Map<string, number>): number {
  const { functionName: name } = node.callFrame;
  const within = new Set(callers).add(name);
  const size = node.children.reduce((total, child) => total + sum(child, within, sums), node.selfSize);
  if (!callers.has(name)) sums.set(name, (sums.get(name) ?? 0) + size);
  return size;
}
