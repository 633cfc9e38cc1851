import type { Profile } from '#profile/index.ts';
import { onlyProfile } from '#profile/model/profile-set.ts';
import { profileFromText } from '#profile/text/profile-from-text.ts';
import { labelOf, placeOf } from '../flame/function-labels.ts';
import { mergeView, toOpenedProfile } from '../loading/merge-view.ts';
import type { ViewChoice } from '../loading/protocol.ts';
import { toTurnedPictures } from '../loading/turned-pictures.ts';
import type { Subject } from './subject.ts';

const FIRST: ViewChoice = {
  thread: undefined,
  includeIdle: false,
  valueType: undefined,
  labels: [],
  timeRange: undefined,
  groupedBy: undefined,
  transforms: [],
  picture: 'calls',
  middle: undefined,
};

/** For tests: what the viewer is given, from a drawing (see `profileFromText`). */
export function subjectFromText(text: string, includeIdle = false): Subject {
  return toSubject(profileFromText(text), { includeIdle });
}

export function toSubject(read: Profile, choice: Partial<ViewChoice> = {}): Subject {
  const profile = toOpenedProfile(onlyProfile(read), { name: '', profile: read });
  return {
    profile,
    shown: profile,
    view: mergeView(read, { ...FIRST, ...choice }, toTurnedPictures),
    label: (func) => labelOf(profile, func, '(anonymous)'),
    place: (func) => placeOf(profile, func),
  };
}

/** The rows of the calls with this name, in the order of the tree. */
export function rowsNamed({ view, label }: Subject, name: string): number[] {
  return Array.from(view.tree.func.keys()).filter((row) => label(view.tree.func[row] as number) === name);
}
