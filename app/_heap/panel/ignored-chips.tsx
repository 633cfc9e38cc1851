'use client';

import { useQuery } from '@tanstack/react-query';
import type { HeapObjectId } from '#profile/heap/model/heap-graph.ts';
import { CrossIcon } from '../../_ui/icons.tsx';
import type { Explored } from '../explored.ts';
import { inOneLine } from '../in-one-line.ts';
import { heapQuery } from '../source/heap-query-options.ts';
import type { HeapSource } from '../source/heap-source.ts';
import { noticeRetainer } from '../state/heap-moves.ts';
import { useHeapWords } from '../use-heap-words.ts';

/** Retainers that do not count, each of which can be taken back. Nothing where there is none. */
export function IgnoredChips({ source, state, change }: Pick<Explored, 'source' | 'state' | 'change'>) {
  const { ignored: words } = useHeapWords();
  if (state.ignored.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a line in every browser
    <div role="group" aria-label={words.label} className="flex shrink-0 flex-wrap items-center gap-1 text-sm">
      <span className="text-muted">{words.label}</span>
      {state.ignored.map((id) => (
        <Chip
          key={id}
          source={source}
          id={id}
          onNotice={() => change((before) => noticeRetainer(before, id))}
        />
      ))}
      {state.ignored.length > 1 && (
        <button
          type="button"
          onClick={() => change({ ignored: [] })}
          className="h-6 rounded-sm px-1.5 text-muted hover:bg-hover hover:text-text"
        >
          {words.all}
        </button>
      )}
    </div>
  );
}

function Chip({ source, id, onNotice }: { source: HeapSource; id: HeapObjectId; onNotice(): void }) {
  const { ignored: words, row } = useHeapWords();
  const { data } = useQuery(heapQuery(source, { ask: 'object', object: id }));
  const label = data === undefined ? row.id(id) : `${inOneLine(data.row.className)} ${row.id(id)}`;
  return (
    <button
      type="button"
      aria-label={words.notice(label)}
      title={words.notice(label)}
      onClick={onNotice}
      className="flex h-6 max-w-48 items-center gap-1 rounded-md border border-hairline-strong bg-raised px-1.5 hover:bg-hover"
    >
      <span className="truncate">{label}</span>
      <CrossIcon />
    </button>
  );
}
