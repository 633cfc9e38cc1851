'use client';

import { useMemo } from 'react';
import { FRAME_KIND, ORIGIN } from '#profile/index.ts';
import { isOfWaiting, type Subject } from '../state/subject.ts';
import { useMeasure } from '../state/use-measure.ts';
import type { Colouring } from '../state/viewer-state.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { printable, shortPathOf } from './function-labels.ts';
import { colouredFiles, isOthers } from './function-shades.ts';
import { colourOf, OTHER_FILES, SHADES_OF_DIFFERENCE, SHADES_OF_ORIGIN } from './palette.ts';
import { hasNarrowBoxes } from './visible-boxes.ts';

/** In the order of what one can do something about. */
const ENTRIES = ['own', 'package', 'runtime', 'native', 'garbageCollector', 'idle'] as const;
type OriginName = (typeof ENTRIES)[number];

interface Entry {
  readonly key: string;
  readonly text: string;
  readonly title?: string;
  readonly shades: readonly string[];
  /** What the functions of that colour took themselves. */
  readonly self: number;
}

interface LegendProps {
  readonly subject: Subject;
  readonly colours: Colouring;
  /** The picture draws narrow boxes as one of a colour of its own; yes unless said otherwise. */
  readonly mergesNarrow?: boolean;
}

/** What the colours mean, and how much each of them stands for by itself. */
export function Legend({ subject, colours, mergesNarrow = true }: LegendProps) {
  const viewer = useViewerWords();
  const measure = useMeasure(subject);
  const hasNarrow = useMemo(() => hasNarrowBoxes(subject.view.tree), [subject]);
  const entries = useEntries(subject, colours);
  const all = entries.reduce((sum, { self }) => sum + self, 0);
  return (
    <dl
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-0.5 text-sm"
      aria-label={colours === 'file' ? viewer.byFile : measure.words.byOrigin}
    >
      {entries
        .filter(({ self }) => self > 0)
        .map(({ key, text, title, shades, self }) => (
          <div key={key} className="flex items-center gap-1.5" title={title}>
            <dt className="flex items-center gap-1.5 text-muted">
              <Swatch shades={shades} />
              {text}
            </dt>
            <dd>{viewer.share(self / all)}</dd>
          </div>
        ))}
      {mergesNarrow && hasNarrow && (
        <div>
          <dt className="flex items-center gap-1.5 text-muted">
            <Swatch shades={['merged']} />
            {viewer.narrowBoxes}
          </dt>
        </div>
      )}
    </dl>
  );
}

/** What the shades of a difference mean, from much less to much more. */
export function DifferenceLegend() {
  const { difference } = useViewerWords();
  return (
    <p className="flex shrink-0 items-center gap-1.5 text-sm text-muted">
      {difference.less}
      <Swatch shades={SHADES_OF_DIFFERENCE} />
      {difference.more}
    </p>
  );
}

function useEntries(subject: Subject, colours: Colouring): Entry[] {
  const viewer = useViewerWords();
  return useMemo(() => {
    const { byFunction, ofNone } = shownSelf(subject);
    const self = sumByOrigin(subject, byFunction);
    const none: Entry = {
      key: 'none',
      text: viewer.noFunction,
      shades: [colours === 'file' ? OTHER_FILES : (SHADES_OF_ORIGIN.native[0] ?? '')],
      self: ofNone,
    };
    const isWaiting = isOfWaiting(subject.profile);
    const ofOrigin = (key: OriginName): Entry => ({
      key,
      text: viewer.origins[isWaiting && key === 'native' ? 'noSource' : key],
      shades: SHADES_OF_ORIGIN[key],
      self: self[ORIGIN[key]] ?? 0,
    });
    switch (colours) {
      case 'origin':
        return [...ENTRIES.map(ofOrigin), none];
      case 'own': {
        const others = ENTRIES.filter(isOthers).reduce((sum, key) => sum + (self[ORIGIN[key]] ?? 0), 0);
        const all: Entry = {
          key: 'others',
          text: viewer.othersCode,
          shades: SHADES_OF_ORIGIN.native,
          self: others,
        };
        return [ofOrigin('own'), all, ofOrigin('garbageCollector'), ofOrigin('idle'), none];
      }
      case 'file':
        return [
          ...fileEntries(subject, byFunction, viewer.otherFiles),
          none,
          ofOrigin('garbageCollector'),
          ofOrigin('idle'),
        ];
    }
  }, [subject, colours, viewer]);
}

/** The files that have a colour, and all else but what is a state of the thread. */
function fileEntries({ shown: profile }: Subject, byFunction: Float64Array, others: string): Entry[] {
  const { functions, origin, strings } = profile;
  const files = colouredFiles(profile);
  const entryOf = new Map(files.map(({ url }, at) => [url, at]));
  const self = new Float64Array(files.length + 1);
  for (let func = 0; func < functions.length; func++) {
    if (origin[func] === ORIGIN.garbageCollector || origin[func] === ORIGIN.idle) continue;
    const at = entryOf.get(functions.url[func] as number) ?? files.length;
    self[at] = (self[at] as number) + (byFunction[func] as number);
  }
  const entries = files.map(({ url, shade }, at): Entry => {
    const path = strings[url] ?? '';
    return {
      key: shade,
      text: printable(shortPathOf(path)),
      title: printable(path),
      shades: [shade],
      self: self[at] as number,
    };
  });
  return [...entries, { key: 'others', text: others, shades: [OTHER_FILES], self: self[files.length] ?? 0 }];
}

/** The very shades that the picture draws, beside each other. */
function Swatch({ shades }: { shades: readonly string[] }) {
  return (
    <span aria-hidden="true" className="flex h-2.5 shrink-0 overflow-hidden rounded-[2px]">
      {shades.map((shade) => (
        <span
          key={shade}
          className={shades.length === 1 ? 'w-3' : 'w-1.5'}
          style={{ background: `var(${colourOf(shade)})` }}
        />
      ))}
    </span>
  );
}

/** What each function took itself of what is shown, and what no function that is shown took. */
function shownSelf({ profile, view }: Subject): { byFunction: Float64Array; ofNone: number } {
  const byFunction = view.totals.self.slice();
  if (view.middle !== undefined) {
    // Around one function, what it and its callees took is shown, and no more.
    byFunction.fill(0);
    view.tree.func.forEach((func, row) => {
      byFunction[func] = (byFunction[func] as number) + (view.tree.self[row] as number);
    });
  }
  const root = profile.functions.kind.indexOf(FRAME_KIND.root);
  const ofNone = byFunction[root] ?? 0;
  if (root >= 0) byFunction[root] = 0;
  return { byFunction, ofNone };
}

function sumByOrigin({ shown: profile }: Subject, byFunction: Float64Array): Float64Array {
  const sums = new Float64Array(Object.keys(ORIGIN).length);
  byFunction.forEach((self, func) => {
    const origin = profile.origin[func] as number;
    sums[origin] = (sums[origin] as number) + self;
  });
  return sums;
}
