import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { PatternSearch, type StartThread } from './pattern-search.ts';

const CATASTROPHE = '^(a+)+$';
const TEXTS = ['alpha', 'Beta', `${'a'.repeat(60)}!`];

let started = 0;
const searches: PatternSearch[] = [];
afterEach(() => {
  started = 0;
  for (const search of searches.splice(0)) search.dispose();
});

/** The thread's own code in a thread of Node.js. */
const startThread: StartThread = (onReport, onFailure) => {
  started++;
  const worker = new Worker(new URL('./pattern-worker-in-node.ts', import.meta.url), { execArgv: [] });
  worker.on('message', onReport);
  worker.on('error', onFailure);
  return { post: (request) => worker.postMessage(request), terminate: () => void worker.terminate() };
};

function searchOf(texts: readonly string[], budgetMs = 20_000, start = startThread): PatternSearch {
  const search = new PatternSearch(texts, start, budgetMs);
  searches.push(search);
  return search;
}

describe('a search by pattern', () => {
  test('finds what the expression matches, in any case', async () => {
    const search = searchOf(TEXTS);
    expect(await search.find('^(alpha|beta)$')).toEqual({ kind: 'found', hits: Uint8Array.of(1, 1, 0) });
    expect(await search.find('!')).toEqual({ kind: 'found', hits: Uint8Array.of(0, 0, 1) });
    expect(started).toBe(1);
  });

  test('is ended when it takes too long, and the next one works', async () => {
    const search = searchOf(TEXTS, 1000);
    expect(await search.find(CATASTROPHE)).toEqual({ kind: 'too-slow' });
    expect(await search.find('beta')).toEqual({ kind: 'found', hits: Uint8Array.of(0, 1, 0) });
    expect(started).toBe(2);
  });

  test('does not wait for one that is still under way', async () => {
    const search = searchOf(TEXTS);
    const stuck = search.find(CATASTROPHE);
    expect(await search.find('alpha')).toEqual({ kind: 'found', hits: Uint8Array.of(1, 0, 0) });
    expect(await stuck).toEqual({ kind: 'superseded' });
  });

  test('ends with whoever wanted it', async () => {
    const search = searchOf(TEXTS);
    const stuck = search.find(CATASTROPHE);
    search.dispose();
    expect(await stuck).toEqual({ kind: 'superseded' });
  });

  test('says so when the thread cannot run, or the expression breaks the engine', async () => {
    const broken = searchOf(TEXTS, 20_000, (_, onFailure) => {
      queueMicrotask(onFailure);
      return { post: () => undefined, terminate: () => undefined };
    });
    expect(await broken.find('a')).toEqual({ kind: 'failed' });
    expect(await searchOf(TEXTS).find('(')).toEqual({ kind: 'failed' });
  });
});
