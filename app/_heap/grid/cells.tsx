'use client';

import type { HeapObjectRow } from '#profile/heap/query/heap-query.ts';
import { useWords } from '../../_messages/words.tsx';
import { classNames } from '../../_ui/class-names.ts';
import { inOneLine } from '../in-one-line.ts';
import { useHeapWords } from '../use-heap-words.ts';

/** Bytes and their share, with a bar behind that is as long as the share. */
export function ShareCell({ bytes, total }: { bytes: number; total: number }) {
  const { f } = useWords();
  const words = useHeapWords();
  const share = total > 0 ? Math.min(1, bytes / total) : 0;
  return (
    <>
      <span
        aria-hidden="true"
        className="absolute inset-y-1 right-1 rounded-[2px] bg-hairline"
        style={{ width: `calc((100% - 0.5rem) * ${share})` }}
      />
      <span className="relative flex justify-end gap-2 px-2">
        <span>{f.bytes(bytes)}</span>
        <span className="w-12 text-right text-muted max-xl:hidden">{words.row.share(share)}</span>
      </span>
    </>
  );
}

export function BytesCell({ bytes }: { bytes: number }) {
  const { f } = useWords();
  return <span className="px-2 text-muted">{f.bytes(bytes)}</span>;
}

/** What there is none of is left out: figures that matter stand alone. */
export function NumberCell({ value }: { value: number | undefined }) {
  const { f } = useWords();
  return <span className="px-2 text-muted">{value === undefined ? '' : f.number(value)}</span>;
}

interface ChangeCellProps {
  readonly before: number;
  readonly after: number;
  format(value: number): string;
}

/** By how much there is more or less than before: the sign says which. What stayed is left out. */
export function ChangeCell({ before, after, format }: ChangeCellProps) {
  const more = after - before;
  if (more === 0) return null;
  return (
    <span className={classNames('px-2', more < 0 && 'text-muted')}>
      {more > 0 ? '+' : '−'}
      {format(Math.abs(more))}
    </span>
  );
}

export function DistanceCell({ distance }: { distance: number | undefined }) {
  const { f } = useWords();
  const { row } = useHeapWords();
  return (
    <span className="px-2 text-muted" title={distance === undefined ? row.unreachable : undefined}>
      {f.orDash(distance, (value) => f.number(value))}
    </span>
  );
}

/** An object as it is called in every list: what is to be read, its class where that says more, its id. */
export function ObjectName({ object, edge }: { object: HeapObjectRow; edge?: string }) {
  const { row } = useHeapWords();
  const { label, className, id, type, isDetached } = object;
  const isText = type === 'string' || type === 'concatenated string' || type === 'sliced string';
  const saysClass = label.startsWith(className) || className.startsWith('(');
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      {edge !== undefined && (
        <span className="shrink-0 max-w-[50%] truncate text-accent">{inOneLine(edge)}</span>
      )}
      <span className={classNames('truncate', isText && 'font-mono text-sm')}>{inOneLine(label)}</span>
      {!saysClass && <span className="truncate text-muted">{inOneLine(className)}</span>}
      {isDetached && <span className="shrink-0 text-attention">{row.detached}</span>}
      <span className="shrink-0 font-mono text-sm text-muted">{row.id(id)}</span>
    </span>
  );
}
