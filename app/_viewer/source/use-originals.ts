import { useEffect, useMemo, useState } from 'react';
import type { OpenedProfile, ProfileSource } from '../loading/protocol.ts';
import { askedPlace, toOriginalBatches } from './original-batches.ts';
import {
  type AnsweredFile,
  type OriginalFunctions,
  toOriginalFunctions,
  withOriginals,
} from './original-functions.ts';
import { askOriginals } from './source-server.ts';

/** More functions in files than this asks for are in no program; 56 KiB each. */
const MOST_BATCHES = 100;

export interface Originals {
  /** Undefined where no source map says anything. */
  readonly functions: OriginalFunctions | undefined;
  /** The profile as it reads in its original source; the profile itself where it is that already. */
  readonly profile: OpenedProfile;
}

/**
 * Asks the server what the functions of generated files were made of, once the picture is there. Until the answer comes, and
 * where there is none, everything reads as what ran; why source cannot be read is told to whoever opens it.
 */
export function useOriginals(source: ProfileSource, profile: OpenedProfile): Originals {
  const sourceUrl = source.from === 'file' ? undefined : source.sourceUrl;
  const [found, setFound] = useState<{ of: OpenedProfile; functions: OriginalFunctions | undefined }>();
  useEffect(() => {
    if (sourceUrl === undefined) return;
    const gone = new AbortController();
    void askAll(sourceUrl, profile, gone.signal).then((answered) => {
      if (!gone.signal.aborted)
        setFound({ of: profile, functions: toOriginalFunctions(profile.functions.length, answered) });
    });
    return () => gone.abort();
  }, [sourceUrl, profile]);
  const functions = found?.of === profile ? found.functions : undefined;
  return useMemo(
    () => ({ functions, profile: functions ? withOriginals(profile, functions) : profile }),
    [functions, profile],
  );
}

/** One after the other: there is no hurry, and the server has other things to do. The first refusal holds for all. */
async function askAll(
  sourceUrl: string,
  profile: OpenedProfile,
  signal: AbortSignal,
): Promise<readonly AnsweredFile[]> {
  const answered: AnsweredFile[] = [];
  const withoutMap = new Set<string>();
  let batches = 0;
  for (const batch of toOriginalBatches(profile)) {
    const asked = batch.filter(({ url }) => !withoutMap.has(url));
    if (asked.length === 0) continue;
    if (++batches > MOST_BATCHES) break;
    const files = asked.map(({ url, functions }) => ({
      url,
      functions: functions.map((func) => askedPlace(profile, func)),
    }));
    const answer = await askOriginals(sourceUrl, files, signal);
    if (answer.kind !== 'found') break;
    answer.value.forEach((file, at) => {
      const functions = asked[at]?.functions;
      if (file.map === null) withoutMap.add(file.url);
      else if (functions) answered.push({ functions, answer: file });
    });
  }
  return answered;
}
