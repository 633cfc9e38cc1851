'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { HeapRetainerPathRow } from '#profile/heap/query/heap-query.ts';
import { Button } from '../../_ui/button.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import type { Explored } from '../explored.ts';
import { type TreeRows, usePagedTree } from '../grid/use-paged-tree.ts';
import { inOneLine } from '../in-one-line.ts';
import { IgnoredChips } from '../panel/ignored-chips.tsx';
import { heapQuery } from '../source/heap-query-options.ts';
import { openRow, selectObject, toView } from '../state/heap-moves.ts';
import type { HoldersOf } from '../state/heap-state.ts';
import { useHeapWords } from '../use-heap-words.ts';
import { HolderTree } from './holder-tree.tsx';
import { ListFoot } from './list-foot.tsx';

/** Who holds the objects of a class, or one object. */
export function HoldersView(explored: Explored) {
  const { holders } = useHeapWords();
  const { holdersOf } = explored.state;
  if (holdersOf === undefined)
    return (
      <EmptyState title={holders.choose}>
        <p>{holders.chooseDetail}</p>
        <Button className="mt-3" onClick={() => explored.change(toView('classes'))}>
          {holders.toClasses}
        </Button>
      </EmptyState>
    );
  return <Holders {...explored} of={holdersOf} />;
}

function Holders({ source, summary, state, change, of }: Explored & { of: HoldersOf }) {
  const words = useHeapWords();
  const { ignored } = state;
  const rows = useMemo<TreeRows<HeapRetainerPathRow>>(
    () => ({
      keyOf: ({ key }) => key,
      fetch: (path, page, ask) => ask({ ask: 'retainerPaths', of, path, ignored, page }),
    }),
    [of, ignored],
  );
  const tree = usePagedTree(source, rows, state.open.holders);
  const name = useNameOf(source, of);
  const onGo = useCallback(
    (path: readonly string[], { example }: HeapRetainerPathRow) =>
      change((before) => ({ cursor: path, ...selectObject(before, example.id) })),
    [change],
  );
  return (
    <>
      <p className="shrink-0 truncate font-medium">{words.holders.showing(name)}</p>
      <IgnoredChips source={source} state={state} change={change} />
      <HolderTree
        label={words.holders.label(name)}
        tree={tree}
        totalBytes={summary.totalBytes}
        cursor={state.cursor}
        scrolledRows={state.scrolledRows}
        nothing={ignored.length > 0 ? words.nothing.holdersButIgnored : words.nothing.holders}
        onGo={onGo}
        onOpen={(path, isOpen) => change((before) => openRow(before, 'holders', path, isOpen))}
        onScrolled={(scrolledRows) => change({ scrolledRows })}
      />
      <ListFoot hint={words.grid.keysTree} />
    </>
  );
}

function useNameOf(source: Explored['source'], of: HoldersOf): string {
  const { holders, row } = useHeapWords();
  const object = 'object' in of ? of.object : undefined;
  const { data } = useQuery({
    ...heapQuery(source, { ask: 'object', object: object ?? 0 }),
    enabled: object !== undefined,
  });
  if ('className' in of) return holders.ofClass(inOneLine(of.className));
  return data === undefined ? row.id(of.object) : `${inOneLine(data.row.label)} ${row.id(of.object)}`;
}
