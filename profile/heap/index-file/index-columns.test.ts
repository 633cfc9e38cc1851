import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeapExplorer } from '../query/heap-explorer.ts';
import type { HeapQuery } from '../query/heap-query.ts';
import { OpenHeap } from '../query/open-heap.ts';
import { explorerFromNodes, explorerFromText } from '../text/explorer-from-text.ts';
import { anyHeap } from '../text/heap-arbitraries.ts';
import type { IndexColumns } from './column-access.ts';
import { fromIndexColumns, toIndexColumns } from './index-columns.ts';
import { type Column, kindOf } from './index-layout.ts';
import { IndexUnusable } from './index-table.ts';

const PAGE = { offset: 0, limit: 100 };
const QUESTIONS: readonly HeapQuery[] = [
  { ask: 'summary' },
  { ask: 'classes', filter: '', order: { by: 'name', descending: false }, page: PAGE },
  { ask: 'objects', filter: '', order: { by: 'id', descending: false }, page: PAGE },
  { ask: 'dominated', order: { by: 'id', descending: false }, page: PAGE },
  { ask: 'object', object: 1 },
  { ask: 'fields', object: 1, filter: '', page: PAGE },
  { ask: 'retainers', object: 1, ignored: [], page: PAGE },
  { ask: 'pathFromRoot', object: 1, ignored: [] },
  { ask: 'retainerPaths', of: { object: 1 }, path: [], ignored: [], page: PAGE },
  { ask: 'retainedSet', object: 1, order: { by: 'name', descending: false }, page: PAGE },
  { ask: 'duplicateStrings', filter: '', page: PAGE },
  { ask: 'suspects' },
];

/** Columns as an index has them, and which of them were read. */
function kept(columns: Readonly<Record<string, Column>>) {
  const read = new Set<string>();
  const columnOf = (name: string) => {
    const column = columns[name];
    if (!column) throw new IndexUnusable(`it has no column ${name}`);
    return column;
  };
  const access: IndexColumns = {
    has: (name) => name in columns,
    lengthOf: (name) => columns[name]?.length ?? 0,
    read: (name) => {
      read.add(name);
      return columnOf(name);
    },
    kindOf: (name) => kindOf(columnOf(name)),
    cells: (name) => ({ length: columnOf(name).length, get: (index) => access.read(name)[index] as number }),
  };
  return { access, read };
}

function reopened(columns: Readonly<Record<string, Column>>) {
  const { access, read } = kept(columns);
  const { analysis, classes, tables } = fromIndexColumns(access);
  return { explorer: new HeapExplorer(new OpenHeap(analysis, classes, undefined, tables)), analysis, read };
}

describe('a heap from its index', () => {
  test('answers every question as it did before', () => {
    fc.assert(
      fc.property(anyHeap(12), (nodes) => {
        const { heap, explorer } = explorerFromNodes(nodes);
        const again = reopened(toIndexColumns(heap)).explorer;
        for (const query of QUESTIONS) expect(again.answer(query)).toEqual(explorer.answer(query));
      }),
      { numRuns: 50 },
    );
  });

  test('knows the holder of every edge', () => {
    fc.assert(
      fc.property(anyHeap(12), (nodes) => {
        const { heap } = explorerFromNodes(nodes);
        const { analysis } = reopened(toIndexColumns(heap));
        for (let edge = 0; edge < heap.graph.edges.length; edge++) {
          expect(analysis.holderOf(edge)).toBe(heap.analysis.holderOf(edge));
        }
      }),
      { numRuns: 50 },
    );
  });

  test('reads nothing before it is asked, and for its classes no column of objects or references', () => {
    const { heap } = explorerFromText(`
      root
        a: A 10
          b: B 20
    `);
    const { explorer, read } = reopened(toIndexColumns(heap));
    expect([...read]).toEqual([]);
    explorer.answer({ ask: 'classes', filter: '', order: { by: 'name', descending: false }, page: PAGE });
    expect([...read].filter((name) => !/^(classes\.names|totals\.)/.test(name))).toEqual([]);
  });

  test('is unusable when a column is missing or of another kind', () => {
    const { heap } = explorerFromText('root\n  a: A 10');
    const columns = toIndexColumns(heap);
    const ask = (changed: Record<string, Column>) => () =>
      reopened(changed).explorer.answer({ ask: 'object', object: 3 });
    const { dominator: _, ...missing } = columns;
    expect(ask(missing)).toThrow(IndexUnusable);
    expect(ask({ ...columns, retainedSize: new Uint8Array(8) })).toThrow(IndexUnusable);
  });
});
