'use client';

import { useCallback, useEffect, useState } from 'react';
import { type Activity, ProfileError, parseActivity } from '#profile/index.ts';
import type { ArtifactSource, LoadFailure } from '../loading/protocol.ts';

type Loading =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: LoadFailure }
  | { readonly state: 'ready'; readonly activity: Activity };

/** Fetches and reads the artifact. It is small beside a profile: no worker is needed to read it. */
export function useActivity({ artifactUrl }: ArtifactSource): { loading: Loading; retry(): void } {
  const [loading, setLoading] = useState<Loading>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts over with the same source
  useEffect(() => {
    const left = new AbortController();
    setLoading({ state: 'loading' });
    load(artifactUrl, left.signal).then(
      (loaded) => !left.signal.aborted && setLoading(loaded),
      () => !left.signal.aborted && setLoading({ state: 'failed', failure: { kind: 'no-answer' } }),
    );
    return () => left.abort();
  }, [artifactUrl, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { loading, retry };
}

async function load(artifactUrl: string, signal: AbortSignal): Promise<Loading> {
  const response = await fetch(artifactUrl, { signal });
  if (!response.ok)
    return { state: 'failed', failure: { kind: 'refused', status: response.status, detail: undefined } };
  try {
    return { state: 'ready', activity: parseActivity(await response.text()) };
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    return { state: 'failed', failure: { kind: 'unreadable', message: error.message } };
  }
}
