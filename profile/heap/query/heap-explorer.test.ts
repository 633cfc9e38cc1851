import { describe, expect, it } from 'vitest';
import { HeapFilterError, HeapObjectError, HeapQueryError } from '../../errors.ts';
import { explorerFromText } from '../text/explorer-from-text.ts';
import { MAX_HEAP_ROWS } from './heap-query.ts';

/** A room with players; the first two share a name, and a listener remembers the third. */
const ROOM = `
root
  shortcut global: Window 16
    room: Room 40
      players: Array 32
        element 0: Player#1 100
          name: "Ann" as string 24
          id: id as number 8
        element 1: Player#2 100
          name: "Ann"
          best: Player#3 60
            name: "Bea" as string 40
        internal elements: elements as array 80
          element 0: Player#1
          element 1: Player#2
      weak last: Player#3
    listener: listen as closure 64
      internal context: scope as hidden 24
        context player: Player#3
  element 1: (GC roots) as synthetic 0
    internal cache: cache as hidden 48`;

const page = { offset: 0, limit: 100 };
const heaviest = { by: 'retained', descending: true } as const;

describe('classes', () => {
  const { explorer } = explorerFromText(ROOM);
  const classes = (filter = '', order: Parameters<typeof byOrder>[0] = heaviest) => byOrder(order, filter);
  function byOrder(
    order: { by: 'retained' | 'shallow' | 'count' | 'distance' | 'name'; descending: boolean },
    filter: string,
  ) {
    return explorer
      .answer({ ask: 'classes', filter, order, page })
      .rows.map((row) =>
        [row.className, row.count, row.shallowBytes, row.retainedBytes, row.distance].join(' '),
      );
  }

  it('say how many objects they have, what those take and what they retain', () => {
    expect(classes()).toEqual([
      'Window 1 16 588 1',
      'Room 1 40 384 2',
      'Array 1 112 344 3',
      'Player 3 260 308 4',
      'Function 1 88 88 2',
      '(string) 2 64 64 5',
      '(system) 1 48 48 ',
      '(number) 1 8 8 5',
    ]);
  });

  it('leave out what has no size of its own', () => {
    expect(classes().some((row) => row.startsWith('(array)') || row.startsWith('(synthetic)'))).toBe(false);
  });

  it('are sorted by any column, equal ones by name', () => {
    expect(classes('', { by: 'name', descending: false })[0]).toMatch(/^\(number\)/);
    expect(
      classes('', { by: 'count', descending: true })
        .slice(0, 3)
        .map((row) => row.split(' ')[0]),
    ).toEqual(['Player', '(string)', '(number)']);
    expect(classes('', { by: 'distance', descending: false })[0]).toMatch(/^Window/);
  });

  it('are filtered by name and by what they have', () => {
    expect(classes('play')).toHaveLength(1);
    expect(classes('class:Play')).toHaveLength(0);
    expect(classes('count>1')).toHaveLength(2);
    expect(classes('retained>=344 -class:Room')).toHaveLength(2);
    expect(classes('distance:none')).toEqual(['(system) 1 48 48 ']);
  });

  it('have no types of nodes', () => {
    expect(() => classes('a type:closure')).toThrow(HeapFilterError);
    expect(() => classes('a type:closure')).toThrow('character 3');
  });
});

describe('what a class retains', () => {
  it('counts each byte once when its objects hold each other', () => {
    const { explorer } = explorerFromText(`
root
  shortcut global: Window 16
    list: Link#1 10
      next: Link#2 10
        other: Other 5
          next: Link#3 10`);
    const { rows } = explorer.answer({ ask: 'classes', filter: 'class:Link', order: heaviest, page });
    expect(rows[0]).toMatchObject({ count: 3, shallowBytes: 30, retainedBytes: 35 });
  });
});

