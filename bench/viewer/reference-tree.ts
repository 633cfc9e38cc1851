import type { seededRandom } from '../harness/random.ts';

const MAX_DEPTH = 60;

/** Stacks as a service has them: rows in depth-first order, a parent before its children. */
export interface ReferenceTree {
  readonly parent: Int32Array;
  readonly func: Int32Array;
  readonly depth: Uint8Array;
}

export const FUNCTIONS = 6000;

/** A walk down and up, the further down the likelier up again. */
export function makeTree(length: number, random: ReturnType<typeof seededRandom>): ReferenceTree {
  const parent = new Int32Array(length);
  const func = new Int32Array(length);
  const depth = new Uint8Array(length);
  const open = new Int32Array(MAX_DEPTH + 1);
  parent[0] = -1;
  let at = 0;
  for (let row = 1; row < length; row++) {
    if (random(MAX_DEPTH) < at) at = Math.max(0, at - 1 - random(4));
    parent[row] = open[at] as number;
    func[row] = 1 + random(FUNCTIONS - 1);
    at++;
    open[at] = row;
    depth[row] = at;
  }
  return { parent, func, depth };
}

/** How many frames of `to` begin when `from` was on before it. */
export function framesBegun({ parent, depth }: ReferenceTree, from: number, to: number): number {
  let [left, right] = [from, to];
  while (left !== right) {
    if ((depth[left] as number) >= (depth[right] as number) && left !== 0) left = parent[left] as number;
    else right = parent[right] as number;
  }
  return (depth[to] as number) - (depth[right] as number);
}
