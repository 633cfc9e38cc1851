import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeapFilterError, HeapQueryError } from '../../errors.ts';
import { HeapMemory } from '../memory/heap-memory.ts';
import { HeapExplorer } from '../query/heap-explorer.ts';
import { explorerFromNodes, explorerFromText, explorerOfTwo } from '../text/explorer-from-text.ts';
import { anyHeap } from '../text/heap-arbitraries.ts';
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

/** The same heap, in which each id is given to another object. */
function numberedAnew(text: string): string {
  return text.replace(/@(\d+)/g, (_, id) => `@${((Number(id) + 6) % 28) + 1}`);
}

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

  it('tell counts and sizes before and after, and can be ordered by how much more there is', () => {
    const more = (by: 'moreCount' | 'moreShallow' | 'moreRetained') =>
      explorer
        .answer({ ask: 'compareClasses', filter: '', order: { by, descending: true }, page })
        .rows.map(({ className }) => className);
    expect(more('moreCount').slice(0, 2)).toEqual(['Result', 'Session']);
    expect(more('moreShallow')[0]).toBe('Result');
    expect(more('moreRetained').slice(0, 3)).toEqual(['Window', 'Job', 'Result']);
    const { rows } = explorer.answer({
      ask: 'compareClasses',
      filter: 'class:Map',
      order: { by: 'moreRetained', descending: true },
      page,
    });
    expect(rows[0]).toMatchObject({ retainedBytesBefore: 272, retainedBytesAfter: 412 });
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

describe('ways by which a class is held in two snapshots', () => {
  const waysOf = (explorer: HeapExplorer, className: string, path: readonly string[] = []) =>
    explorer
      .answer({ ask: 'compareRetainerPaths', className, path, page })
      .rows.map(
        (row) =>
          `${row.edgeName} of ${row.className}: ${row.heldCountBefore} -> ${row.heldCountAfter}, ${row.heldBytesBefore} -> ${row.heldBytesAfter}`,
      );

  it('are laid over each other by class and field, though no id is common', () => {
    const explorer = explorerOfTwo(BEFORE, numberedAnew(AFTER), 'one');
    expect(waysOf(explorer, 'Session')).toEqual(['table[] of Map: 2 -> 3, 200 -> 300']);
    expect(waysOf(explorer, 'Session', ['table[]@Map'])).toEqual(['sessions of Store: 2 -> 3, 200 -> 300']);
  });

  it('that hold more bytes than before stand first, those that hold less last', () => {
    const after = AFTER.replace('result: Result 500 @27', 'own: Session#e 700 @29').replace(
      'Session#d',
      'Other',
    );
    const before = BEFORE.replace('job: Job 60 @15', 'job: Job 60 @15\n      old: Session#o 30 @17');
    expect(waysOf(explorerOfTwo(before, after), 'Session')).toEqual([
      'own of Job: 0 -> 1, 0 -> 700',
      'table[] of Map: 2 -> 2, 200 -> 200',
      'old of Job: 1 -> 0, 30 -> 0',
    ]);
  });

  it('open where one snapshot alone has them, and have an example where the later one has', () => {
    const explorer = explorerOfTwo(BEFORE, AFTER);
    expect(waysOf(explorer, 'Result')).toEqual(['result of Job: 0 -> 1, 0 -> 500']);
    expect(waysOf(explorer, 'Result', ['result@Job'])).toEqual(['job of Window: 0 -> 1, 0 -> 500']);
    const backwards = explorerOfTwo(AFTER, BEFORE);
    expect(waysOf(backwards, 'Result')).toEqual(['result of Job: 1 -> 0, 500 -> 0']);
    expect(waysOf(backwards, 'Result', ['result@Job'])).toEqual(['job of Window: 1 -> 0, 500 -> 0']);
    const ask = { ask: 'compareRetainerPaths', className: 'Result', path: [], page } as const;
    expect(explorer.answer(ask).rows[0]?.example?.id).toBe(15);
    expect(backwards.answer(ask).rows[0]?.example).toBeUndefined();
  });

  it('are none of a class that neither has, and refused below a row that neither has', () => {
    const explorer = explorerOfTwo(BEFORE, AFTER);
    expect(waysOf(explorer, 'Nothing')).toEqual([]);
    expect(() => waysOf(explorer, 'Session', ['table[]@Set'])).toThrow(HeapQueryError);
  });

  it('are as in either snapshot alone', () => {
    const alone = (explorer: HeapExplorer, className: string) =>
      explorer
        .answer({ ask: 'retainerPaths', of: { className }, path: [], ignored: [], page })
        .rows.map(({ key, heldCount, heldBytes, holderCount }) => [key, heldCount, heldBytes, holderCount]);
    fc.assert(
      fc.property(anyHeap(20), anyHeap(20), (before, after) => {
        const earlier = explorerFromNodes(before);
        const later = explorerFromNodes(after);
        const explorer = new HeapExplorer(later.heap, earlier.heap, 'two');
        const { names } = later.heap.classes;
        for (const className of earlier.heap.classes.names.filter((name) => names.includes(name))) {
          const { rows } = explorer.answer({ ask: 'compareRetainerPaths', className, path: [], page });
          const side = (of: 'Before' | 'After') =>
            rows
              .filter((row) => row[`holderCount${of}`] > 0)
              .map((row) => [row.key, row[`heldCount${of}`], row[`heldBytes${of}`], row[`holderCount${of}`]]);
          expect(side('Before').sort()).toEqual(alone(earlier.explorer, className).sort());
          expect(side('After').sort()).toEqual(alone(later.explorer, className).sort());
        }
      }),
      { numRuns: 50 },
    );
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
  it('have the same objects when ids mean the same', () => {
    expect(explorerOfTwo(BEFORE, AFTER).answer({ ask: 'comparison' })).toMatchObject({
      idsHold: true,
      processes: 'not known',
      objectsBefore: 8,
      objectsAfter: 10,
      newCount: 3,
      newBytes: 700,
      goneCount: 1,
      goneBytes: 100,
      grownCount: 4,
    });
  });

  it('have no object in common when the same ids are of other kinds, also those of one process', () => {
    const explorer = explorerOfTwo(BEFORE, numberedAnew(AFTER), 'one');
    const { idsHold, processes, newCount, goneCount } = explorer.answer({ ask: 'comparison' });
    expect({ idsHold, processes }).toEqual({ idsHold: false, processes: 'one' });
    expect({ newCount, goneCount }).toEqual({ newCount: 8, goneCount: 6 });
    expect(changes(explorer, 'Session')).toEqual(['Session: 2 - 2 + 3 = 3, kept 0, grown 0 by 0']);
  });

  it('have no object in common when only the oldest ids agree, or strings of one id differ in size', () => {
    const strings = Array.from(
      { length: 20 },
      (_, at) => `\n    s${at}: "text ${at}" as string 24 @${101 + 2 * at}`,
    ).join('');
    const before = BEFORE.replace('\n    job', `${strings}\n    job`);
    const holds = (after: string) => explorerOfTwo(before, after).answer({ ask: 'comparison' }).idsHold;
    expect(holds(before)).toBe(true);
    expect(holds(before.replace('job: Job', 'job: Task'))).toBe(false);
    expect(holds(before.replace('"text 3" as string 24', '"text 3" as string 32'))).toBe(false);
  });

  it('have no object in common when they are known to be of two processes, whatever their ids say', () => {
    expect(explorerOfTwo(BEFORE, AFTER, 'two').answer({ ask: 'comparison' })).toMatchObject({
      idsHold: false,
      processes: 'two',
      newCount: 8,
    });
  });

  it('have the same objects when plain objects were named by other shapes', () => {
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
