import { describe, expect, test } from 'vitest';
import type { HeapQuery } from '#profile/heap/query/heap-query.ts';
import { explorerFromText } from '#profile/heap/text/explorer-from-text.ts';
import type { HeapWorkerReport } from './protocol.ts';
import { Questions } from './questions.ts';

/** It goes through the heap in several steps. */
const LONG: HeapQuery = { ask: 'duplicateStrings', filter: '', page: { offset: 0, limit: 10 } };
const SHORT: HeapQuery = { ask: 'object', object: 1 };

function asking() {
  const { explorer } = explorerFromText('root\n  Cache 10\n    Session 100');
  const told: HeapWorkerReport[] = [];
  // Each step is a turn.
  const questions = new Questions(
    (run) => void setImmediate(run),
    (report) => told.push(report),
    0,
  );
  return {
    ask: (number: number, query: HeapQuery) => questions.ask(explorer, { type: 'ask', number, query }),
    forget: (number: number) => questions.forget(number),
    told: () => told.flatMap((each) => ('number' in each ? [`${each.type} ${each.number}`] : [])),
  };
}

describe('a worker that is asked', () => {
  test('answers a short question before a long one that came first', async () => {
    const { ask, told } = asking();
    await Promise.all([ask(1, LONG), ask(2, SHORT)]);
    expect(told()).toEqual(['answer 2', 'answer 1']);
  });

  test('says nothing to a question that was forgotten, and answers the next', async () => {
    const { ask, forget, told } = asking();
    const asked = ask(1, LONG);
    forget(1);
    await asked;
    await ask(2, LONG);
    expect(told()).toEqual(['answer 2']);
  });
});
