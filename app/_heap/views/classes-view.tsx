'use client';

import { useCallback, useMemo } from 'react';
import type { HeapClassRow, HeapClassSort, HeapObjectRow } from '#profile/heap/query/heap-query.ts';
import type { Explored } from '../explored.ts';
import { BytesCell, DistanceCell, NumberCell, ObjectName, ShareCell } from '../grid/cells.tsx';
import { type GridColumn, HeapGrid } from '../grid/heap-grid.tsx';
import { WIDTHS } from '../grid/object-columns.tsx';
import { type TreeRows, usePagedTree } from '../grid/use-paged-tree.ts';
import { inOneLine } from '../in-one-line.ts';
import { listedAnew, openRow, selectObject, showHolders } from '../state/heap-moves.ts';
import { useHeapWords } from '../use-heap-words.ts';
import { FilterLine } from './filter-line.tsx';
import { FootButton, ListFoot } from './list-foot.tsx';

type Row =
  | { readonly kind: 'class'; readonly of: HeapClassRow }
  | { readonly kind: 'object'; readonly of: HeapObjectRow };

/** What there is most of, by class; a class opens to its objects. */
export function ClassesView({ source, summary, state, change }: Explored) {
  const words = useHeapWords();
  const { classFilter, classOrder } = state;
  const rows = useMemo<TreeRows<Row>>(
    () => ({
      keyOf: (row) => (row.kind === 'class' ? row.of.className : String(row.of.id)),
      fetch: async ([className], page, ask) => {
        if (className === undefined) {
          const found = await ask({ ask: 'classes', filter: classFilter, order: classOrder, page });
          return { total: found.total, rows: found.rows.map((of) => ({ kind: 'class', of })) };
        }
        const order = { by: BY[classOrder.by], descending: classOrder.descending };
        const found = await ask({ ask: 'objects', className, filter: '', order, page });
        return { total: found.total, rows: found.rows.map((of) => ({ kind: 'object', of })) };
      },
    }),
    [classFilter, classOrder],
  );
  const tree = usePagedTree(source, rows, state.open.classes);
  const columns = useColumns(summary.totalBytes);
  const onGo = useCallback(
    (path: readonly string[], row: Row) =>
      change((before) => ({
        cursor: path,
        ...(row.kind === 'object' ? selectObject(before, row.of.id) : {}),
      })),
    [change],
  );
  const chosen = state.cursor?.[0];
  return (
    <>
      <FilterLine
        label={words.classes.filter}
        value={classFilter}
        error={tree.failure}
        onChange={(filter) => change(listedAnew({ classFilter: filter }))}
      />
      <HeapGrid<Row, HeapClassSort>
        role="treegrid"
        label={words.classes.label}
        tree={tree}
        columns={columns}
        order={classOrder}
        cursor={state.cursor}
        scrolledRows={state.scrolledRows}
        doing="classes"
        nothing={words.nothing.classes}
        onOrder={(order) => change(listedAnew({ classOrder: order }))}
        onGo={onGo}
        onOpen={(path, isOpen) => change((before) => openRow(before, 'classes', path, isOpen))}
        onScrolled={(scrolledRows) => change({ scrolledRows })}
        opens={(row) => row.kind === 'class'}
        textOf={(row) => (row.kind === 'class' ? row.of.className : row.of.label)}
      />
      <ListFoot
        count={tree.total === undefined ? undefined : words.grid.count.classes(tree.total)}
        hint={words.grid.keysTree}
      >
        {chosen !== undefined && (
          <FootButton onClick={() => change((before) => showHolders(before, { className: chosen }))}>
            {words.holders.showing(words.holders.ofClass(inOneLine(chosen)))}
          </FootButton>
        )}
      </ListFoot>
    </>
  );
}

/** By what the objects of a class are sorted: how many there are is of classes alone. */
const BY = {
  retained: 'retained',
  shallow: 'shallow',
  count: 'retained',
  distance: 'distance',
  name: 'name',
} as const satisfies Record<HeapClassSort, string>;

function useColumns(totalBytes: number): readonly GridColumn<Row, HeapClassSort>[] {
  const { columns } = useHeapWords();
  return useMemo(
    () => [
      {
        id: 'retained',
        header: columns.retained,
        title: columns.retainedTitle,
        width: WIDTHS.share,
        sort: 'retained',
        cell: ({ of }) => <ShareCell bytes={of.retainedBytes} total={totalBytes} />,
      },
      {
        id: 'shallow',
        header: columns.shallow,
        title: columns.shallowTitle,
        width: WIDTHS.bytes,
        sort: 'shallow',
        cell: ({ of }) => <BytesCell bytes={of.shallowBytes} />,
      },
      {
        id: 'count',
        header: columns.count,
        width: WIDTHS.count,
        sort: 'count',
        cell: ({ kind, of }) => <NumberCell value={kind === 'class' ? of.count : undefined} />,
      },
      {
        id: 'distance',
        header: columns.distance,
        title: columns.distanceTitle,
        width: WIDTHS.count,
        sort: 'distance',
        cell: ({ of }) => <DistanceCell distance={of.distance} />,
      },
      {
        id: 'name',
        header: columns.className,
        isText: true,
        sort: 'name',
        cell: (row) =>
          row.kind === 'class' ? (
            <span className="truncate">{inOneLine(row.of.className)}</span>
          ) : (
            <ObjectName object={row.of} />
          ),
      },
    ],
    [columns, totalBytes],
  );
}
