'use client';

import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { HeapObjectId } from '#profile/heap/model/heap-graph.ts';
import type { HeapObjectDetail } from '#profile/heap/query/heap-query.ts';
import { useWords } from '../../_messages/words.tsx';
import { CrossIcon } from '../../_ui/icons.tsx';
import type { Explored } from '../explored.ts';
import { inOneLine } from '../in-one-line.ts';
import { heapQuery } from '../source/heap-query-options.ts';
import type { HeapSource } from '../source/heap-source.ts';
import { noticeRetainer } from '../state/heap-moves.ts';
import { useHeapWords } from '../use-heap-words.ts';

/** Names that are asked for at once: what is really asked for does not wait for a hundred of them. */
const ASKED_AT_ONCE = 2;

/** Retainers that do not count, each of which can be taken back. Nothing where there is none. */
export function IgnoredChips({ source, state, change }: Pick<Explored, 'source' | 'state' | 'change'>) {
  const { f } = useWords();
  const { ignored: words } = useHeapWords();
  const details = useDetails(source, state.ignored);
  if (state.ignored.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a line in every browser
    <div
      role="group"
      aria-label={words.label}
      // Of what goes beyond three lines a half is in sight, so that one sees that there is more.
      className="flex max-h-24 shrink-0 flex-wrap items-center gap-1 overflow-y-auto text-sm"
    >
      <span className="text-muted">
        {words.label} <span className="figures">{f.number(state.ignored.length)}</span>
      </span>
      {state.ignored.length > 1 && (
        <button
          type="button"
          onClick={() => change({ ignored: [] })}
          className="h-6 rounded-sm px-1.5 text-muted hover:bg-hover hover:text-text"
        >
          {words.all}
        </button>
      )}
      {state.ignored.map((id, at) => (
        <Chip
          key={id}
          id={id}
          detail={details[at]}
          onNotice={() => change((before) => noticeRetainer(before, id))}
        />
      ))}
    </div>
  );
}

/** What the objects are, one after another. */
function useDetails(
  source: HeapSource,
  ids: readonly HeapObjectId[],
): readonly (HeapObjectDetail | undefined)[] {
  const [reached, setReached] = useState(ASKED_AT_ONCE);
  const found = useQueries({
    queries: ids.map((id, at) => ({
      ...heapQuery(source, { ask: 'object', object: id }),
      enabled: at < reached,
    })),
  });
  const pending = found.findIndex(({ isPending }) => isPending);
  const next = (pending < 0 ? ids.length : pending) + ASKED_AT_ONCE;
  useEffect(() => setReached(next), [next]);
  return found.map(({ data }) => data);
}

interface ChipProps {
  readonly id: HeapObjectId;
  /** Undefined until it is known. */
  readonly detail: HeapObjectDetail | undefined;
  onNotice(): void;
}

function Chip({ id, detail, onNotice }: ChipProps) {
  const { ignored: words, row } = useHeapWords();
  const label = detail === undefined ? row.id(id) : `${inOneLine(detail.row.className)} ${row.id(id)}`;
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
