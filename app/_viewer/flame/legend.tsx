'use client';

import { useMemo } from 'react';
import { ORIGIN } from '#profile/index.ts';
import { isOfWaiting, type Subject, shareOf } from '../state/subject.ts';
import { useMeasure } from '../state/use-measure.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { colourOf, SHADES_OF_ORIGIN } from './palette.ts';
import { hasNarrowBoxes } from './visible-boxes.ts';

/** In the order of what one can do something about. */
const ENTRIES = ['own', 'package', 'runtime', 'native', 'garbageCollector', 'idle'] as const;

/** What the colours mean, and how much each of them stands for by itself. */
export function Legend({ subject }: { subject: Subject }) {
  const viewer = useViewerWords();
  const measure = useMeasure(subject);
  const shares = useMemo(() => selfByOrigin(subject), [subject]);
  const isWaiting = isOfWaiting(subject.profile);
  const hasNarrow = useMemo(() => hasNarrowBoxes(subject.view.tree), [subject]);
  return (
    <dl
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-0.5 text-sm"
      aria-label={measure.words.byOrigin}
    >
      {ENTRIES.filter((origin) => (shares[ORIGIN[origin]] ?? 0) > 0).map((origin) => (
        <div key={origin} className="flex items-center gap-1.5">
          <dt className="flex items-center gap-1.5 text-muted">
            <Swatch colours={SHADES_OF_ORIGIN[origin].map(colourOf)} />
            {viewer.origins[isWaiting && origin === 'native' ? 'noSource' : origin]}
          </dt>
          <dd>{viewer.share(shareOf(subject, shares[ORIGIN[origin]] ?? 0))}</dd>
        </div>
      ))}
      {hasNarrow && (
        <div>
          <dt className="flex items-center gap-1.5 text-muted">
            <Swatch colours={['--flame-merged']} />
            {viewer.narrowBoxes}
          </dt>
        </div>
      )}
    </dl>
  );
}

/** The very shades that the picture draws, beside each other. */
function Swatch({ colours }: { colours: readonly string[] }) {
  return (
    <span aria-hidden="true" className="flex h-2.5 overflow-hidden rounded-[2px]">
      {colours.map((colour) => (
        <span
          key={colour}
          className={colours.length === 1 ? 'w-3' : 'w-1.5'}
          style={{ background: `var(${colour})` }}
        />
      ))}
    </span>
  );
}

function selfByOrigin({ profile, view }: Subject): Float64Array {
  const shares = new Float64Array(Object.keys(ORIGIN).length);
  for (let func = 0; func < profile.functions.length; func++) {
    const origin = profile.origin[func] as number;
    shares[origin] = (shares[origin] as number) + (view.totals.self[func] as number);
  }
  return shares;
}
