import { useEffect, useMemo, useState } from 'react';
import { type PatternOutcome, PatternSearch, type StartThread } from './pattern-search.ts';
import type { PatternReport } from './pattern-thread.ts';
import type { SearchedTexts } from './searched-texts.ts';

/** As long as a reader waits without wondering. */
const BUDGET_MS = 1000;

/** What a pattern hits; until the first answer is there undefined, until the next one is there the one before. */
export function usePattern(
  searched: SearchedTexts | undefined,
  source: string | undefined,
): PatternOutcome | undefined {
  const search = useMemo(
    () => searched && new PatternSearch(searched.texts, startWorker, BUDGET_MS),
    [searched],
  );
  const [answer, setAnswer] = useState<{ of: PatternSearch; outcome: PatternOutcome }>();
  useEffect(() => () => search?.dispose(), [search]);
  useEffect(() => {
    if (search === undefined || source === undefined) return setAnswer(undefined);
    void search.find(source).then((outcome) => {
      if (outcome.kind !== 'superseded') setAnswer({ of: search, outcome });
    });
  }, [search, source]);
  return source !== undefined && answer?.of === search ? answer?.outcome : undefined;
}

const startWorker: StartThread = (onReport, onFailure) => {
  const worker = new Worker(new URL('./pattern-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', (event: MessageEvent<PatternReport>) => onReport(event.data));
  worker.addEventListener('error', onFailure);
  return {
    post: (request) => worker.postMessage(request),
    terminate: () => worker.terminate(),
  };
};
