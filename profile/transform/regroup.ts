import { inBlocks } from '../model/blocks.ts';
import { LEFT_OUT, type Regrouped, type Stacks } from './stacks.ts';
import { StacksBuilder } from './stacks-builder.ts';

/** Makes new stacks in one pass from the root; `selected` has 1 for each function whose frames are meant. */
export type Regroup = (stacks: Stacks, selected: Uint8Array) => Regrouped;

/** Such frames vanish; what they took is their caller's, what they called hangs below it. */
export const hideFrames: Regroup = (stacks, selected) => {
  const builder = new StacksBuilder(stacks.func[0] as number, stacks.length);
  const rowOf = new Int32Array(stacks.length);
  inBlocks(stacks.length, (first, end) => hideRows(stacks, selected, first, end, builder, rowOf));
  return { stacks: builder.finish(), rowOf };
};

function hideRows(
  { parent, func }: Stacks,
  selected: Uint8Array,
  first: number,
  end: number,
  builder: StacksBuilder,
  rowOf: Int32Array,
): void {
  for (let row = Math.max(1, first); row < end; row++) {
    const above = rowOf[parent[row] as number] as number;
    const called = func[row] as number;
    rowOf[row] = selected[called] === 1 ? above : builder.rowOf(above, called);
  }
}

/** The outermost such frame of a stack takes all that was above it as its own. */
export const collapseFrames: Regroup = ({ length, parent, func }, selected) => {
  const builder = new StacksBuilder(func[0] as number, length);
  const rowOf = new Int32Array(length);
  const isCollapsed = new Uint8Array(length);
  for (let row = 1; row < length; row++) {
    const caller = parent[row] as number;
    const above = rowOf[caller] as number;
    const called = func[row] as number;
    isCollapsed[row] = (isCollapsed[caller] as number) | (selected[called] as number);
    rowOf[row] = isCollapsed[caller] === 1 ? above : builder.rowOf(above, called);
  }
  return { stacks: builder.finish(), rowOf };
};

/** Of the functions that stand above whatever is focused on. */
export const STAYS_ABOVE = 2;

/**
 * Stacks begin with their outermost such frame; what has none is left out, the root's own too. Frames of functions marked with
 * `STAYS_ABOVE` stay above what is below them, but keep nothing that is not.
 */
export const focusOnFrames: Regroup = ({ length, parent, func }, selected) => {
  const builder = new StacksBuilder(func[0] as number, length);
  const rowOf = new Int32Array(length).fill(LEFT_OUT);
  /** Where the outermost frame goes that is found below a row. */
  const under = new Int32Array(length);
  for (let row = 1; row < length; row++) {
    const caller = parent[row] as number;
    const above = rowOf[caller] as number;
    const called = func[row] as number;
    under[row] = under[caller] as number;
    if (above !== LEFT_OUT) rowOf[row] = builder.rowOf(above, called);
    else if (selected[called] === 1) rowOf[row] = builder.rowOf(under[caller] as number, called);
    else if (selected[called] === STAYS_ABOVE) under[row] = builder.rowOf(under[caller] as number, called);
  }
  return { stacks: builder.finish(), rowOf };
};

/** Stacks with such a frame are left out. */
export const dropFrames: Regroup = ({ length, parent, func }, selected) => {
  const builder = new StacksBuilder(func[0] as number, length);
  const rowOf = new Int32Array(length);
  for (let row = 1; row < length; row++) {
    const above = rowOf[parent[row] as number] as number;
    const called = func[row] as number;
    rowOf[row] = above === LEFT_OUT || selected[called] === 1 ? LEFT_OUT : builder.rowOf(above, called);
  }
  return { stacks: builder.finish(), rowOf };
};
