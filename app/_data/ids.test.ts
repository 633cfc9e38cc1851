import { describe, expect, it } from 'vitest';
import { isCaptureId, isInstanceId, splitAtCapture } from './ids.ts';

const CAPTURE = 'cap_0123456789abcdefghij';

describe('ids in addresses', () => {
  it('are told from what cannot be one', () => {
    expect(isInstanceId('user-service.0a1b2c3d4e')).toBe(true);
    for (const text of ['', 'lobby', 'lobby.0a1b', 'Lobby.0a1b2c3d4e', 'lobby.0a1b2c3d4g', '../x.0a1b2c3d4e'])
      expect(isInstanceId(text), text).toBe(false);
    expect(isCaptureId(CAPTURE)).toBe(true);
    for (const text of ['', 'cap_', 'cap_0', `${CAPTURE}k`, CAPTURE.toUpperCase()])
      expect(isCaptureId(text), text).toBe(false);
  });
});

describe('a sentence that names a capture', () => {
  it('is split around it, so that it can be a link', () => {
    expect(splitAtCapture(`It is under way already (${CAPTURE}): wait for it.`)).toEqual({
      before: 'It is under way already (',
      id: CAPTURE,
      after: '): wait for it.',
    });
  });

  it('is left whole when it names none', () => {
    expect(splitAtCapture('The queue is full.')).toBeUndefined();
    expect(splitAtCapture('cap_short')).toBeUndefined();
  });
});
