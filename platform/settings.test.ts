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

  test.each([
    [undefined, undefined],
    ['', undefined],
    ['15-25', [15, 25]],
    ['60-60', [60, 60]],
  ])('PLATFORM_GAME_SECONDS %j has games take %j seconds', (text, seconds) => {
    expect(readSettings({ ...process.env, PLATFORM_GAME_SECONDS: text }).gameSeconds).toEqual(seconds);
  });

  test.each(['15', '25-15', '0-3', 'a-b'])('games that take %j are told in a sentence', (text) => {
    expect(() => readSettings({ ...process.env, PLATFORM_GAME_SECONDS: text })).toThrow(
      `PLATFORM_GAME_SECONDS is "${text}", which is not two numbers of seconds such as 40-65.`,
    );
  });

  test('another kind of pool is told in a sentence', () => {
    expect(() => readSettings({ ...process.env, PLATFORM_POOL: 'best' })).toThrow(
      'PLATFORM_POOL is "best", which is not checked or unchecked.',
    );
  });
});
