import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ProfileMemoryError } from '../../../errors.ts';
import { explorerFromText } from '../../text/explorer-from-text.ts';

/** Three sessions in a Map, two of them remembered by listeners as well, one by a listener alone. */
const SESSIONS = `
root
  shortcut global: Window 16
    server: Server 16
      sessions: Map 16
        internal table: entries as array 160
          internal 1: Session#1 100
            peer: Session#5 10
          internal 3: Session#2 100
          internal 5: Session#3 100
      listeners: Array 16
        element 0: listen#1 as closure 32
          internal context: scope#1 as object 8
            context session: Session#3
        element 1: listen#2 as closure 32
          internal context: scope#2 as object 8
            context session: Session#2
        element 2: listen#3 as closure 32
          internal context: scope#3 as object 8
            context session: Session#4 100`;

const page = { offset: 0, limit: 100 };

function explore(text: string) {
  const { explorer, id } = explorerFromText(text);
  return {
    id,
    rows: (of: { className: string } | { object: number }, path: string[] = [], ignored: number[] = []) =>
      explorer
        .answer({ ask: 'retainerPaths', of, path, ignored, page })
        .rows.map(
          (row) =>
            `${row.key}: ${row.heldCount} of ${row.heldBytes} B, ${row.holderCount} × ${row.className}${row.opens ? '' : ' end'}`,
        ),
  };
}

describe('merged retainers of a class', () => {
  const { id, rows } = explore(SESSIONS);
  const of = { className: 'Session' };

  it('put what is held through the same field of the same class in one row, each object in one', () => {
    expect(rows(of)).toEqual([
      'table[]@Map: 3 of 310 B, 1 × Map',
      'session@scope: 1 of 100 B, 1 × scope',
      'peer@Session: 1 of 0 B, 1 × Session',
    ]);
  });

  it('open to what holds the holders', () => {
    expect(rows(of, ['table[]@Map'])).toEqual(['sessions@Server: 3 of 310 B, 1 × Server']);
    expect(rows(of, ['peer@Session'])).toEqual(['table[]@Map: 1 of 0 B, 1 × Map']);
    expect(rows(of, ['session@scope', 'context@Function'])).toEqual(['[]@Array: 1 of 100 B, 1 × Array']);
  });

  it('end at the root', () => {
    expect(rows(of, ['table[]@Map', 'sessions@Server', 'server@Window'])).toEqual([
      'global@(synthetic): 3 of 310 B, 1 × (synthetic) end',
    ]);
  });

  it('go the next way when one is ignored', () => {
    expect(rows(of, [], [id('Map')])).toEqual(['session@scope: 3 of 300 B, 3 × scope']);
  });

  it('have no row for what is held by nothing but what is ignored', () => {
    expect(rows(of, [], [id('Map'), id('Array')])).toEqual([]);
  });

  it('of a row that is not there are refused', () => {
    expect(() => rows(of, ['nothing@Map'])).toThrow('names a row that is not there');
  });
});

describe('merged retainers of one object', () => {
  const { id, rows } = explore(SESSIONS);

  it('are all that hold it', () => {
    expect(rows({ object: id('Session#3') })).toEqual([
      'table[]@Map: 1 of 100 B, 1 × Map',
      'session@scope: 1 of 100 B, 1 × scope',
    ]);
  });
});

describe('a list', () => {
  it('is one row below another, and its bytes stand in the row that holds its beginning', () => {
    const { rows } = explore(`
root
  shortcut global: Window 16
    head: Node#1 10
      next: Node#2 10
        next: Node#3 10`);
    const of = { className: 'Node' };
    expect(rows(of)).toEqual(['head@Window: 1 of 30 B, 1 × Window', 'next@Node: 2 of 0 B, 2 × Node']);
    expect(rows(of, ['next@Node'])).toEqual([
      'head@Window: 1 of 0 B, 1 × Window',
      'next@Node: 1 of 0 B, 1 × Node',
    ]);
  });
});

describe('a long way up', () => {
  const NODES = 120;
  const list = Array.from({ length: NODES }, (_, at) => `${'  '.repeat(at + 2)}next: Node#${at} 10`);
  const text = ['root', '  shortcut global: Window 16', ...list].join('\n');
  const up = Array.from({ length: NODES - 2 }, () => 'next@Node');
  const query = { ask: 'retainerPaths', of: { className: 'Node' }, path: up, ignored: [], page } as const;
  const expected = ['next@Window: 1', 'next@Node: 1'];

  it('is counted while it grows', () => {
    const { explorer, heap } = explorerFromText(text);
    const counted = new Set<number>();
    const steps = explorer.answering(query);
    let step = steps.next();
    for (; !step.done; step = steps.next()) counted.add(heap.memory.usedBytes);
    expect(step.value.rows.map(({ key, heldCount }) => `${key}: ${heldCount}`)).toEqual(expected);
    expect(counted.size).toBeGreaterThan(NODES / 2);
  });

  it('is gone all the same where there is no memory to keep it', () => {
    const { explorer, heap } = explorerFromText(text);
    explorer.answer({ ...query, path: [] });
    const room = vi.spyOn(heap.memory, 'hold').mockImplementation((bytes) => {
      throw new ProfileMemoryError(bytes, 0);
    });
    onTestFinished(() => room.mockRestore());
    const { rows } = explorer.answer(query);
    expect(rows.map(({ key, heldCount }) => `${key}: ${heldCount}`)).toEqual(expected);
  });
});
