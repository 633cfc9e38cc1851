import { useMemo } from 'react';
import { findCountOf } from '#profile/index.ts';
import { printable } from '../flame/function-labels.ts';
import type { ViewerWords } from '../use-viewer-words.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import type { Subject } from './subject.ts';

/** What is shown, in words: how its values are written and what is counted beside them. */
export interface Measure {
  readonly words: ReturnType<ViewerWords['measures']['measure']>;
  /** Undefined where what is shown is a count itself, or nothing is counted. */
  readonly counted: ReturnType<ViewerWords['measures']['counted']> | undefined;
  value(amount: number): string;
}

export function useMeasure({ profile, view }: Subject): Measure {
  const viewer = useViewerWords();
  const { valueTypes } = profile;
  const { valueType } = view;
  return useMemo(() => {
    const { type, unit } = valueTypes[valueType] ?? { type: '', unit: '' };
    const countType = findCountOf(valueTypes, valueType);
    const counted = countType === undefined || countType === valueType ? undefined : valueTypes[countType];
    return {
      words: viewer.measures.measure(printable(type)),
      counted: counted && viewer.measures.counted(printable(counted.type)),
      value: (amount) => viewer.value(amount, printable(unit)),
    };
  }, [viewer, valueTypes, valueType]);
}
