import { type FrameKind, originOf, toCallTree, toFunctionTotals } from '#profile/index.ts';
import { profileFromText } from '#profile/text/profile-from-text.ts';
import { toFlameLayout } from '../flame/flame-layout.ts';
import { labelOf, placeOf } from '../flame/function-labels.ts';
import type { Subject } from './subject.ts';

/** For tests: what the viewer is given, from a drawing (see `profileFromText`). */
export function subjectFromText(text: string, includeIdle = false): Subject {
  const profile = profileFromText(text);
  const { strings, functions, samples } = profile;
  const tree = toCallTree(profile, { includeIdle });
  const origin = Uint8Array.from(functions.url, (url, func) =>
    originOf(strings[url] ?? '', functions.kind[func] as FrameKind),
  );
  const opened = {
    strings,
    functions,
    origin,
    sampleCount: samples.length,
    durationMicros: 0,
    idleMicros: tree.idle.micros,
  };
  return {
    profile: opened,
    view: {
      includeIdle,
      tree,
      layout: toFlameLayout(tree),
      totals: toFunctionTotals(tree, functions.length),
    },
    label: (func) => labelOf(opened, func, '(anonymous)'),
    place: (func) => placeOf(opened, func),
  };
}

/** The rows of the calls with this name, in the order of the tree. */
export function rowsNamed({ view, label }: Subject, name: string): number[] {
  return Array.from(view.tree.func.keys()).filter((row) => label(view.tree.func[row] as number) === name);
}