describe('objects', () => {
  const { explorer } = explorerFromText(ROOM);
  const objects = (filter: string, className?: string) =>
    explorer
      .answer({
        ask: 'objects',
        filter,
        order: heaviest,
        page,
        ...(className === undefined ? {} : { className }),
      })
      .rows.map((row) => row.label);

  it('of a class stand by what they retain', () => {
    expect(objects('', 'Player')).toEqual(['Player {name, id}', 'Player {name, best}', 'Player {name}']);
  });

  it.each([
    ['ann', ['"Ann"']],
    ['name:ann', ['"Ann"']],
    ['class:Player size<100', ['Player {name}']],
    [
      'class:/^(Pl|Ro)/ -class:Room distance<=4',
      ['Player {name, best}', 'Player {name, id}', 'Player {name}'],
    ],
    ['type:closure', ['listen()']],
    ['@1', ['(root)']],
    ['class:Room or type:closure', ['Room {players}', 'listen()']],
    ['detached', []],
    ['distance:none size>0', ['cache']],
  ])('that match %s are found', (filter, labels) => {
    expect(objects(filter).sort()).toEqual([...labels].sort());
  });

  it('are searched within their class', () => {
    expect(objects('size<100', 'Player')).toEqual(['Player {name}']);
  });

  it('of a class that is not there are told to be missing', () => {
    expect(() => objects('', 'Spectator')).toThrow(HeapObjectError);
  });

  it('stand by name within their class', () => {
    const { rows } = explorer.answer({
      ask: 'objects',
      className: '(string)',
      filter: '',
      order: { by: 'name', descending: true },
      page,
    });
    expect(rows.map((row) => row.label)).toEqual(['"Bea"', '"Ann"']);
  });

  it('come in pages that meet', () => {
    const all = explorer.answer({ ask: 'objects', filter: '', order: heaviest, page });
    const pages = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((part) => {
      const { rows } = explorer.answer({
        ask: 'objects',
        filter: '',
        order: heaviest,
        page: { offset: part * 2, limit: 2 },
      });
      return rows;
    });
    expect(pages).toEqual(all.rows);
    expect(all.total).toBe(all.rows.length);
  });

  it.each([
    { offset: 0, limit: MAX_HEAP_ROWS + 1 },
    { offset: -1, limit: 1 },
    { offset: 0.5, limit: 1 },
    { offset: 0, limit: Number.NaN },
  ])('are refused for the page %o', (wrong) => {
    expect(() => explorer.answer({ ask: 'objects', filter: '', order: heaviest, page: wrong })).toThrow(
      HeapQueryError,
    );
  });
});

describe('the dominator tree', () => {
  const { explorer, id } = explorerFromText(ROOM);

  it('begins below the root', () => {
    const { rows } = explorer.answer({ ask: 'dominated', order: heaviest, page });
    expect(rows.map((row) => [row.label, row.retainedBytes, row.dominatedCount])).toEqual([
      ['Window {room, listener}', 588, 3],
      ['(GC roots)', 48, 1],
    ]);
  });

  it('opens an object to those it immediately dominates', () => {
    const { rows } = explorer.answer({ ask: 'dominated', object: id('Window'), order: heaviest, page });
    expect(rows.map((row) => row.label)).toEqual(['Room {players}', 'Player {name}', 'listen()']);
  });
});

describe('an object', () => {
  const { explorer, id } = explorerFromText(ROOM);

  it('is told with its dominators up to the root', () => {
    const detail = explorer.answer({ ask: 'object', object: id('Player#1') });
    expect(detail.dominators.map((row) => row.className)).toEqual(['Array', 'Room', 'Window', '(synthetic)']);
    expect(detail).toMatchObject({ fieldCount: 2, retainerCount: 2, dominatorCount: 4 });
  });

  it('that is not there is told to be missing', () => {
    expect(() => explorer.answer({ ask: 'object', object: 4711 })).toThrow('There is no object @4711');
  });

  it('tells the file of its constructor', () => {
    const drawn = explorerFromText(`
root
  shortcut global: Window 16
    player: Player 16
      internal map: map#2 as hidden 8
        internal back_pointer: map#1 as hidden 8
          internal constructor: Player#c as closure 8
            internal shared: shared as code 8
              internal script: script as code 8
                internal name: /srv/player.js as string 8`);
    const ask = (label: string) =>
      drawn.explorer.answer({ ask: 'object', object: drawn.id(label) }).scriptName;
    expect(ask('Player')).toBe('/srv/player.js');
    expect(ask('Player#c')).toBe('/srv/player.js');
    expect(ask('Window')).toBeUndefined();
  });
});

