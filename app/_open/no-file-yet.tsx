'use client';

import { useSearchParams } from 'next/navigation';
import { withoutHeapState } from '../_heap/state/heap-state.ts';
import { Section } from '../_ui/section.tsx';
import { withoutViewerState } from '../_viewer/state/viewer-state.ts';
import { FileButton } from './file-button.tsx';
import { useOpenWords } from './use-open-words.ts';

interface NoFileYetProps {
  /** The name in the link; empty where it has none. */
  readonly linkedName: string;
  onChoose(file: File): void;
}

/** What can be opened, and how. A link that holds a view says that it cannot hold the file. */
export function NoFileYet({ linkedName, onChoose }: NoFileYetProps) {
  const words = useOpenWords();
  const query = new URLSearchParams(useSearchParams());
  const isLink = linkedName !== '' || withoutHeapState(withoutViewerState(query)).size < query.size;
  return (
    <div className="max-w-[80ch] px-4 pb-10">
      {isLink && (
        <div role="status" className="mb-3 border-l-2 border-accent bg-raised px-3 py-2">
          <p className="[overflow-wrap:anywhere]">{words.fromLink(linkedName)}</p>
          <p className="mt-1 text-muted [overflow-wrap:anywhere]">{words.fromLinkNext(linkedName)}</p>
        </div>
      )}
      <div className="flex flex-col items-center gap-2 rounded-md border border-dashed border-hairline-strong px-4 py-12">
        <p className="font-medium">{words.drop}</p>
        <p className="text-muted">{words.or}</p>
        <FileButton look="primary" label={words.label} onChoose={onChoose}>
          {words.choose}
        </FileButton>
      </div>
      <Section title={words.formats}>
        <dl className="mt-2 grid grid-cols-[auto_1fr] items-baseline gap-x-6 gap-y-1">
          {words.formatNames.map(([ending, meaning]) => (
            <div key={ending} className="contents">
              <dt className="font-mono text-sm">{ending}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-2 text-muted">{words.formatsDetail}</p>
      </Section>
    </div>
  );
}
