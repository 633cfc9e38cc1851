'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { HeapObjectId } from '#profile/heap/model/heap-graph.ts';
import type { HeapObjectDetail } from '#profile/heap/query/heap-query.ts';
import { useWords } from '../../_messages/words.tsx';
import { Button, IconButton } from '../../_ui/button.tsx';
import { CrossIcon } from '../../_ui/icons.tsx';
import { EmptyState, Skeleton } from '../../_ui/states.tsx';
import { ChoiceRow } from '../../_viewer/state/choice-row.tsx';
import type { Explored } from '../explored.ts';
import { inOneLine } from '../in-one-line.ts';
import { heapQuery, isOfObject } from '../source/heap-query-options.ts';
import { selectObject, showClass, showHolders, showInDominators } from '../state/heap-moves.ts';
import { OBJECT_PARTS, type ObjectPart } from '../state/heap-state.ts';
import { useFailureSentence } from '../use-failure-sentence.ts';
import { useHeapWords } from '../use-heap-words.ts';
import { FieldsPart } from './fields-part.tsx';
import { IgnoredChips } from './ignored-chips.tsx';
import { ObjectSteps } from './object-steps.tsx';
import { PathPart } from './path-part.tsx';
import { RetainedPart } from './retained-part.tsx';
import { RetainersPart } from './retainers-part.tsx';
import { isText, TextPart } from './text-part.tsx';

/** Who walks through a list with the keys is not asked about at each row. */
const SETTLED_MS = 120;

interface ObjectPanelProps extends Explored {
  /** What else can be said of the object, from elsewhere. */
  readonly beside?: (detail: HeapObjectDetail) => React.ReactNode;
}

/** What the chosen object is, what it holds and who holds it. */
export function ObjectPanel(props: ObjectPanelProps) {
  const { object } = useHeapWords();
  const { selected } = props.state;
  const settled = useSettled(selected);
  return (
    <section aria-label={object.label} className="flex min-h-0 min-w-0 flex-col gap-1.5 overflow-hidden">
      {settled === undefined ? (
        <EmptyState title={object.none}>{object.noneDetail}</EmptyState>
      ) : (
        <AnObject key={settled} {...props} id={settled} />
      )}
    </section>
  );
}

function useSettled(selected: HeapObjectId | undefined): HeapObjectId | undefined {
  const [settled, setSettled] = useState(selected);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(selected), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [selected]);
  return settled;
}

function AnObject({ id, ...props }: ObjectPanelProps & { id: HeapObjectId }) {
  const { source, change } = props;
  const words = useHeapWords();
  const { data, error, refetch } = useQuery(heapQuery(source, { ask: 'object', object: id }));
  const sentence = useFailureSentence(error);
  if (data !== undefined) return <Known {...props} detail={data} />;
  if (error === null) return <Skeleton className="h-40 w-full" />;
  const isGone = isOfObject(error);
  return (
    <div role="alert">
      <EmptyState title={isGone ? words.object.gone : words.failed.title}>
        <p>{isGone ? words.object.goneDetail(words.row.id(id)) : sentence}</p>
        <Button className="mt-2" onClick={() => (isGone ? change({ selected: undefined }) : void refetch())}>
          {isGone ? words.object.close : words.failed.retry}
        </Button>
      </EmptyState>
    </div>
  );
}

function Known(props: ObjectPanelProps & { detail: HeapObjectDetail }) {
  const { detail, state, change, beside } = props;
  const { row } = detail;
  const label = inOneLine(row.label);
  const { f } = useWords();
  const words = useHeapWords();
  const shown = state.part === 'text' && !isText(row) ? 'fields' : state.part;
  const parts = OBJECT_PARTS.filter((part) => part !== 'text' || isText(row));
  const counts: Partial<Record<ObjectPart, number>> = {
    retainers: detail.retainerCount,
    fields: detail.fieldCount,
  };
  return (
    <>
      <div className="flex shrink-0 items-start gap-2">
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-medium" title={label}>
            {label}
          </h2>
          <p className="truncate text-muted">
            {inOneLine(row.className)} <span className="font-mono text-sm">{words.row.id(row.id)}</span>
            {row.isDetached && <span className="ml-1.5 text-attention">{words.row.detached}</span>}
          </p>
        </div>
        <IconButton
          label={words.object.close}
          onClick={() => change((before) => selectObject(before, undefined))}
        >
          <CrossIcon />
        </IconButton>
      </div>
      <Facts {...props} />
      <div className="flex shrink-0 flex-wrap items-center gap-1.5">
        <Button small onClick={() => change((before) => showHolders(before, { object: row.id }))}>
          {words.object.holders}
        </Button>
        {row.distance !== undefined && (
          <Button
            small
            onClick={() =>
              change((before) =>
                showInDominators(
                  before,
                  row.id,
                  detail.dominators.map(({ id }) => id),
                ),
              )
            }
          >
            {words.object.toDominators}
          </Button>
        )}
        <Button small onClick={() => change((before) => showClass(before, row.className))}>
          {words.object.toClass}
        </Button>
        {beside?.(detail)}
      </div>
      <IgnoredChips {...props} />
      <ChoiceRow
        label={words.object.parts}
        isDense
        choices={parts.map((key) => {
          const count = counts[key];
          return {
            key,
            text: `${words.object.part[key]}${count === undefined ? '' : ` ${f.number(count)}`}`,
          };
        })}
        chosen={shown}
        onChange={(part) => change({ part })}
      />
      {shown === 'retainers' && <RetainersPart {...props} />}
      {shown === 'fields' && <FieldsPart {...props} />}
      {shown === 'path' && <PathPart {...props} />}
      {shown === 'dominators' && (
        <ObjectSteps
          label={words.object.dominators}
          steps={detail.dominators.map((object) => ({ object, edge: undefined }))}
          onChoose={(id) => change((before) => selectObject(before, id))}
        />
      )}
      {shown === 'retained' && <RetainedPart {...props} />}
      {shown === 'text' && <TextPart {...props} />}
    </>
  );
}

function Facts({ detail, summary }: { detail: HeapObjectDetail } & Pick<Explored, 'summary'>) {
  const { f } = useWords();
  const { object, row: rowWords } = useHeapWords();
  const { row, scriptName } = detail;
  const facts: (readonly [string, string])[] = [
    [
      object.facts.retained,
      `${f.bytes(row.retainedBytes)} (${rowWords.share(row.retainedBytes / summary.totalBytes)})`,
    ],
    [object.facts.shallow, f.bytes(row.shallowBytes)],
    [object.facts.distance, row.distance === undefined ? rowWords.unreachable : f.number(row.distance)],
    [object.facts.type, row.type],
  ];
  if (scriptName !== undefined) facts.push([object.facts.script, inOneLine(scriptName)]);
  return (
    <dl className="flex shrink-0 flex-wrap gap-x-4 gap-y-0.5">
      {facts.map(([name, value]) => (
        <div key={name} className="flex min-w-0 gap-1.5">
          <dt className="text-muted">{name}</dt>
          <dd className="figures truncate">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
