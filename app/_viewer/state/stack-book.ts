import type { CallTree, IndexIntoCallTree } from '#profile/index.ts';
import type { OpenedProfile } from '../loading/protocol.ts';
import { addressOf, findAddress, type StackAddress } from './stack-address.ts';

/** Goes between boxes and their addresses; looks through the whole tree only for an address that came from outside. */
export class StackBook {
  readonly #profile: OpenedProfile;
  readonly #tree: CallTree;
  readonly #rows = new Map<StackAddress, IndexIntoCallTree>();

  constructor(profile: OpenedProfile, tree: CallTree) {
    this.#profile = profile;
    this.#tree = tree;
  }

  /** Undefined for the root, which needs no address. */
  addressOf(row: IndexIntoCallTree): StackAddress | undefined {
    if (row === 0) return undefined;
    const address = addressOf(this.#profile, this.#tree, row);
    this.#rows.set(address, row);
    return address;
  }

  /** The root when there is no address, or no such box in this tree. */
  rowOf(address: StackAddress | undefined): IndexIntoCallTree {
    if (address === undefined) return 0;
    let row = this.#rows.get(address);
    if (row === undefined) {
      row = findAddress(this.#profile, this.#tree, address);
      this.#rows.set(address, row);
    }
    return row;
  }
}
