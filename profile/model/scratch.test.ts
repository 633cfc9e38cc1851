import { describe, expect, test } from 'vitest';
import { Scratch } from './scratch.ts';

describe('memory that is used again', () => {
  test('is zero for the next, whatever the last one wrote', () => {
    const one = new Scratch();
    const column = one.uint32(5000).fill(7);
    one.giveBack();
    const other = new Scratch();
    const next = other.float64(2500);
    expect(next.buffer).toBe(column.buffer);
    expect(next.every((value) => value === 0)).toBe(true);
    other.giveBack();
  });

  test('is nobody else’s until it is given back', () => {
    const scratch = new Scratch();
    const buffers = [scratch.int32(3000), scratch.uint32(3000), new Scratch().uint32(3000)].map(
      ({ buffer }) => buffer,
    );
    expect(new Set(buffers).size).toBe(3);
    scratch.giveBack();
    scratch.giveBack();
    const [one, other] = [new Scratch().uint32(3000), new Scratch().uint32(3000)];
    expect(one.buffer).not.toBe(other.buffer);
  });

  test('is not kept beyond a limit, nor for what needs far less', () => {
    const scratch = new Scratch();
    const large = [20, 21, 22, 23, 24, 25].map((mega) => scratch.float64((mega << 20) / 8));
    scratch.giveBack();
    const small = new Scratch().uint32(64);
    expect(large.map(({ buffer }) => buffer)).not.toContain(small.buffer);
    const again = large.map(({ length }) => new Scratch().float64(length).buffer);
    const kept = again.filter((buffer) => large.some((column) => column.buffer === buffer));
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.length).toBeLessThan(large.length);
  });
});
