import { describe, expect, test } from 'vitest';
import { HeapMemoryExceeded } from '../errors.ts';
import { type MemoryHolder, MemoryLedger } from './memory-ledger.ts';

const MIB = 1024 ** 2;

function holder(facts: { isIdle?: boolean; usedAt?: number } = {}) {
  const closed: boolean[] = [];
  const made: MemoryHolder & { closed: boolean[] } = {
    isIdle: facts.isIdle ?? false,
    usedAt: facts.usedAt ?? 0,
    close: () => closed.push(true),
    closed,
  };
  return made;
}

describe('memory for heap snapshots', () => {
  test('is given out for the peak of each, and what is left over comes back once it is open', () => {
    const ledger = new MemoryLedger(1000 * MIB, 4);
    const [first, second] = [holder(), holder()];
    expect(ledger.take(first, 300 * MIB)).toBe(696 * MIB);
    expect(ledger.take(second, 300 * MIB)).toBeUndefined();
    ledger.adjust(first, 150 * MIB);
    expect(ledger.take(second, 300 * MIB)).toBe(696 * MIB);
    expect(ledger.heldBytes).toBe((246 + 696) * MIB);
  });

  test('is never more than there is, however large the file', () => {
    const ledger = new MemoryLedger(1000 * MIB, 4);
    expect(ledger.take(holder(), 900 * MIB)).toBe(1000 * MIB);
    expect(() => ledger.checkPossible('cap', 1001 * MIB)).toThrow(HeapMemoryExceeded);
  });

  test('is taken from the one that was longest not asked, and from no more than it needs', () => {
    const ledger = new MemoryLedger(1000 * MIB, 4);
    const recent = holder({ isIdle: true, usedAt: 2 });
    const longest = holder({ isIdle: true, usedAt: 1 });
    for (const one of [recent, longest]) {
      ledger.take(one, 0);
      ledger.adjust(one, 300 * MIB);
    }
    expect(ledger.take(holder(), 200 * MIB)).toBe(496 * MIB);
    expect([longest.closed, recent.closed]).toEqual([[true], []]);
  });

  test('is not taken from those that are asked, nor from anybody in vain', () => {
    const ledger = new MemoryLedger(1000 * MIB, 4);
    const [asked, idle] = [holder(), holder({ isIdle: true })];
    for (const one of [asked, idle]) {
      ledger.take(one, 0);
      ledger.adjust(one, 300 * MIB);
    }
    expect(ledger.take(holder(), 300 * MIB)).toBeUndefined();
    expect(idle.closed).toEqual([]);
  });

  test('has only so many places', () => {
    const ledger = new MemoryLedger(10_000 * MIB, 1);
    const first = holder({ isIdle: true });
    ledger.take(first, MIB);
    expect(ledger.take(holder(), MIB)).toBeDefined();
    expect(first.closed).toEqual([true]);
    expect(ledger.take(holder(), MIB)).toBeUndefined();
  });

  test('can be had for a second snapshot to compare with', () => {
    const ledger = new MemoryLedger(1000 * MIB, 4);
    const [later, other] = [holder({ isIdle: true }), holder({ isIdle: true })];
    for (const one of [later, other]) {
      ledger.take(one, 0);
      ledger.adjust(one, 300 * MIB);
    }
    expect(ledger.grow(later, 200 * MIB)).toBe(496 * MIB);
    expect([later.closed, other.closed]).toEqual([[], [true]]);
    expect(ledger.grow(later, 400 * MIB)).toBeUndefined();
  });
});
