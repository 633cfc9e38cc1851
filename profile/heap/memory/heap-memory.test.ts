import { describe, expect, test } from 'vitest';
import { ProfileMemoryError } from '../../errors.ts';
import { BitSet } from './bit-set.ts';
import { HeapMemory } from './heap-memory.ts';

describe('the memory of a heap', () => {
  test('counts what is taken, enlarged and given back, and keeps in mind the most', () => {
    const memory = new HeapMemory();
    const numbers = memory.uint32(10);
    const bytes = memory.uint8(5);
    expect(memory.usedBytes).toBe(45);
    const larger = new Uint32Array(memory.resize(numbers, 80));
    expect(memory.usedBytes).toBe(85);
    memory.release(larger);
    memory.release(bytes);
    expect([memory.usedBytes, memory.peakBytes]).toEqual([0, 85]);
  });

  test('keeps what is in a column that is enlarged', () => {
    const memory = new HeapMemory();
    const column = memory.float64(2);
    column.set([1.5, 2 ** 40]);
    expect([...new Float64Array(memory.resize(column, 24))]).toEqual([1.5, 2 ** 40, 0]);
  });

  test('refuses what goes beyond its limit, and says how much is needed and allowed', () => {
    const memory = new HeapMemory(3 * 2 ** 20);
    const column = memory.uint8(2 ** 20);
    for (const take of [() => memory.float64(2 ** 20), () => memory.resize(column, 9 * 2 ** 20)]) {
      expect(take).toThrow('at least 9 MiB, where 3 MiB are allowed');
      expect(memory.usedBytes).toBe(2 ** 20);
    }
  });

  test('says so when the machine has less than it allows', () => {
    expect(() => new HeapMemory().uint8(2 ** 52)).toThrow(ProfileMemoryError);
  });

  test('is free at once when it is given back', () => {
    const memory = new HeapMemory();
    const column = memory.uint32(10);
    memory.release(column);
    expect(column.length).toBe(0);
  });
});

describe('a set of bits', () => {
  test('tells its rows in ascending order, whatever was added and deleted', () => {
    const set = new BitSet(new Uint32Array(BitSet.wordsFor(100)));
    for (const row of [99, 0, 31, 32, 63, 64]) set.add(row);
    set.delete(32);
    expect([...set]).toEqual([0, 31, 63, 64, 99]);
    expect([31, 32].map((row) => set.has(row))).toEqual([true, false]);
  });
});
