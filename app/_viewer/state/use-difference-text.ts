import { useMemo } from 'react';
import { useViewerWords } from '../use-viewer-words.ts';
import type { CallDifference, Subject } from './subject.ts';
import { useMeasure } from './use-measure.ts';

/** How values on either side of a comparison are written, and what lies between them. */
export interface DifferenceText {
  value(amount: number): string;
  /** With its sign; of shares in percentage points. */
  change(difference: number): string;
}

export function useDifferenceText(subject: Subject, scale: CallDifference['scale']): DifferenceText {
  const viewer = useViewerWords();
  const measure = useMeasure(subject);
  return useMemo(() => {
    const { difference, share } = viewer;
    if (scale === 'shares') return { value: share, change: difference.points };
    return {
      value: (amount) => measure.value(amount),
      change: (amount) => difference.signed(measure.value(Math.abs(amount)), Math.sign(amount)),
    };
  }, [viewer, measure, scale]);
}
