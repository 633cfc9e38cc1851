import type { Origin } from '../model/function-origin.ts';
import type { Micros } from '../model/profile.ts';

/** A function as a link names it: by what it is, not by its row, which is another one in every file. */
export interface FunctionName {
  readonly name: string;
  readonly url: string;
  /** Where it begins, counted from 1; 0 when not known. */
  readonly line: number;
  readonly column: number;
}

/** Which frames a transform is about. */
export type FrameSelector =
  | { readonly by: 'function'; readonly function: FunctionName }
  | { readonly by: 'file'; readonly url: string }
  | { readonly by: 'package'; readonly name: string }
  | { readonly by: 'origin'; readonly origin: Origin };

/**
 * What is done to every stack before stacks are merged, one after the other in the order given. All but `focus` and `drop`
 * keep the total exactly; those two tell what they left out.
 *
 * - `hide`: the frames vanish; what they called hangs below their caller, what they took themselves is their caller's.
 * - `collapse`: what they called vanishes, and counts as their own; a run of such frames is one box.
 * - `focus`: stacks begin with the outermost such frame; stacks without one are left out.
 * - `drop`: stacks with such a frame are left out.
 * - `collapse-recursion`: a function that is called again below itself is one box, with what all its calls called.
 */
export type Transform =
  | { readonly kind: 'hide' | 'collapse' | 'focus' | 'drop'; readonly frames: FrameSelector }
  | { readonly kind: 'collapse-recursion' };

/** A part of a profile whose samples stand in the order of time; counted from its first sample. */
export interface TimeRange {
  readonly fromMicros: Micros;
  /** Exclusive. */
  readonly toMicros: Micros;
}
