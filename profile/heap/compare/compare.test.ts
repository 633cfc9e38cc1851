import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeapFilterError, HeapQueryError } from '../../errors.ts';
import { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapExplorer } from '../query/heap-explorer.ts';
import { explorerFromText, explorerOfTwo } from '../text/explorer-from-text.ts';
import { orderById } from './order-by-id.ts';

const BEFORE = `
root @1
  shortcut global: Window 16 @3
    store: Store 32 @5
      sessions: Map 32 @7
        internal table: table as array 40 @9
          internal 0: Session#a 100 @11
          internal 1: Session#b 100 @13
    job: Job 60 @15`;

/** Session b is gone, c and d are new, and b's id is given to nobody; the job became heavier. */
const AFTER = `
root @1
  shortcut global: Window 16 @3
    store: Store 32 @5
      sessions: Map 32 @7
        internal table: table as array 80 @21
          internal 0: Session#a 100 @11
          internal 1: Session#c 100 @23
          internal 2: Session#d 100 @25
    job: Job 60 @15
      result: Result 500 @27`;

const page = { offset: 0, limit: 100 };
const heaviest = { by: 'retained', descending: true } as const;

function changes(explorer: HeapExplorer, filter = '', by: 'newBytes' | 'grownBytes' | 'name' = 'name') {
  const order = { by, descending: by !== 'name' };
  return explorer
    .answer({ ask: 'compareClasses', filter, order, page })
    .rows.map(
      (row) =>
        `${row.className}: ${row.countBefore} - ${row.goneCount} + ${row.newCount} = ${row.countAfter}, kept ${row.keptCount}, grown ${row.grownCount} by ${row.grownBytes}`,
    );
}

describe('classes of two snapshots', () => {
  const explorer = explorerOfTwo(BEFORE, AFTER);

  it('tell what is new, gone, kept, and retains more', () => {
    expect(changes(explorer)).toEqual([
      'Job: 1 - 0 + 0 = 1, kept 1, grown 1 by 500',
      'Map: 1 - 0 + 0 = 1, kept 1, grown 1 by 140',
      'Result: 0 - 0 + 1 = 1, kept 0, grown 0 by 0',
      'Session: 2 - 1 + 2 = 3, kept 1, grown 0 by 0',
      'Store: 1 - 0 + 0 = 1, kept 1, grown 1 by 140',
      'Window: 1 - 0 + 0 = 1, kept 1, grown 1 by 640',
    ]);
  });

  it('are ordered by what is asked for, equal ones by name', () => {
    expect(changes(explorer, '', 'newBytes').map((row) => row.split(':')[0])).toEqual([
      'Result',
      'Session',
      'Job',
      'Map',
      'Store',
      'Window',
    ]);
  });

  it('are filtered in the language of the other lists', () => {
    expect(changes(explorer, 'sess')).toHaveLength(1);
    expect(changes(explorer, 'count>2')).toHaveLength(1);
    expect(() => changes(explorer, 'distance>2')).toThrow(HeapFilterError);
  });

  it('are matched by name where the snapshots number them otherwise', () => {
    const job = '\n    first: Additional 8 @31\n    job:';
    expect(changes(explorerOfTwo(BEFORE, BEFORE.replace('\n    job:', job)), 'Session')).toEqual([
      'Session: 2 - 0 + 0 = 2, kept 2, grown 0 by 0',
    ]);
  });
});

describe('objects of two snapshots', () => {
  const explorer = explorerOfTwo(BEFORE, AFTER);
  const objects = (className: string, change: 'new' | 'gone' | 'grown') =>
    explorer
      .answer({ ask: 'compareObjects', className, change, order: heaviest, page })
      .rows.map(({ id, grownBytes }) => [id, grownBytes]);

  it('are told as they are, and those gone as they were', () => {
    expect(objects('Session', 'new')).toEqual([
      [23, 100],
      [25, 100],
    ]);
    expect(objects('Session', 'gone')).toEqual([[13, -100]]);
    expect(objects('Job', 'grown')).toEqual([[15, 500]]);
  });

  it('are none where a class is in the other snapshot alone', () => {
    expect(objects('Result', 'gone')).toEqual([]);
    expect(objects('Nothing', 'new')).toEqual([]);
  });
});

describe('holders of what is new or has grown', () => {
  it('leave out what holds the others', () => {
    const after = AFTER.replace('job: Job', 'old: Session#a\n    job: Job');
    const { rows } = explorerOfTwo(BEFORE, after).answer({
      ask: 'compareHolders',
      className: 'Session',
      path: [],
      page,
    });
    expect(rows.map(({ className, heldCount }) => [className, heldCount])).toEqual([['Map', 2]]);
  });
});

describe('two snapshots', () => {
  it('are of one process when ids mean the same', () => {
    expect(explorerOfTwo(BEFORE, AFTER).answer({ ask: 'comparison' })).toMatchObject({
      basis: 'same process',
      objectsBefore: 8,
      objectsAfter: 10,
      newCount: 3,
      newBytes: 700,
      goneCount: 1,
      goneBytes: 100,
      grownCount: 4,
    });
  });

  it('are of two processes when the same ids are of other kinds, and then no object is the same', () => {
    const other = AFTER.replace(/@(\d+)/g, (_, id) => `@${((Number(id) + 6) % 28) + 1}`);
    const explorer = explorerOfTwo(BEFORE, other);
    const { basis, newCount, goneCount } = explorer.answer({ ask: 'comparison' });
    expect({ basis, newCount, goneCount }).toEqual({ basis: 'other process', newCount: 8, goneCount: 6 });
    expect(changes(explorer, 'Session')).toEqual(['Session: 2 - 2 + 3 = 3, kept 0, grown 0 by 0']);
  });

  it('are of one process when plain objects were named by other shapes', () => {
    const plain = (name: string) => BEFORE.replace('Job 60', `${name} 60`);
    expect(explorerOfTwo(plain('Object'), plain('{id}')).answer({ ask: 'comparison' }).newCount).toBe(0);
  });

  it('are needed for a question that compares', () => {
    expect(() => explorerFromText(AFTER).explorer.answer({ ask: 'comparison' })).toThrow(HeapQueryError);
  });
});

describe('nodes by id', () => {
  it('ascend, those of one id as they stood', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2 ** 32 - 1 })), (ids) => {
        const sorted = ids.map((id, node) => ({ id, node })).sort((a, b) => a.id - b.id || a.node - b.node);
        const order = orderById(Uint32Array.from(ids), new HeapMemory());
        expect([...order]).toEqual(sorted.map(({ node }) => node));
      }),
    );
  });
});
