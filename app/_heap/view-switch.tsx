'use client';

import { ChoiceRow } from '../_viewer/state/choice-row.tsx';
import { HEAP_VIEWS, type HeapView } from './state/heap-state.ts';
import { useHeapWords } from './use-heap-words.ts';

export function HeapViewSwitch({ view, onChange }: { view: HeapView; onChange(view: HeapView): void }) {
  const { views, viewTitles } = useHeapWords();
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1">
      <ChoiceRow
        label={views.label}
        choices={HEAP_VIEWS.map((key) => ({ key, text: views[key], title: viewTitles[key] }))}
        chosen={view}
        onChange={onChange}
      />
      <p className="min-w-0 text-muted max-sm:text-sm">{viewTitles[view]}</p>
    </div>
  );
}
