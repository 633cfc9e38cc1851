import { describe, expect, test } from 'vitest';
import { readSettings } from './settings.ts';

describe('the settings', () => {
  test.each([
    [undefined, 'checked'],
    ['', 'checked'],
    ['unchecked', 'unchecked'],
  ])('PLATFORM_POOL %j starts the gateway with the %s pool', (text, mode) => {
    expect(readSettings({ ...process.env, PLATFORM_POOL: text }).poolMode).toBe(mode);
  });

  test('another kind of pool is told in a sentence', () => {
    expect(() => readSettings({ ...process.env, PLATFORM_POOL: 'best' })).toThrow(
      'PLATFORM_POOL is "best", which is not checked or unchecked.',
    );
  });
});
