import { describe, expect, it } from 'vitest';
import { toChildEnd } from './child-end.ts';

const exited = (code: number) => code << 8;

describe('the end of a child', () => {
  it('is a snapshot only when it says so itself', () => {
    expect(toChildEnd(exited(0))).toEqual({ how: 'written' });
    expect(toChildEnd(exited(70))).toEqual({ how: 'failed', detail: 'could not write the snapshot' });
    expect(toChildEnd(exited(1))).toEqual({ how: 'failed', detail: 'ended with code 1' });
    expect(toChildEnd(-2)).toEqual({ how: 'failed', detail: 'was reaped by somebody else' });
  });

  it('by the kernel’s hand is not taken for a crash of its own', () => {
    expect(toChildEnd(9)).toEqual({ how: 'killed' });
    expect(toChildEnd(11)).toEqual({ how: 'failed', detail: 'crashed with signal 11' });
    const coreDumped = 0x80;
    expect(toChildEnd(6 | coreDumped)).toEqual({ how: 'failed', detail: 'crashed with signal 6' });
  });

  it('by waiting for another thread reads the same whoever noticed', () => {
    const waited = { how: 'failed', detail: 'waited for a thread that it does not have' };
    expect(toChildEnd(31)).toEqual(waited);
    expect(toChildEnd(exited(71))).toEqual(waited);
  });
});
