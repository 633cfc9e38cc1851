'use client';

import { fetchViews } from '../lazy-parts.tsx';
import { useViewerWords } from '../use-viewer-words.ts';
import { ChoiceRow } from './choice-row.tsx';
import { VIEWS, type View } from './viewer-state.ts';

interface ViewSwitchProps {
  readonly view: View;
  /** Why a view cannot be had, where one cannot. */
  readonly missing: Partial<Record<View, string>>;
  onChange(view: View): void;
}

/** A picture, the table, or both. */
export function ViewSwitch({ view, missing, onChange }: ViewSwitchProps) {
  const { views, viewTitles } = useViewerWords();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that somebody comes
    <div className="max-w-full" onPointerEnter={fetchViews} onFocus={fetchViews}>
      <ChoiceRow
        label={views.label}
        choices={VIEWS.map((key) => ({
          key,
          text: views[key],
          title: viewTitles[key],
          missing: missing[key],
        }))}
        chosen={view}
        onChange={onChange}
      />
    </div>
  );
}
