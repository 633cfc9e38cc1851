import type { MergedView, OpenedProfile } from '../loading/protocol.ts';

/** What is looked at, with its functions by name: what every part of the viewer is given. */
export interface Subject {
  readonly profile: OpenedProfile;
  readonly view: MergedView;
  label(func: number): string;
  /** Package or folder, file and line; empty for what has no script. */
  place(func: number): string;
}

/** A share of everything in the tree; 0 of nothing. */
export function shareOf(subject: Subject, value: number): number {
  const all = subject.view.tree.total[0] as number;
  return all > 0 ? value / all : 0;
}
