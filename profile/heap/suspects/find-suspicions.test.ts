import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeakSuspect } from '../query/heap-query.ts';
import { explorerFromNodes, explorerFromText } from '../text/explorer-from-text.ts';
import { anyHeap } from '../text/heap-arbitraries.ts';
import type { DrawnEdge, DrawnNode } from '../text/heap-drawing.ts';
import { findSuspicions } from './find-suspicions.ts';
import { scoreOf } from './score.ts';

/** Lines, one for each of so many, indented. */
function lines(count: number, indent: number, line: (number: number) => string): string {
  return Array.from({ length: count }, (_, number) => ' '.repeat(indent) + line(number)).join('\n');
}

function suspectsOf(below: string): readonly LeakSuspect[] {
  const { explorer } = explorerFromText(`root\n  shortcut global: global 16\n${below}`);
  return explorer.answer({ ask: 'suspects' }).suspects;
}

/** As a sentence would say it. */
function told(suspect: LeakSuspect | undefined): string {
  if (suspect === undefined) return 'nothing';
  const { way, count, className, place } = suspect;
  return `${way}: ${count} ${className} in ${place?.owner.className}.${place?.name}`;
}

const firstOf = (below: string) => told(suspectsOf(below)[0]);

describe('leak suspects', () => {
  it('are what many weigh in a collection, named by the field that it is kept in', () => {
    expect(
      firstOf(`
    store: Store 32
      sessions: Map 32
        internal table: table as array 400
${lines(30, 10, (at) => `internal ${at}: Session#${at} 100`)}`),
    ).toBe('map: 30 Session in Store.sessions');
  });

  it('tell the variable where a function remembers the collection', () => {
    expect(
      firstOf(`
    handler: handle as closure 32
      internal context: system / Context 32
        context seen: Set 32
          internal table: table as array 400
${lines(30, 12, (at) => `internal ${at}: "nonce ${at}"#${at} as string 100`)}`),
    ).toBe('set: 30 (string) in system / Context.seen');
  });

  it('tell the file of the scope that has the variable', () => {
    const [suspect] = suspectsOf(`
    handler: handle as closure 32
      internal shared: shared as code 32
        internal script: script as code 32
          internal name: "bets.js" as string 32
      internal context: system / Context 32
        context seen: Set 32
          internal table: table as array 400
${lines(30, 12, (at) => `internal ${at}: Nonce#${at} 100`)}`);
    expect(suspect?.place?.scriptName).toBe('bets.js');
  });

  it('find the collection of what another one holds as well', () => {
    expect(
      firstOf(`
    store: Store 32
      sessions: Map#ids 32
        internal table: table#ids as array 400
${lines(30, 10, (at) => `internal ${at}: Session#${at} 100`)}
      names: Map#names 32
        internal table: table#names as array 400
${lines(12, 10, (at) => `internal ${at}: Session#${at}`)}`),
    ).toBe('map: 30 Session in Store.sessions');
  });

  it('name the event and who emits it when listeners pile up', () => {
    expect(
      firstOf(`
    bus: Bus 32
      _events: Object 32
        change: Array 32
          internal elements: elements as array 400
${lines(30, 12, (at) => `internal ${at}: onChange#${at} as closure 64`)}`),
    ).toBe('listeners: 30 Function in Bus.change');
  });

  it('know timers, of which each holds its neighbours in a list that is kept somewhere', () => {
    const ring = (field: string, at: (step: number) => number) =>
      Array.from({ length: 30 }, (_, step) => `${' '.repeat(8 + step)}${field}: Timeout#${at(step)} 100`);
    const list = [...ring('_idleNext', (step) => step), ...ring('_idlePrev', (step) => 29 - step)];
    expect(firstOf(`    timers: Timers 32\n      lists: TimersList 32\n${list.join('\n')}`)).toBe(
      'timers: 30 Timeout in Timers.lists',
    );
  });

  it('follow objects of which each holds the next, and name what holds the first', () => {
    const chain = Array.from({ length: 80 }, (_, at) => `${' '.repeat(6 + at)}previous: Move#${at} 100`);
    expect(firstOf(`    replay: Replay 32\n${chain.join('\n').replace('previous', 'last')}`)).toBe(
      'chain: 80 Move in Replay.last',
    );
  });

  it('take a text that was put together piece by piece for one object', () => {
    const pieces = Array.from(
      { length: 80 },
      (_, at) => `${' '.repeat(6 + at)}internal first: piece#${at} as concatenated string 100`,
    );
    const below = `    table: Table 32\n${pieces.join('\n').replace('internal first', 'journal')}`;
    expect(firstOf(below)).toBe('string: 80 (concatenated string) in Table.journal');
    expect(suspectsOf(below)[0]?.kind).toBe('one object');
  });

  it('tell who waits for a promise, not what V8 notes that down in', () => {
    const reactions = Array.from({ length: 80 }, (_, at) => {
      const indent = ' '.repeat(8 + at);
      return `${indent}internal next: reaction#${at} as hidden 16\n${indent} internal fulfil: Join#${at} 100`;
    });
    expect(firstOf(`    arena: Arena 32\n      opened: Promise 32\n${reactions.join('\n')}`)).toMatch(
      /^promises: 7\d Join in Arena\.opened$/,
    );
  });

  it('name the key when a WeakMap keeps what piles up', () => {
    expect(
      firstOf(`
    tenant: Tenant 32 @77
      internal 1 / part of key (Tenant @77) -> value (Array @79) pair in WeakMap (table @99): Array 32 @79
        internal elements: elements as array 400
${lines(30, 10, (at) => `internal ${at}: Sample#${at} 100`)}`),
    ).toBe('array: 30 Sample in Tenant.WeakMap[Tenant @77]');
  });

  it('count one large object with small neighbours by itself', () => {
    const suspects = suspectsOf(`
    cache: Cache 32
      entries: Map 32
        internal table: table as array 40
          internal 0: Entry#big 32
            text: "long" as string 90000
${lines(30, 10, (at) => `internal ${at + 1}: Entry#${at} 10`)}`);
    expect(suspects.map(told)).toEqual(['string: 1 (string) in Entry.text']);
  });

  it('count the same field of several objects as one', () => {
    const room = (number: number) => `    room: Room#${number} 32
      log: Array#${number} 32
        internal elements: elements#${number} as array 400
${lines(20, 10, (at) => `internal ${at}: Line#${number}x${at} 100`)}`;
    expect(suspectsOf([1, 2, 3].map(room).join('\n')).map(told)).toEqual(['array: 60 Line in Room.log']);
  });

  it('count each byte once where what piles up is a tree of one class', () => {
    const below = Array.from(
      { length: 12 },
      (_, at) => `          internal ${at}: Node#${at} 10
            children: Array#${at} 16
              internal elements: elements#${at} as array 40
${lines(12, 16, (leaf) => `internal ${leaf}: Node#${at}x${leaf} 100`)}`,
    );
    const [suspect] = suspectsOf(`    tree: Node#root 10
      children: Array 16
        internal elements: elements as array 40
${below.join('\n')}`);
    expect(told(suspect)).toBe('array: 156 Node in Node.children');
    expect(suspect?.retainedBytes).toBe(12 * (10 + 16 + 40 + 12 * 100));
  });

  it('count each byte once where a chain begins with many', () => {
    const chain = Array.from({ length: 80 }, (_, at) => `${' '.repeat(6 + at)}next: Move#${at + 1} 100`);
    const [suspect] = suspectsOf(`    replay: Replay 32
      first: Move#0 100
${lines(30, 8, (at) => `note${at}: Note#${at} 100`)}
${chain.join('\n').replace(/^ {6}/gm, '        ')}`);
    expect(suspect?.retainedBytes).toBe(100 + 80 * 100 + 30 * 100);
  });

  it('do not take modules for a leak', () => {
    expect(
      suspectsOf(`
    loader: ModuleLoader 32
      loadCache: LoadCache 32
        internal table: table as array 400
${lines(30, 10, (at) => `internal ${at}: ModuleJob#${at} 100`)}`),
    ).toEqual([]);
  });

  it('do not take the source of a script for a leak', () => {
    expect(
      suspectsOf(`
    transform: transform as closure 32
      internal shared: shared as code 32
        internal script: script as code 32
          internal source: "use strict" as string 90000`),
    ).toEqual([]);
  });

  it('are no more than the heap, also where nearly all of it is held weakly', () => {
    const node = (id: number, selfSize: number, edges: DrawnEdge[]): DrawnNode => ({
      ...{ name: 'a', type: 'array', detachedness: 0 },
      ...{ id, selfSize, edges },
    });
    const { heap } = explorerFromNodes([
      { ...node(1, 1, [{ type: 'weak', name: 'x', to: 2 }]), type: 'synthetic' },
      { ...node(3, 0, [{ type: 'context', name: 'x', to: 2 }]), type: 'object' },
      node(5, 2, []),
    ]);
    const shares = findSuspicions(heap.analysis, heap.classes, heap.memory).map(({ share }) => share);
    expect(shares.filter((share) => !(share <= 1))).toEqual([]);
  });

  it('tell the way from the root and what is held, by class', () => {
    const [suspect] = suspectsOf(`
    store: Store 32
      sessions: Map 32
        internal table: table as array 400
${lines(30, 10, (at) => `internal ${at}: Session#${at} 100`)}`);
    expect(suspect?.path.map(({ edgeName }) => edgeName)).toEqual(['global', 'store', 'sessions']);
    expect(suspect?.held.map(({ className, count }) => `${count} ${className}`)).toContain('30 Session');
  });

  it('are ranked, and each is a part of the heap, whatever the heap', () => {
    fc.assert(
      fc.property(anyHeap(60), (nodes) => {
        const { heap } = explorerFromNodes(nodes);
        const suspicions = findSuspicions(heap.analysis, heap.classes, heap.memory);
        const scores = suspicions.map(({ score }) => score);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
        for (const { score, share } of suspicions) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
          expect(share).toBeGreaterThan(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('the score of a suspect', () => {
  it('is lower for as many as a limit would allow', () => {
    const score = (count: number) => scoreOf({ way: 'map', count, share: 0.3 });
    for (const limit of [500, 4096, 12_000]) expect(score(limit)).toBeLessThan(score(limit - 7));
  });

  it('is higher for timers and listeners than for data', () => {
    const score = (way: 'timers' | 'map') => scoreOf({ way, count: 2345, share: 0.1 });
    expect(score('timers')).toBeGreaterThan(score('map'));
  });
});
