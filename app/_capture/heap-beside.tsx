'use client';

import { useSearchParams } from 'next/navigation';
import type { Capture, CaptureKind } from '#contract';
import type { HeapObjectDetail } from '#profile/heap/query/heap-query.ts';
import type { Formats } from '../_format/formats.ts';
import { inOneLine } from '../_heap/in-one-line.ts';
import { functionOrClassOf } from '../_heap/name-elsewhere.ts';
import { type HeapWords, useHeapWords } from '../_heap/use-heap-words.ts';
import { useWords } from '../_messages/words.tsx';
import { Button, buttonClass } from '../_ui/button.tsx';
import { Link } from '../_ui/link.tsx';
import { useOpenCapture } from './capture-context.tsx';
import { captureMoment } from './moment.ts';
import { apartMs, useNearestCaptures } from './nearest-captures.ts';

/** The heap profiles of a snapshot's instance: they know which code allocated what the snapshot shows. */
export function ProfilesBeside({ capture }: { capture: Capture }) {
  return <Beside capture={capture} kind="heap" query="" />;
}

/** The snapshots of a heap profile's instance: they know who holds what the profile saw allocated. */
export function SnapshotsBeside({ capture }: { capture: Capture }) {
  const search = useSearchParams().get('q') ?? '';
  const query = search === '' ? '' : `?${new URLSearchParams({ view: 'search', q: asFilter(search) })}`;
  return <Beside capture={capture} kind="heapsnapshot" query={query} />;
}

/** The words as they are, in the language of docs/heap-filter.md. */
function asFilter(search: string): string {
  return /^[\w$]+$/.test(search) ? search : `"${search.replace(/["\\]/g, '\\$&')}"`;
}

function Beside({ capture, kind, query }: { capture: Capture; kind: CaptureKind; query: string }) {
  const { t, f } = useWords();
  const { beside: words } = useHeapWords();
  const open = useOpenCapture();
  const nearest = useNearestCaptures(capture, kind);
  if (nearest === undefined) return null;
  const nameOf = kind === 'heap' ? words.profileAt : words.snapshotAt;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-2">
      <span className="text-muted">{kind === 'heap' ? words.allocated : words.snapshots}</span>
      {nearest.map((other) => (
        <Link key={other.id} href={`/captures/${other.id}${query}`} className="text-accent hover:underline">
          {nameOf(captureMoment(other, f), apartText(capture, other, words, f))}
        </Link>
      ))}
      {nearest.length === 0 && (
        <span className="text-muted">{kind === 'heap' ? words.none.allocated : words.none.snapshots}</span>
      )}
      <Button
        small
        onClick={() => open({ service: capture.service, instanceIds: [capture.instanceId], kind })}
      >
        {words.take(t.capture.kinds[kind].term)}
      </Button>
    </p>
  );
}

function apartText(capture: Capture, other: Capture, words: HeapWords['beside'], f: Formats): string {
  const seconds = apartMs(capture, other) / 1000;
  if (Math.abs(seconds) < 1) return words.same;
  const duration = f.duration(Math.round(Math.abs(seconds)));
  return seconds < 0 ? words.earlier(duration) : words.later(duration);
}

/** Where an object's function or class may be found in the heap profile nearest in time. Nothing where no name can match. */
export function FindInProfile({ capture, detail }: { capture: Capture; detail: HeapObjectDetail }) {
  const { beside: words } = useHeapWords();
  const nearest = useNearestCaptures(capture, 'heap')?.[0];
  const name = functionOrClassOf(detail.row);
  if (nearest === undefined || name === undefined) return null;
  return (
    <Link
      href={`/captures/${nearest.id}?${new URLSearchParams({ q: name })}`}
      className={buttonClass('plain', true)}
    >
      {words.allocatedBy(inOneLine(name))}
    </Link>
  );
}
