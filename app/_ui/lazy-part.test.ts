import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadPatiently, PAUSES_MS } from './lazy-part.ts';

describe('code that is loaded when it is needed', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('comes when the server is back, and is asked for once where it is there', async () => {
    const load = vi.fn().mockRejectedValueOnce(new Error('gone')).mockRejectedValueOnce(new Error('gone'));
    load.mockResolvedValue('code');
    const loaded = loadPatiently(load);
    await vi.advanceTimersByTimeAsync(1_499);
    expect(load).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await loaded).toBe('code');
    expect(load).toHaveBeenCalledTimes(3);
    expect(await loadPatiently(load)).toBe('code');
    expect(load).toHaveBeenCalledTimes(4);
  });

  test('is given up after half a minute, for the reason it did not come', async () => {
    const load = vi.fn().mockRejectedValue(new Error('replaced by a newer one'));
    const ended = expect(loadPatiently(load)).rejects.toThrow('replaced by a newer one');
    await vi.advanceTimersByTimeAsync(31_000);
    await ended;
    expect(load).toHaveBeenCalledTimes(PAUSES_MS.length + 1);
  });
});
