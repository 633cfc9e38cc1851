import { useEffect, useState } from 'react';
import type { SourceText } from '#contract';
import { linesOfText } from './source-lines.ts';
import type { SourcePlace } from './source-place.ts';
import { askText, type SourceAnswer } from './source-server.ts';

export interface SourceFile {
  readonly lines: readonly string[];
  readonly modifiedAt: string;
}

export type SourceReading = { readonly kind: 'reading' } | SourceAnswer<SourceFile>;

/** The file is asked for once, however many of its functions are looked at one after the other. */
export function useSourceText(place: SourcePlace): SourceReading {
  const { sourceUrl, url, original } =
    place.kind === 'file' ? place : { sourceUrl: undefined, url: undefined, original: undefined };
  const [reading, setReading] = useState<SourceReading & { readonly key?: string }>({ kind: 'reading' });
  const key = JSON.stringify([sourceUrl, url, original]);
  useEffect(() => {
    if (sourceUrl === undefined || url === undefined) return;
    const gone = new AbortController();
    void askText(sourceUrl, url, original, gone.signal).then((answer) => {
      if (!gone.signal.aborted) setReading({ ...toReading(answer), key });
    });
    return () => gone.abort();
  }, [sourceUrl, url, original, key]);
  return reading.key === key ? reading : { kind: 'reading' };
}

function toReading(answer: SourceAnswer<SourceText>): SourceReading {
  if (answer.kind !== 'found') return answer;
  const { text, modifiedAt } = answer.value;
  return { kind: 'found', value: { lines: linesOfText(text), modifiedAt } };
}
