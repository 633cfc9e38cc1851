import { describe, expect, test } from 'vitest';
import type { HeapObjectRow } from '#profile/heap/query/heap-query.ts';
import { functionOrClassOf } from './name-elsewhere.ts';

const row = (type: HeapObjectRow['type'], className: string, label: string) =>
  ({ type, className, label }) as HeapObjectRow;

describe('what a sampled profile calls an object', () => {
  test('is the name of a function, and the class of an object', () => {
    expect(functionOrClassOf(row('closure', '(closure)', 'onMessage()'))).toBe('onMessage');
    expect(functionOrClassOf(row('closure', '(closure)', 'onMessage'))).toBe('onMessage');
    expect(functionOrClassOf(row('object', 'Session', 'Session {id, player}'))).toBe('Session');
  });

  test('is nothing for what the language or the runtime made', () => {
    expect(functionOrClassOf(row('object', 'Map', 'Map(3)'))).toBeUndefined();
    expect(functionOrClassOf(row('string', '(string)', 'Session'))).toBeUndefined();
    expect(functionOrClassOf(row('object', 'system / Context', 'system / Context'))).toBeUndefined();
    expect(functionOrClassOf(row('closure', '(closure)', '(anonymous)'))).toBeUndefined();
  });
});
