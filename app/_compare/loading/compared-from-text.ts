import { profileFromText } from '#profile/text/profile-from-text.ts';
import { labelOf } from '../../_viewer/flame/function-labels.ts';
import type { OpenedProfile } from '../../_viewer/loading/protocol.ts';
import type { Changes, Scale } from '../changes.ts';
import { compareProfiles } from './compare-profiles.ts';
import type { CompareChoice, ComparedView } from './compare-protocol.ts';

/** For tests: nothing is left out and nothing is changed. */
export const PLAIN_CHOICE: CompareChoice = {
  includeIdle: false,
  labels: [],
  groupedBy: undefined,
  valueType: undefined,
  transforms: [],
  scale: 'amounts',
};

interface Compared {
  readonly profile: OpenedProfile;
  readonly view: ComparedView;
  label(func: number): string;
  /** The function of this name. */
  func(name: string): number;
  /** Before and after by name, as read from `changes`. */
  table(changes: Changes): Record<string, [number, number]>;
}

/** For tests: what the page is given of two profiles that are drawn (see `profileFromText`). */
export function comparedFromText(
  before: string,
  after: string,
  scale: Scale,
  choice: Partial<CompareChoice> = {},
): Compared {
  const { view, toOpenedProfile } = compareProfiles(
    { before: profileFromText(before), after: profileFromText(after) },
    { ...PLAIN_CHOICE, scale, ...choice },
  );
  const profile = toOpenedProfile();
  const label = (func: number) => labelOf(profile, func, '(anonymous)');
  const all = Array.from({ length: profile.functions.length }, (_, func) => func);
  return {
    profile,
    view,
    label,
    func: (name) => all.find((func) => label(func) === name) ?? -1,
    table: (changes) =>
      Object.fromEntries(
        all
          .filter((func) => changes.before[func] !== 0 || changes.after[func] !== 0)
          .map((func) => [label(func), [changes.before[func] as number, changes.after[func] as number]]),
      ),
  };
}
