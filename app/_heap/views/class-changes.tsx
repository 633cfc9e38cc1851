'use client';

import { useCallback, useMemo, useState } from 'react';
import type { HeapObjectId } from '#profile/heap/model/heap-graph.ts';
import type {
  HeapChangedObjectRow,
  HeapObjectSort,
  HeapRetainerPathRow,
} from '#profile/heap/query/heap-query.ts';
import { Link } from '../../_ui/link.tsx';
import { ChoiceRow } from '../../_viewer/state/choice-row.tsx';
import type { Explored } from '../explored.ts';
import { BytesCell } from '../grid/cells.tsx';
import { type GridColumn, HeapGrid } from '../grid/heap-grid.tsx';
import { useObjectColumns, WIDTHS } from '../grid/object-columns.tsx';
import { type TreeRows, usePagedTree } from '../grid/use-paged-tree.ts';
import { inOneLine } from '../in-one-line.ts';
import { openRow, selectObject } from '../state/heap-moves.ts';
import { CHANGE_PARTS, type ChangePart } from '../state/heap-state.ts';
import type { RowPath } from '../state/row-path.ts';
import { useHeapWords } from '../use-heap-words.ts';
import { HolderChanges } from './holder-changes.tsx';
import { HolderTree } from './holder-tree.tsx';

interface ClassChangesProps extends Explored {
  readonly className: string;
  /** Whether an object can be found again; if not, only what holds the class can be told, before and after. */
  readonly idsHold: boolean;
  /** Where an object that is gone can still be looked at. */
  readonly hrefOfGone: ((object: HeapObjectId) => string) | undefined;
}

/** Of one class: what is new, grown and gone, and who holds what is new or has grown; or who holds it, before and after. */
export function ClassChanges({ idsHold, ...props }: ClassChangesProps) {
  const { className } = props;
  const { compare: words } = useHeapWords();
  if (idsHold) return <ObjectChanges {...props} />;
  return (
    <section
      aria-label={words.objects(inOneLine(className))}
      className="flex min-h-0 flex-1 flex-col gap-1.5"
    >
      <h2 className="min-w-0 shrink-0 truncate font-medium">{words.whatHolds(inOneLine(className))}</h2>
      <HolderChanges key={className} {...props} />
    </section>
  );
}

type WithIdsProps = Omit<ClassChangesProps, 'idsHold'>;

function ObjectChanges(props: WithIdsProps) {
  const { className, state, change } = props;
  const { compare: words } = useHeapWords();
  const part = state.changePart;
  return (
    <section
      aria-label={words.objects(inOneLine(className))}
      className="flex min-h-0 flex-1 flex-col gap-1.5"
    >
      <div className="flex shrink-0 flex-wrap items-center gap-3">
        <h2 className="min-w-0 truncate font-medium">{words.objects(inOneLine(className))}</h2>
        <ChoiceRow
          label={words.part}
          choices={CHANGE_PARTS.map((key) => ({ key, text: words.partNames[key] }))}
          chosen={part}
          onChange={(changePart) => change({ changePart })}
        />
      </div>
      {part === 'holders' ? (
        <Holders key={className} {...props} />
      ) : (
        <Objects key={`${part} ${className}`} {...props} part={part} />
      )}
    </section>
  );
}

const NONE_OPEN: readonly RowPath[] = [];

function Objects({
  source,
  summary,
  state,
  change,
  className,
  part,
  hrefOfGone,
}: WithIdsProps & { part: Exclude<ChangePart, 'holders'> }) {
  const { compare: words, nothing } = useHeapWords();
  const { objectOrder: order } = state;
  const [cursor, setCursor] = useState<RowPath>();
  const rows = useMemo<TreeRows<HeapChangedObjectRow>>(
    () => ({
      keyOf: ({ id }) => String(id),
      fetch: (_, page, ask) => ask({ ask: 'compareObjects', className, change: part, order, page }),
    }),
    [className, part, order],
  );
  const tree = usePagedTree(source, rows, NONE_OPEN);
  const columns = useChangedColumns(summary.totalBytes, part);
  const onGo = useCallback(
    (path: RowPath, { id }: HeapChangedObjectRow) => {
      setCursor(path);
      // What is gone is not in the snapshot that the panel asks.
      if (part !== 'gone') change((before) => selectObject(before, id));
    },
    [change, part],
  );
  const chosen = cursor?.[0];
  return (
    <>
      <HeapGrid<HeapChangedObjectRow, HeapObjectSort>
        role="grid"
        label={`${words.objects(inOneLine(className))}: ${words.partNames[part]}`}
        tree={tree}
        columns={columns}
        order={order}
        cursor={cursor}
        doing="changes"
        nothing={nothing[part]}
        onOrder={(objectOrder) => change({ objectOrder })}
        onGo={onGo}
        textOf={({ label }) => label}
      />
      {part === 'gone' && hrefOfGone !== undefined && chosen !== undefined && (
        <Link href={hrefOfGone(Number(chosen))} className="shrink-0 text-sm text-accent hover:underline">
          {words.toEarlier}
        </Link>
      )}
    </>
  );
}

/** How much each has grown stands first where that is what is asked. */
function useChangedColumns(totalBytes: number, part: ChangePart) {
  const { columns } = useHeapWords();
  const objectColumns = useObjectColumns(totalBytes);
  return useMemo<readonly GridColumn<HeapChangedObjectRow, HeapObjectSort>[]>(() => {
    if (part !== 'grown') return objectColumns;
    return [
      {
        id: 'grown',
        header: columns.grownBytes,
        title: columns.grownTitle,
        width: WIDTHS.bytes,
        cell: ({ grownBytes }) => <BytesCell bytes={grownBytes} />,
      },
      ...objectColumns,
    ];
  }, [part, columns, objectColumns]);
}

function Holders({ source, summary, state, change, className }: WithIdsProps) {
  const { compare: words, nothing } = useHeapWords();
  const [cursor, setCursor] = useState<RowPath>();
  const rows = useMemo<TreeRows<HeapRetainerPathRow>>(
    () => ({
      keyOf: ({ key }) => key,
      fetch: (path, page, ask) => ask({ ask: 'compareHolders', className, path, page }),
    }),
    [className],
  );
  const tree = usePagedTree(source, rows, state.open.changes);
  const onGo = useCallback(
    (path: RowPath, { example }: HeapRetainerPathRow) => {
      setCursor(path);
      change((before) => selectObject(before, example.id));
    },
    [change],
  );
  return (
    <HolderTree
      label={`${words.objects(inOneLine(className))}: ${words.partNames.holders}`}
      tree={tree}
      totalBytes={summary.totalBytes}
      cursor={cursor}
      nothing={nothing.changeHolders}
      onGo={onGo}
      onOpen={(path, isOpen) => change((before) => openRow(before, 'changes', path, isOpen))}
    />
  );
}
