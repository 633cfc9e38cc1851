import { memo } from '../model/memo.ts';
import { FRAME_KIND, type Profile } from '../model/profile.ts';
import { collapseRecursion } from './collapse-recursion.ts';
import {
  collapseFrames,
  dropFrames,
  focusOnFrames,
  hideFrames,
  type Regroup,
  STAYS_ABOVE,
} from './regroup.ts';
import { selectFunctions } from './select-functions.ts';
import { LEFT_OUT, mergeEqual, type Regrouped, type Stacks } from './stacks.ts';
import type { Transform } from './transform.ts';

/** Stacks as they are shown, and where each node of the profile went. */
export interface StackView {
  readonly stacks: Stacks;
  /** The row that a node's own weight belongs to, or `LEFT_OUT`. Undefined where each node is a row itself, the same. */
  readonly rowOfNode: Int32Array | undefined;
}

const REGROUP: Readonly<Record<Exclude<Transform['kind'], 'collapse-recursion'>, Regroup>> = {
  hide: hideFrames,
  collapse: collapseFrames,
  focus: focusOnFrames,
  drop: dropFrames,
};

/** Looks at no sample. */
export function toStackView(profile: Profile, transforms: readonly Transform[]): StackView {
  return knownViews(profile).find(transforms);
}

/** Remembers the last view beside the plain one: what is weighed changes more often than how it is shown. */
class KnownViews {
  readonly #profile: Profile;
  readonly #plain: StackView;
  #last: { readonly key: string; readonly view: StackView };

  constructor(profile: Profile) {
    const { nodes } = profile;
    const { stacks, rowOf } = mergeEqual(nodes);
    this.#profile = profile;
    this.#plain =
      stacks.length === nodes.length ? { stacks: nodes, rowOfNode: undefined } : { stacks, rowOfNode: rowOf };
    this.#last = { key: '[]', view: this.#plain };
  }

  find(transforms: readonly Transform[]): StackView {
    if (transforms.length === 0) return this.#plain;
    const key = JSON.stringify(transforms);
    if (this.#last.key !== key) this.#last = { key, view: this.#make(transforms) };
    return this.#last.view;
  }

  /**
   * The first is done to the nodes themselves: where a node goes follows from the functions of its stack alone, so that it need not
   * be merged with its equals before, nor followed by way of them.
   */
  #make([first, ...others]: readonly Transform[]): StackView {
    if (first === undefined) return this.#plain;
    const { stacks, rowOf } = apply(this.#profile, this.#profile.nodes, first);
    let view: StackView = { stacks, rowOfNode: rowOf };
    for (const transform of others) {
      const next = apply(this.#profile, view.stacks, transform);
      view = {
        stacks: next.stacks,
        rowOfNode: follow(view.rowOfNode, next.rowOf, new Int32Array(rowOf.length)),
      };
    }
    return view;
  }
}

/** Where nodes went by way of what was made of them before: into a column of as many. */
export function follow(rowOfNode: Int32Array | undefined, rowOf: Int32Array, into: Int32Array): Int32Array {
  if (rowOfNode === undefined) {
    into.set(rowOf);
    return into;
  }
  for (let node = 0; node < rowOfNode.length; node++) {
    const row = rowOfNode[node] as number;
    into[node] = row === LEFT_OUT ? LEFT_OUT : (rowOf[row] as number);
  }
  return into;
}

const knownViews = memo((profile: Profile) => new KnownViews(profile));

function apply(profile: Profile, stacks: Stacks, transform: Transform): Regrouped {
  if (transform.kind === 'collapse-recursion') return collapseRecursion(stacks, profile.functions.length);
  const selected = selectFunctions(profile, transform.frames);
  if (transform.kind === 'focus') keepLabelsAbove(profile, selected);
  return REGROUP[transform.kind](stacks, selected);
}

/** Stacks that stand below the values of a label do so whatever part of them is looked at. */
function keepLabelsAbove({ functions }: Profile, selected: Uint8Array): void {
  for (let func = 0; func < selected.length; func++) {
    if (functions.kind[func] === FRAME_KIND.label && selected[func] === 0) selected[func] = STAYS_ABOVE;
  }
}
