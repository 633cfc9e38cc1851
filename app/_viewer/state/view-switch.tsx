'use client';

import { useViewerWords } from '../use-viewer-words.ts';
import { ChoiceRow } from './choice-row.tsx';
import { VIEWS, type View } from './viewer-state.ts';

/** The picture, the table, or both. */
export function ViewSwitch({ view, onChange }: { view: View; onChange(view: View): void }) {
  const viewer = useViewerWords();
  return (
    <ChoiceRow
      label={viewer.views.label}
      choices={VIEWS.map((key) => ({ key, text: viewer.views[key] }))}
      chosen={view}
      onChange={onChange}
    />
  );
}