describe('fields', () => {
  const { explorer, id } = explorerFromText(ROOM);
  const fields = (label: string, filter = '') =>
    explorer
      .answer({ ask: 'fields', object: id(label), filter, page })
      .rows.map((row) => `${row.edgeType} ${row.edgeName}: ${row.object.label}`);

  it('stand as they were written, V8 s own behind, weak ones last', () => {
    expect(fields('Room')).toEqual(['property players: Array(2)', 'weak last: Player {name}']);
    expect(fields('Array')).toEqual([
      'element [0]: Player {name, id}',
      'element [1]: Player {name, best}',
      'internal elements: elements',
    ]);
  });

  it('are found by their own name or by what they hold', () => {
    expect(fields('Player#2', 'name:best')).toEqual(['property best: Player {name}']);
    expect(fields('Player#2', 'ann')).toEqual(['property name: "Ann"']);
    expect(fields('Player#2', 'class:Player')).toEqual(['property best: Player {name}']);
  });

  it('of a WeakMap say which key the value belongs to', () => {
    const drawn = explorerFromText(`
root
  shortcut global: Window 16
    internal 3 / part of key (Session @7) -> value (Object @9) pair in WeakMap (table @11): Object 16`);
    const { rows } = drawn.explorer.answer({ ask: 'fields', object: drawn.id('Window'), filter: '', page });
    expect(rows[0]?.edgeName).toBe('WeakMap[Session @7]');
  });
});

describe('retainers', () => {
  const { explorer, id } = explorerFromText(ROOM);
  const retainers = (label: string, ignored: string[] = []) =>
    explorer
      .answer({ ask: 'retainers', object: id(label), ignored: ignored.map(id), page })
      .rows.map((row) => `${row.edgeName} of ${row.object.label} at ${row.object.distance}`);

  it('stand by their distance from the root, without weak ones', () => {
    expect(retainers('Player#3')).toEqual(['player of scope at 3', 'best of Player {name, best} at 4']);
  });

  it('behind what is ignored count as not reached and stand last', () => {
    expect(retainers('Player#3', ['listen'])).toEqual([
      'best of Player {name, best} at 4',
      'player of scope at undefined',
    ]);
  });

  it('of a value in a WeakMap count only together: the map holds nothing whose key is not reached', () => {
    const drawn = explorerFromText(`
root
  shortcut global: Window 16
    sessions: WeakMap 16
      internal table: table as array 64
        internal 1 / part of key (Key @13) -> value (Value @15) pair in WeakMap (table @11): Value 8 @15
    first: Holder 8
      second: Holder#2 8
        key: Key 8 @13
          internal 2 / part of key (Key @13) -> value (Value @15) pair in WeakMap (table @11): Value`);
    const ask = (ignored: number[]) =>
      drawn.explorer
        .answer({ ask: 'retainers', object: 15, ignored, page })
        .rows.map((row) => `${row.object.className} ${row.object.distance}`);
    const way = () =>
      drawn.explorer
        .answer({ ask: 'pathFromRoot', object: 15, ignored: [] })
        .steps.map((step) => step.edgeName);
    expect(ask([])).toEqual(['(array) 3', 'Key 4']);
    expect(ask([drawn.id('Holder')])).toEqual(['(array) undefined', 'Key undefined']);
    expect(way()).toEqual(['global', 'first', 'second', 'key', 'WeakMap[Key @13]']);
  });

  it('are counted anew for others that are ignored', () => {
    expect(retainers('Player#3', ['listen'])).not.toEqual(retainers('Player#3', ['Room']));
    expect(retainers('Player#3', [])).toEqual(['player of scope at 3', 'best of Player {name, best} at 4']);
  });
});

