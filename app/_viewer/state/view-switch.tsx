'use client';

import { useViewerWords } from '../use-viewer-words.ts';
import { ChoiceRow } from './choice-row.tsx';
import { VIEWS, type View } from './viewer-state.ts';

/** A picture, the table, or both. */
export function ViewSwitch({ view, onChange }: { view: View; onChange(view: View): void }) {
  const { views, viewTitles } = useViewerWords();
  return (
    <ChoiceRow
      label={views.label}
      choices={VIEWS.map((key) => ({ key, text: views[key], title: viewTitles[key] }))}
      chosen={view}
      onChange={onChange}
    />
  );
}
