import { describe, expect, test } from 'vitest';
import { IndexUnusable } from '#profile/heap/index-file/index-table.ts';
import type { HeapQuery } from '#profile/heap/query/heap-query.ts';
import { FirstAnswers } from './first-answers.ts';

const duplicates = (offset: number, limit: number, filter = '') =>
  ({ ask: 'duplicateStrings', filter, page: { offset, limit } }) as const satisfies HeapQuery;

function keptOf(total: number, rows: number) {
  const answers = new FirstAnswers();
  const kept = answers.toKept(duplicates(0, 10));
  if (!kept) throw new Error('is not kept');
  const row = (at: number) => ({ text: `${at}` });
  const answer = { rows: Array.from({ length: rows }, (_, at) => row(at)), total, redactedCount: 3 };
  answers.keep(kept, answer as never);
  return FirstAnswers.fromBytes(answers.toBytes());
}

describe('answers that are ready-made', () => {
  test('hold any page within the rows that were kept, and what else was said', () => {
    const answers = keptOf(1000, 500);
    expect(answers.find(duplicates(498, 2))).toEqual({
      rows: [{ text: '498' }, { text: '499' }],
      total: 1000,
      redactedCount: 3,
    });
    expect(answers.find(duplicates(498, 3))).toBeUndefined();
    expect(answers.find(duplicates(0, 10, 'name ~ x'))).toBeUndefined();
  });

  test('hold every page when all rows were kept', () => {
    const answers = keptOf(2, 2);
    expect(answers.find(duplicates(1, 100))).toMatchObject({ rows: [{ text: '1' }], total: 2 });
    expect(answers.find(duplicates(50, 100))).toMatchObject({ rows: [], total: 2 });
  });

  test('do not depend on the order in which a question was written', () => {
    const answers = new FirstAnswers();
    const order = { by: 'retained', descending: true } as const;
    answers.keep({ ask: 'dominated', order, page: { offset: 0, limit: 500 } }, {
      rows: [],
      total: 0,
    } as never);
    const turned = { page: { limit: 5, offset: 0 }, order: { descending: true, by: 'retained' } } as const;
    expect(answers.find({ ...turned, ask: 'dominated' })).toEqual({ rows: [], total: 0 });
  });

  test('are made anew with their index when they cannot be understood', () => {
    for (const text of ['', '{', '3', '[3]']) {
      const bytes = new TextEncoder().encode(text);
      expect(() => FirstAnswers.fromBytes(bytes), text).toThrow(IndexUnusable);
    }
  });

  test('are kept of few questions only, and not of pages far behind', () => {
    const answers = new FirstAnswers();
    expect(answers.toKept({ ask: 'suspects' })).toEqual({ ask: 'suspects' });
    expect(answers.toKept({ ask: 'object', object: 3 })).toBeUndefined();
    expect(answers.toKept(duplicates(500, 1))).toBeUndefined();
  });
});
