'use client';

import { useMemo, useState } from 'react';
import type { HeapObjectDetail, HeapReferenceRow } from '#profile/heap/query/heap-query.ts';
import { Button } from '../../_ui/button.tsx';
import type { Explored } from '../explored.ts';
import { HeapGrid } from '../grid/heap-grid.tsx';
import { type TreeRows, usePagedTree } from '../grid/use-paged-tree.ts';
import { ignoreRetainer, openRow, selectObject } from '../state/heap-moves.ts';
import type { RowPath } from '../state/row-path.ts';
import { type HeapWords, useHeapWords } from '../use-heap-words.ts';
import { objectOfKey, referenceKey, useReferenceColumns } from './reference-rows.tsx';

/** Who holds the object, and who holds those, as a tree. */
export function RetainersPart({ source, state, change, detail }: Explored & { detail: HeapObjectDetail }) {
  const words = useHeapWords();
  const { id } = detail.row;
  const { ignored } = state;
  const rows = useMemo<TreeRows<HeapReferenceRow>>(
    () => ({
      keyOf: referenceKey,
      fetch: (path, page, ask) => {
        const above = path.at(-1);
        return ask({
          ask: 'retainers',
          object: above === undefined ? id : objectOfKey(above),
          ignored,
          page,
        });
      },
    }),
    [id, ignored],
  );
  const tree = usePagedTree(source, rows, state.open.retainers);
  const columns = useReferenceColumns();
  const [cursor, setCursor] = useState<RowPath>();
  const key = cursor?.at(-1);
  const chosen = key === undefined ? undefined : objectOfKey(key);
  const ignore = (object: number) => change((before) => ignoreRetainer(before, object));
  return (
    <>
      <HeapGrid<HeapReferenceRow>
        role="treegrid"
        label={words.object.retainers}
        tree={tree}
        columns={columns}
        cursor={cursor}
        nothing={whyNone(detail, ignored.length > 0, words.nothing)}
        onGo={setCursor}
        onOpen={(path, isOpen) => change((before) => openRow(before, 'retainers', path, isOpen))}
        onEnter={({ object }) => change((before) => selectObject(before, object.id))}
        onKey={(pressed, { object }) => {
          if (pressed !== 'Delete') return false;
          ignore(object.id);
          return true;
        }}
        opens={({ object }) => object.distance === undefined || object.distance > 0}
        textOf={({ edgeName }) => edgeName}
      />
      <div className="flex h-7 shrink-0 items-center gap-1.5">
        <Button
          small
          disabled={chosen === undefined}
          onClick={() => chosen !== undefined && change((before) => selectObject(before, chosen))}
        >
          {words.object.choose}
        </Button>
        <Button
          small
          title={words.ignored.ignoreTitle}
          disabled={chosen === undefined || ignored.includes(chosen)}
          onClick={() => chosen !== undefined && ignore(chosen)}
        >
          {words.ignored.ignore}
        </Button>
      </div>
    </>
  );
}

function whyNone({ row }: HeapObjectDetail, areSomeIgnored: boolean, nothing: HeapWords['nothing']): string {
  if (row.distance === 0) return nothing.retainersOfRoot;
  return areSomeIgnored ? nothing.holdersButIgnored : nothing.retainers;
}
