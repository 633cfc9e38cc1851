import { describe, expect, it } from 'vitest';
import { countOf, isMatch, oldestOf, type PendingRow, placeOf, tellingFrame } from './pending-rows.ts';

const frame = (name: string, url: string, line = 7) => ({ name, url, line, column: 1 });
const node = frame('readFile', 'node:fs');
const library = frame('query', 'file:///srv/lobby/node_modules/pg/lib/client.js');
const own = frame('loadPlayer', 'file:///srv/lobby/players.ts', 42);

const row = (part: Partial<PendingRow> = {}): PendingRow => ({
  id: '0',
  type: 'file',
  resource: 'FSREQCALLBACK',
  stack: [node, library, own],
  count: 3,
  oldestAgeMs: 20,
  weight: 1,
  ...part,
});

describe('where an operation was begun', () => {
  it('is told by the innermost frame of own code, else by the innermost', () => {
    expect(tellingFrame([node, library, own])).toBe(own);
    expect(tellingFrame([node, library])).toBe(node);
    expect(tellingFrame([])).toBeUndefined();
  });

  it('is a short path with its line, and nothing for native code', () => {
    expect(placeOf(own)).toBe('lobby/players.ts:42');
    expect(placeOf(library)).toBe('pg/client.js:7');
    expect(placeOf(frame('x', '', 0))).toBe('');
  });
});

describe('the filter', () => {
  it.each([
    ['', ''],
    ['loadplayer', ''],
    ['players.ts:42', ''],
    ['fsreq', 'file'],
    ['pg client', ''],
  ])('keeps what has every word in its names: %j of %j', (typed, type) => {
    expect(isMatch(row(), typed, type)).toBe(true);
  });

  it.each([
    ['loadplayer nowhere', ''],
    ['', 'network'],
    ['loadplayer', 'timer'],
  ])('leaves out what lacks one: %j of %j', (typed, type) => {
    expect(isMatch(row(), typed, type)).toBe(false);
  });

  it('finds what was begun before the capture by what it is', () => {
    expect(isMatch(row({ stack: null }), 'fsreq', '')).toBe(true);
    expect(isMatch(row({ stack: null }), 'loadplayer', '')).toBe(false);
  });
});

describe('several groups', () => {
  it('count together, and are as old as the oldest whose age is known', () => {
    const rows = [row(), row({ count: 4, oldestAgeMs: null }), row({ count: 1, oldestAgeMs: 900 })];
    expect(countOf(rows)).toBe(8);
    expect(oldestOf(rows)).toBe(900);
    expect(oldestOf([row({ oldestAgeMs: null })])).toBeUndefined();
  });
});
