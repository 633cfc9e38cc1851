'use client';

import { useMemo } from 'react';
import type { Measure, ResourceItem } from '#contract';
import type { Condition } from '../_fleet/condition.ts';
import { ConditionGlyph } from '../_fleet/condition-glyph.tsx';
import { useWords } from '../_messages/words.tsx';
import type { Column } from '../_ui/data-table.tsx';
import { Ago } from '../_ui/timestamp.tsx';
import { measureText } from './measure-text.ts';

export type ListedItem = ResourceItem;

const GLYPHS = { bad: 'dead', attention: 'strained', well: 'well' } as const satisfies Record<
  ResourceItem['condition'],
  Condition
>;
const TEXTS = { bad: 'text-bad', attention: 'text-attention', well: '' } as const;

/** What asks for something comes first. */
export function conditionRank({ condition }: ResourceItem): number {
  return Object.keys(GLYPHS).indexOf(condition);
}

/** Columns for what the things in a resource tell of themselves: rooms have no peer, and so no column for it. */
export function useItemColumns(items: readonly ResourceItem[]): Column<ListedItem>[] {
  const { t, f } = useWords();
  const hasPeers = items.some(({ peer }) => peer !== '');
  const hasCreated = items.some(({ createdAt }) => createdAt !== null);
  const hasUsed = items.some(({ lastUsedAt }) => lastUsedAt !== null);
  // As text, so that the columns stay the same while only figures change.
  const measures = measureNames(items).join('\n');
  return useMemo(() => {
    const words = t.resources.items;
    const moment = (at: string | null) => (at === null ? words.never : <Ago at={at} />);
    const columns: (Column<ListedItem> & { omitted?: boolean })[] = [
      {
        id: 'name',
        header: words.columns.name,
        width: 'w-28 lg:w-36',
        value: (item) => item.name,
        cell: (item) => (
          <span className="flex items-center gap-2" title={item.id}>
            <ConditionGlyph condition={GLYPHS[item.condition]} />
            <span className="sr-only">{words.conditions[item.condition]}</span>
            <span className="truncate">{item.name || item.id}</span>
          </span>
        ),
      },
      {
        id: 'peer',
        header: words.columns.peer,
        width: 'w-40 lg:w-58',
        from: 'md',
        omitted: !hasPeers,
        value: (item) => item.peer || null,
        cell: (item) => <span title={item.peer}>{item.peer}</span>,
      },
      {
        id: 'state',
        header: words.columns.state,
        wraps: true,
        value: conditionRank,
        cell: (item) => (
          <>
            <span className={TEXTS[item.condition]}>{item.state}</span>
            {item.reason && <span className="ml-2 text-muted">{item.reason}</span>}
          </>
        ),
      },
      {
        id: 'created',
        header: words.columns.created,
        width: 'w-28',
        from: 'lg',
        numeric: true,
        omitted: !hasCreated,
        value: (item) => (item.createdAt === null ? null : Date.parse(item.createdAt)),
        cell: (item) => moment(item.createdAt),
      },
      {
        id: 'used',
        header: words.columns.lastUsed,
        width: 'w-28',
        from: 'sm',
        numeric: true,
        omitted: !hasUsed,
        value: (item) => (item.lastUsedAt === null ? null : Date.parse(item.lastUsedAt)),
        cell: (item) => moment(item.lastUsedAt),
      },
      ...measureColumns(measures === '' ? [] : measures.split('\n')),
    ];
    return columns.filter((column) => column.omitted !== true);

    function measureColumns(names: readonly string[]): Column<ListedItem>[] {
      return names.map((name, index) => ({
        id: `measure${LETTERS[index]}`,
        header: name,
        width: 'w-28',
        from: 'xl',
        numeric: true,
        value: (item) => measureOf(item, name)?.value ?? null,
        cell: (item) => {
          const measure = measureOf(item, name);
          return measure === undefined ? f.orDash(null, f.number) : measureText(measure, f);
        },
      }));
    }
  }, [t, f, hasPeers, hasCreated, hasUsed, measures]);
}

/** As many as have room. Columns are named by letters in the address. */
const LETTERS = ['A', 'B', 'C', 'D'];

function measureNames(items: readonly ResourceItem[]): string[] {
  return [...new Set(items.flatMap(({ measures }) => measures.map(({ name }) => name)))].slice(
    0,
    LETTERS.length,
  );
}

function measureOf({ measures }: ResourceItem, wanted: string): Measure | undefined {
  return measures.find(({ name }) => name === wanted);
}
