'use client';

import { useMemo } from 'react';
import { captureMoment } from '../_capture/moment.ts';
import { useWords } from '../_messages/words.tsx';
import type { Sides } from './changes.ts';
import { distinguish, type Side } from './sides.ts';
import { useCompareWords } from './use-compare-words.ts';

/** What each side is called: by what tells it from the other. */
export function useSideNames(sides: Sides<Side>): Sides<string> {
  const { f } = useWords();
  const words = useCompareWords();
  return useMemo(() => {
    const by = distinguish(sides);
    const nameOf = (side: Side): string => {
      if (side.kind === 'file') return side.file.name;
      const [first] = side.captures;
      if (first === undefined) return '';
      if (side.captures.length > 1) return words.facts.several(side.captures.length);
      if (by === 'version') return words.version(first.serviceVersion);
      return by === 'time' ? captureMoment(first, f) : first.instanceName;
    };
    return { before: nameOf(sides.before), after: nameOf(sides.after) };
  }, [sides, words, f]);
}
