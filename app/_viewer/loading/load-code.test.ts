import { describe, expect, test } from 'vitest';
import { isOfMissingCode, loadCode } from './load-code.ts';
import { toFailure } from './read-profile.ts';

describe('code that is loaded when it is needed', () => {
  test('is handed on when it comes', async () => {
    await expect(loadCode(async () => ({ answer: 42 }))).resolves.toEqual({ answer: 42 });
  });

  test.each([
    new TypeError('Failed to fetch'),
    new DOMException('', 'NetworkError'),
    new Error('ChunkLoadError'),
  ])('that does not come is told apart from a profile that does not: %s', async (cause) => {
    const thrown: unknown = await loadCode(() => Promise.reject(cause)).catch((error: unknown) => error);
    expect(toFailure(thrown)).toEqual({ kind: 'no-code' });
  });
});

describe('a worker that ended', () => {
  const told = (message: string) => Object.assign(new Event('error'), { message });

  test('is one whose code did not come where nothing was told, or what it could not import', () => {
    expect(isOfMissingCode(new Event('error'))).toBe(true);
    expect(
      isOfMissingCode(told("NetworkError: Failed to execute 'importScripts' on 'WorkerGlobalScope'")),
    ).toBe(true);
  });

  test('is one that broke otherwise', () => {
    expect(isOfMissingCode(told('Uncaught RangeError: Array buffer allocation failed'))).toBe(false);
  });
});
