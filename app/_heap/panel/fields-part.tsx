'use client';

import { useMemo, useState } from 'react';
import type { HeapObjectDetail, HeapReferenceRow } from '#profile/heap/query/heap-query.ts';
import { Button } from '../../_ui/button.tsx';
import type { Explored } from '../explored.ts';
import { HeapGrid } from '../grid/heap-grid.tsx';
import { type TreeRows, usePagedTree } from '../grid/use-paged-tree.ts';
import { openRow, selectObject } from '../state/heap-moves.ts';
import type { RowPath } from '../state/row-path.ts';
import { useHeapWords } from '../use-heap-words.ts';
import { objectOfKey, referenceKey, useReferenceColumns } from './reference-rows.tsx';

/** What the object holds, and what those hold, as a tree. */
export function FieldsPart({ source, state, change, detail }: Explored & { detail: HeapObjectDetail }) {
  const words = useHeapWords();
  const { id } = detail.row;
  const rows = useMemo<TreeRows<HeapReferenceRow>>(
    () => ({
      keyOf: referenceKey,
      fetch: (path, page, ask) => {
        const above = path.at(-1);
        return ask({
          ask: 'fields',
          object: above === undefined ? id : objectOfKey(above),
          filter: '',
          page,
        });
      },
    }),
    [id],
  );
  const tree = usePagedTree(source, rows, state.open.fields);
  const columns = useReferenceColumns();
  const [cursor, setCursor] = useState<RowPath>();
  const key = cursor?.at(-1);
  return (
    <>
      <HeapGrid<HeapReferenceRow>
        role="treegrid"
        label={words.object.fields}
        tree={tree}
        columns={columns}
        cursor={cursor}
        nothing={words.nothing.fields}
        onGo={setCursor}
        onOpen={(path, isOpen) => change((before) => openRow(before, 'fields', path, isOpen))}
        onEnter={({ object }) => change((before) => selectObject(before, object.id))}
        opens={opens}
        textOf={({ edgeName }) => edgeName}
      />
      <div className="flex h-7 shrink-0 items-center">
        <Button
          small
          disabled={key === undefined}
          onClick={() => key !== undefined && change((before) => selectObject(before, objectOfKey(key)))}
        >
          {words.object.choose}
        </Button>
      </div>
    </>
  );
}

/** Numbers and whole texts hold nothing that a reader could follow. */
function opens({ object: { type } }: HeapReferenceRow): boolean {
  return type !== 'string' && type !== 'number' && type !== 'bigint';
}
