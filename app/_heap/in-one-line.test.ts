import { describe, expect, test } from 'vitest';
import { inOneLine } from './in-one-line.ts';

describe('a name of a process on the page', () => {
  test('is one line that cannot reorder or hide what stands around it', () => {
    expect(inOneLine('Session\u202enoisseS\u200b\u0007')).toBe('Session\ufffdnoisseS\ufffd\ufffd');
    expect(inOneLine('select *\n\tfrom\u2028players')).toBe('select * from players');
    expect(inOneLine('<b>Session</b>')).toBe('<b>Session</b>');
  });
});
