'use client';

import { type KeyboardEvent, useState } from 'react';
import type { Capture } from '#contract';
import { useWords } from '../_messages/words.tsx';
import { useAnnounce } from '../_ui/announcer.tsx';
import { Button } from '../_ui/button.tsx';
import { InlineFailure } from '../_ui/states.tsx';
import { useChangeCapture } from './mutations.ts';

const MOST_CHARACTERS = 2000;

/** The note as text, and on request the field to change it. */
export function NoteEditor({ capture }: { capture: Capture }) {
  const { t } = useWords();
  const [draft, setDraft] = useState<string | null>(null);
  const words = t.capture.page;
  if (draft !== null) return <Editing capture={capture} draft={draft} setDraft={setDraft} />;
  return (
    <p className="flex flex-wrap items-baseline gap-x-3">
      {capture.note !== '' && (
        <span className="max-w-[90ch] border-l-2 border-hairline-strong pl-2.5 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {capture.note}
        </span>
      )}
      <button
        type="button"
        className="text-muted hover:text-text hover:underline"
        onClick={() => setDraft(capture.note)}
      >
        {capture.note === '' ? words.addNote : words.editNote}
      </button>
    </p>
  );
}

function Editing({
  capture,
  draft,
  setDraft,
}: {
  capture: Capture;
  draft: string;
  setDraft(draft: string | null): void;
}) {
  const { t } = useWords();
  const announce = useAnnounce();
  const change = useChangeCapture(capture.id);
  const words = t.capture.page;
  const save = () =>
    change.mutate(
      { note: draft.trim() },
      {
        onSuccess: () => {
          announce(words.noteSaved);
          setDraft(null);
        },
      },
    );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setDraft(null);
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
  };
  return (
    <div className="flex w-full max-w-[90ch] flex-col gap-2">
      <textarea
        aria-label={words.note}
        placeholder={words.notePlaceholder}
        className="w-full rounded-md border border-hairline-strong bg-raised px-2 py-1.5 placeholder:text-muted"
        rows={3}
        maxLength={MOST_CHARACTERS}
        ref={focusOnArrival}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {change.isError && <InlineFailure error={change.error} />}
      <div className="flex gap-2">
        <Button look="primary" disabled={change.isPending} onClick={save}>
          {words.saveNote}
        </Button>
        <Button look="quiet" onClick={() => setDraft(null)}>
          {words.dropNote}
        </Button>
      </div>
    </div>
  );
}

/** The reader has just asked to write. */
function focusOnArrival(field: HTMLTextAreaElement | null): void {
  field?.focus();
}
