import { useMemo } from 'react';
import { findCountOf } from '#profile/index.ts';
import { labelOf, printable } from '../_viewer/flame/function-labels.ts';
import { useViewerWords } from '../_viewer/use-viewer-words.ts';
import { changeSentence } from './change-sentence.ts';
import type { Sides } from './changes.ts';
import { changesOf } from './changes-of.ts';
import type { Comparing } from './loading/use-comparison.ts';
import { useCompareWords } from './use-compare-words.ts';

/** What changed by itself, however the list below is sorted. */
export function useChangeSentence(comparing: Comparing, loading: string): string {
  const viewer = useViewerWords();
  const { sentence, cannot } = useCompareWords();
  return useMemo(() => {
    if (comparing.state === 'loading') return loading;
    if (comparing.state === 'failed') return cannot.title;
    const { profile, view } = comparing;
    const { type, unit } = profile.valueTypes[view.valueType] ?? { type: '', unit: '' };
    return changeSentence(
      {
        changes: changesOf(profile, view, 'self'),
        scale: view.scale,
        wholes: view.wholes,
        leaveOut: view.tree.func[0],
        label: (func) => labelOf(profile, func, viewer.anonymous),
        value: (amount) =>
          view.scale === 'shares' ? viewer.share(amount) : viewer.value(amount, printable(unit)),
        ofAll: viewer.measures.measure(printable(type)).ofAll,
      },
      sentence,
    );
  }, [comparing, loading, viewer, sentence, cannot]);
}

/** What each side comes to in all, in words; undefined until it is known. */
export function useWholes(comparing: Comparing): Sides<string> | undefined {
  const viewer = useViewerWords();
  const { facts } = useCompareWords();
  return useMemo(() => {
    if (comparing.state !== 'ready') return undefined;
    const { valueTypes } = comparing.profile;
    const { valueType, wholes, tree } = comparing.view;
    const { type, unit } = valueTypes[valueType] ?? { type: '', unit: '' };
    const counted = findCountOf(valueTypes, valueType);
    const isCountedApart = counted !== undefined && counted !== valueType;
    const textOf = (side: keyof Sides<unknown>): string => {
      const value = viewer.value(wholes[side], printable(unit));
      if (!isCountedApart) return viewer.measures.measure(printable(type)).whole(value);
      const count = viewer.measures.counted(printable(valueTypes[counted]?.type ?? ''));
      return facts.inOne(value, count.count(tree[side].totalCount[0] as number));
    };
    return { before: textOf('before'), after: textOf('after') };
  }, [comparing, viewer, facts]);
}
