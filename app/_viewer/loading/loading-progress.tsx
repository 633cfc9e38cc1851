'use client';

import { useWords } from '../../_messages/words.tsx';
import { useViewerWords } from '../use-viewer-words.ts';
import type { ProfileSource } from './protocol.ts';

/** How much of the profile has arrived; it is read as it comes, so there is little left to do at the end. */
export function LoadingProgress({
  source,
  receivedBytes,
}: {
  source: Exclude<ProfileSource, { from: 'several' }>;
  receivedBytes: number;
}) {
  const { f } = useWords();
  const viewer = useViewerWords();
  const share = source.sizeBytes > 0 ? Math.min(1, receivedBytes / source.sizeBytes) : 0;
  const text =
    receivedBytes === 0
      ? viewer.loading.opening
      : viewer.loading.received(f.bytes(receivedBytes), f.bytes(source.sizeBytes));
  return (
    <div className="flame-viewer-waiting flex h-[max(28rem,calc(100dvh-var(--viewer-top)-1rem))] flex-col items-center justify-center gap-2">
      <p>{viewer.loading.title}</p>
      <div
        role="progressbar"
        aria-label={viewer.loading.title}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={text}
        className="h-1 w-72 overflow-hidden rounded-sm bg-hairline"
      >
        <div className="h-full bg-accent" style={{ width: `${share * 100}%` }} />
      </div>
      <p className="text-sm text-muted">{text}</p>
    </div>
  );
}