describe('the way from the root', () => {
  const { explorer, id } = explorerFromText(ROOM);
  const way = (label: string, ignored: string[] = []) => {
    const answer = explorer.answer({ ask: 'pathFromRoot', object: id(label), ignored: ignored.map(id) });
    return [answer.way, ...answer.steps.map((step) => step.edgeName)].join(' ');
  };

  it('is the shortest one', () => {
    expect(way('Player#3')).toBe('strong global listener context player');
    expect(way('Player#1')).toBe('strong global room players [0]');
  });

  it('avoids what is ignored', () => {
    expect(way('Player#3', ['scope'])).toBe('strong global room players [1] best');
  });

  it('goes through V8 only where there is no other', () => {
    expect(way('cache')).toBe('system [1] cache');
  });

  it('goes along weak edges when nothing else leads there', () => {
    const drawn = explorerFromText(`
root
  shortcut global: Window 16
    weak maybe: Token 8
      value: Value 8`);
    const answer = drawn.explorer.answer({ ask: 'pathFromRoot', object: drawn.id('Value'), ignored: [] });
    expect(answer.way).toBe('weak');
    expect(answer.steps.map((step) => step.edgeName)).toEqual(['global', 'maybe', 'value']);
  });

  it('to the root itself has no step', () => {
    expect(explorer.answer({ ask: 'pathFromRoot', object: 1, ignored: [] }).steps).toEqual([]);
  });

  it('is none when all ways are ignored', () => {
    expect(way('Player#1', ['Array', 'elements'])).toBe('none');
  });
});

describe('the retained set', () => {
  it('is what would go with an object, by class', () => {
    const { explorer, id } = explorerFromText(ROOM);
    const { rows } = explorer.answer({ ask: 'retainedSet', object: id('Room'), order: heaviest, page });
    expect(rows.map((row) => [row.className, row.count, row.retainedBytes])).toEqual([
      ['Room', 1, 384],
      ['Array', 1, 344],
      ['Player', 2, 208],
      ['(string)', 1, 24],
      ['(number)', 1, 8],
    ]);
  });
});

describe('the summary', () => {
  it('says what all bytes are', () => {
    const { explorer } = explorerFromText(ROOM);
    const summary = explorer.answer({ ask: 'summary' });
    expect(summary.categories.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(summary.totalBytes);
    expect(summary.totalBytes).toBe(636);
    expect(summary.categories[0]).toEqual({ category: 'objects', bytes: 316, count: 5 });
  });
});

describe('a text', () => {
  const text = (drawn: string, label: string, offset = 0) => {
    const { explorer, id } = explorerFromText(`root\n  shortcut global: Window 16\n${drawn}`);
    return explorer.answer({ ask: 'text', object: id(label), offset });
  };

  it('is the content from an offset on', () => {
    expect(text('    a: "hello world" as string 16', '"hello world"', 6)).toEqual({
      text: 'world',
      length: 11,
      extent: 'whole',
      isRedacted: false,
    });
  });

  it('is put together from its parts, however often one is in it', () => {
    const doubled = Array.from({ length: 40 }, (_, level) => {
      const indent = '  '.repeat(level + 2);
      return `${indent}internal first: cons#${level} as concatenated string 16\n${indent}  internal second: cons#${level + 1} as concatenated string 16`;
    }).join('\n');
    const answer = text(`${doubled}\n${'  '.repeat(42)}internal first: "ab" as string 8`, 'cons#0');
    expect(answer.length).toBeGreaterThan(100);
    expect(answer.text.startsWith('ab')).toBe(true);
  });

  it('that holds itself comes to an end', () => {
    const answer = text(
      `
    a: cons as concatenated string 16
      internal first: "ab" as string 8
      internal second: cons`,
      'cons',
    );
    expect(answer.text.startsWith('ab')).toBe(true);
  });

  it('of which V8 kept the beginning says so', () => {
    expect(text(`    a: "${'x'.repeat(1024)}" as string 16`, `"${'x'.repeat(1024)}"`).extent).toBe(
      'beginning',
    );
  });

  it('of a sliced string is that of what it was sliced from, and says so', () => {
    const sliced = '    a: slice as sliced string 16\n      internal parent: "whole text" as string 16';
    expect(text(sliced, 'slice')).toMatchObject({ text: 'whole text', extent: 'sliced from' });
  });

  it('that the agent took out says so', () => {
    expect(text('    a: <12 characters> as string 16', '<12 characters>').isRedacted).toBe(true);
  });
});
