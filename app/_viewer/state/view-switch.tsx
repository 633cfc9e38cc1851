'use client';

import { classNames } from '../../_ui/class-names.ts';
import { useViewerWords } from '../use-viewer-words.ts';
import { Toggle } from './toggle.tsx';
import { VIEWS, type View } from './viewer-state.ts';

/** The picture, the table, or both. */
export function ViewSwitch({ view, onChange }: { view: View; onChange(view: View): void }) {
  const viewer = useViewerWords();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a line in every browser
    <div role="group" aria-label={viewer.views.label} className="flex">
      {VIEWS.map((each, index) => (
        <Toggle
          key={each}
          isOn={each === view}
          title={viewer.views[each]}
          onChange={() => onChange(each)}
          className={classNames(
            index > 0 && '-ml-px rounded-l-none',
            index < VIEWS.length - 1 && 'rounded-r-none',
            each === view && 'z-[1]',
          )}
        >
          {viewer.views[each]}
        </Toggle>
      ))}
    </div>
  );
}
