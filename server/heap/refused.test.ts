import { describe, expect, test } from 'vitest';
import { toOpeningError, toQuestionError } from './refused.ts';

const FAILED = { refusal: 'failed', code: '', message: '' } as const;

describe('what a process could not do', () => {
  test('ends it when it was to open a snapshot, and only the question when it was asked', () => {
    expect(toOpeningError('cap_1', FAILED)).toMatchObject({ code: 'heap-process-ended', status: 503 });
    expect(toQuestionError('cap_1', FAILED)).toMatchObject({ code: 'heap-question-failed', status: 500 });
  });
});
