'use client';

import { useWords } from '../../_messages/words.tsx';
import { useViewerWords } from '../use-viewer-words.ts';
import type { PartProgress } from './protocol.ts';

interface PartsProgressProps {
  readonly parts: readonly {
    readonly name: string;
    readonly sizeBytes: number;
    readonly progress: PartProgress;
  }[];
}

/** How far each of several profiles is that are read one after the other. */
export function PartsProgress({ parts }: PartsProgressProps) {
  const { f } = useWords();
  const { parts: words } = useViewerWords();
  const isAllRead = parts.every(({ progress }) => progress.state === 'read' || progress.state === 'failed');
  const textOf = (progress: PartProgress, sizeBytes: number): string => {
    if (progress.state !== 'reading') return words[progress.state];
    return words.of(f.bytes(progress.receivedBytes), f.bytes(sizeBytes));
  };
  return (
    <div className="flame-viewer-waiting px-4 py-10" aria-busy="true">
      <p>{isAllRead ? words.putTogether : words.title(parts.length)}</p>
      <ul className="mt-2 grid max-w-[48rem] grid-cols-[minmax(0,1fr)_8rem_12rem] items-center gap-x-4 gap-y-1">
        {parts.map(({ name, sizeBytes, progress }, index) => {
          const share = shareOf(progress, sizeBytes);
          const text = textOf(progress, sizeBytes);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: they stay in their order
            <li key={index} className="contents">
              <span className="truncate">{name}</span>
              <div
                role="progressbar"
                aria-label={name}
                aria-valuemin={0}
                aria-valuemax={100}
                aria-valuenow={Math.round(share * 100)}
                aria-valuetext={text}
                className="h-1 overflow-hidden rounded-sm bg-hairline"
              >
                <div className="h-full bg-accent" style={{ width: `${share * 100}%` }} />
              </div>
              <span className="figures text-sm text-muted">{text}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function shareOf(progress: PartProgress, sizeBytes: number): number {
  if (progress.state === 'reading')
    return sizeBytes > 0 ? Math.min(1, progress.receivedBytes / sizeBytes) : 0;
  return progress.state === 'waiting' ? 0 : 1;
}
