'use client';

import type { IndexIntoFunctionTable } from '#profile/index.ts';
import type { Anchor } from '../_viewer/menu/place-floating.ts';
import { ChoiceRow } from '../_viewer/state/choice-row.tsx';
import type { Subject } from '../_viewer/state/subject.ts';
import { useDifferenceText } from '../_viewer/state/use-difference-text.ts';
import { LongTable } from '../_viewer/table/long-table.tsx';
import { ChangeColumnHeader } from './change-column-header.tsx';
import { ChangeRow } from './change-row.tsx';
import { type ChangeOrder, type Changes, PARTS, type Part, type Scale } from './changes.ts';
import { useCompareWords } from './use-compare-words.ts';

interface ChangeTableProps {
  readonly subject: Subject;
  readonly changes: Changes;
  readonly scale: Scale;
  readonly part: Part;
  readonly order: ChangeOrder;
  /** Functions in their order. */
  readonly shown: Uint32Array;
  /** How many there are without a search. */
  readonly all: number;
  readonly selected: IndexIntoFunctionTable | undefined;
  onPart(part: Part): void;
  onOrder(order: ChangeOrder): void;
  onSelect(func: IndexIntoFunctionTable): void;
  /** The reader wants to see it large. */
  onShow(func: IndexIntoFunctionTable): void;
  onMenu(func: IndexIntoFunctionTable, anchor: Anchor): void;
}

const ORDERS = ['size', 'more', 'less'] as const;

/** Functions by how much they changed; choosing one chooses it in the picture. */
export function ChangeTable(props: ChangeTableProps) {
  const { subject, changes, scale, part, order, shown, selected, onSelect, onMenu } = props;
  const { changes: words, view } = useCompareWords();
  const text = useDifferenceText(subject, scale);
  const at = selected === undefined ? -1 : shown.indexOf(selected);
  const largest = largestOf(changes, shown);
  return (
    <section className="flex min-h-[12rem] flex-1 flex-col gap-1">
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1">
        <ChoiceRow
          label={view.part}
          choices={PARTS.map((key) => ({ key, text: view[key] }))}
          chosen={part}
          onChange={props.onPart}
        />
        <ChoiceRow
          label={words.orders.label}
          choices={ORDERS.map((key) => ({ key, text: words.orders[key] }))}
          chosen={ORDERS.find((key) => key === order)}
          onChange={props.onOrder}
        />
        <p className="text-sm text-muted">
          {words.count(shown.length, props.all)} · {scale === 'shares' ? view.sharesHint : view.amountsHint}
        </p>
      </div>
      <LongTable
        role="grid"
        label={words.caption(view[part])}
        count={shown.length}
        at={at}
        head={<Head order={order} onOrder={props.onOrder} />}
        nothing={words.nothing}
        row={(index, id) => {
          const func = shown[index] as number;
          return (
            <ChangeRow
              key={func}
              {...{ id, func, index, subject, text, onSelect, onMenu }}
              before={changes.before[func] as number}
              after={changes.after[func] as number}
              largest={largest}
              mayBeChance={changes.mayBeChance[func] === 1}
              isSelected={index === at}
              onShow={props.onShow}
            />
          );
        }}
        onGo={(index) => onSelect(shown[index] as number)}
        onMenu={(index, anchor) => onMenu(shown[index] as number, anchor)}
        onKey={(key) => {
          if (key !== 'Enter' || selected === undefined || at < 0) return false;
          props.onShow(selected);
          return true;
        }}
      />
    </section>
  );
}

function Head({ order, onOrder }: { order: ChangeOrder; onOrder(order: ChangeOrder): void }) {
  const { changes: words } = useCompareWords();
  const isByChange = order === 'size' || order === 'more' || order === 'less';
  return (
    <>
      <ChangeColumnHeader
        title={words.columns.change}
        className="w-64"
        sorted={isByChange ? (order === 'less' ? 'ascending' : 'descending') : 'none'}
        onSort={() => onOrder(order === 'size' ? 'more' : order === 'more' ? 'less' : 'size')}
      />
      {(['before', 'after'] as const).map((side) => (
        <ChangeColumnHeader
          key={side}
          title={words.columns[side]}
          className="w-28"
          sorted={order === side ? 'descending' : 'none'}
          onSort={() => onOrder(side)}
        />
      ))}
      <ChangeColumnHeader title={words.columns.name} className="text-left" />
    </>
  );
}

function largestOf({ before, after }: Changes, shown: Uint32Array): number {
  let largest = 0;
  for (const func of shown)
    largest = Math.max(largest, Math.abs((after[func] as number) - (before[func] as number)));
  return largest;
}
