import type { MergedView, OpenedProfile } from '../loading/protocol.ts';
import type { OriginalFunctions } from '../source/original-functions.ts';

/** What is looked at, with its functions by name: what every part of the viewer is given. */
export interface Subject {
  readonly profile: OpenedProfile;
  /** The same profile as it reads: with the names and places of its original source, where those are known and wanted. */
  readonly shown: OpenedProfile;
  /** What its functions were made of, where that is shown. */
  readonly originals?: OriginalFunctions | undefined;
  readonly view: MergedView;
  label(func: number): string;
  /** Package or folder, file and line; empty for what has no script. */
  place(func: number): string;
  /** Where two profiles are compared, whose common tree the view has. */
  readonly difference?: CallDifference | undefined;
}

/** What each row of the tree came to in the profiles that are compared. */
export interface CallDifference {
  /** Shares, from 0 to 1, each of its own side; or amounts in the unit of the value type. */
  readonly scale: 'shares' | 'amounts';
  /** With all that was called. */
  readonly total: { readonly before: Float64Array; readonly after: Float64Array };
  readonly self: { readonly before: Float64Array; readonly after: Float64Array };
}

/** In what waited stand locks and other things that are no code, beside code. */
export function isOfWaiting({ valueTypes }: OpenedProfile): boolean {
  return valueTypes.some(({ type }) => type === 'delay');
}

/** A share of everything in the tree; 0 of nothing. */
export function shareOf(subject: Subject, value: number): number {
  const all = subject.view.tree.total[0] as number;
  return all > 0 ? value / all : 0;
}
