import { describe, expect, test } from 'vitest';
import type { HeapPage, HeapRows } from '#profile/heap/query/heap-query.ts';
import { HeapAskCancelled } from '../source/heap-source.ts';
import { PAGE_ROWS, PagedTree } from './paged-tree.ts';

/** Answers when it is told to: rows are numbers, and below each stand as many as `countOf` says. */
class Answers {
  readonly asked: { text: string; page: HeapPage; signal: AbortSignal; answer(): void; fail(): void }[] = [];
  readonly #countOf: (path: readonly string[]) => number;

  constructor(countOf: (path: readonly string[]) => number) {
    this.#countOf = countOf;
  }

  fetch = (path: readonly string[], page: HeapPage, signal: AbortSignal) =>
    new Promise<HeapRows<number>>((resolve, reject) => {
      const total = this.#countOf(path);
      const end = Math.min(total, page.offset + page.limit);
      const rows = Array.from({ length: Math.max(0, end - page.offset) }, (_, at) => page.offset + at);
      this.asked.push({
        text: `${path.join('/')}:${page.offset}`,
        page,
        signal,
        answer: () => resolve({ rows, total }),
        fail: () => reject(new Error('no answer')),
      });
    });

  async answerAll(): Promise<void> {
    for (const { answer } of this.asked.splice(0)) answer();
    await new Promise((resolve) => setTimeout(resolve));
  }
}

const treeOf = (answers: Answers) => new PagedTree<number>({ fetch: answers.fetch, keyOf: String }, () => {});

/** The lines as a reader sees them: indented, with a dot for what has not come. */
function drawn(tree: PagedTree<number>, from = 0, to = tree.count): string[] {
  return Array.from({ length: to - from }, (_, at) => {
    const line = tree.lineAt(from + at);
    const text = line?.state === 'row' ? String(line.row) : line?.state === 'failed' ? '!' : '.';
    return `${'  '.repeat((line?.level ?? 1) - 1)}${text}`;
  });
}

describe('a tree that comes in pages', () => {
  test('is one line that waits until its length is known, and then as long as it is', async () => {
    const answers = new Answers(() => 100_000);
    const tree = treeOf(answers);
    expect(drawn(tree)).toEqual(['.']);
    tree.want(0, 30);
    await answers.answerAll();
    expect(tree.count).toBe(100_000);
    expect(drawn(tree, 98, 102)).toEqual(['98', '99', '.', '.']);
  });

  test('fetches what is seen, once, and gives up what no longer is', async () => {
    const answers = new Answers(() => 100_000);
    const tree = treeOf(answers);
    tree.want(0, 30);
    await answers.answerAll();
    tree.want(5000, 5030);
    tree.want(5000, 5030);
    expect(answers.asked.map(({ text }) => text)).toEqual([':5000']);
    const [left] = answers.asked;
    tree.want(90_090, 90_110);
    expect(left?.signal.aborted).toBe(true);
    expect(answers.asked.map(({ text }) => text)).toEqual([':5000', ':90000', ':90100']);
    await answers.answerAll();
    expect(drawn(tree, 5000, 5001)).toEqual(['.']);
    expect(drawn(tree, 90_099, 90_101)).toEqual(['90099', '90100']);
  });

  test('that is cancelled gives up what was asked for, says so, and asks again when it is to', async () => {
    const answers = new Answers((path) => (path.length === 0 ? 2 : 1));
    const tree = treeOf(answers);
    tree.want(0, 30);
    expect(tree.askingSince).toBeTypeOf('number');
    await answers.answerAll();
    expect(tree.askingSince).toBeUndefined();
    tree.setOpen([['1']]);
    tree.want(0, 30);
    const [asked] = answers.asked;
    tree.cancel();
    expect(asked?.signal.aborted).toBe(true);
    expect(drawn(tree)).toEqual(['0', '1', '  !']);
    expect(tree.lineAt(2)).toMatchObject({ state: 'failed', error: expect.any(HeapAskCancelled) });
    tree.want(0, 30);
    expect(answers.asked).toHaveLength(1);
    tree.retry();
    tree.want(0, 30);
    await answers.answerAll();
    expect(drawn(tree)).toEqual(['0', '1', '  0']);
  });

  test('has below each open row what it holds, however deep, and finds each row where it is', async () => {
    const answers = new Answers((path) => (path.length === 0 ? 3 : path.length === 1 ? 2 : 1));
    const tree = treeOf(answers);
    tree.setOpen([['0'], ['0', '1'], ['2']]);
    for (let nth = 0; nth < 3; nth++) {
      tree.want(0, 30);
      await answers.answerAll();
    }
    expect(drawn(tree)).toEqual(['0', '  0', '  1', '    0', '1', '2', '  0', '  1']);
    expect(tree.indexOf(['0', '1', '0'])).toBe(3);
    expect(tree.indexOf(['2', '1'])).toBe(7);
    expect(tree.indexOf(['1', '0'])).toBe(-1);
    expect(tree.lineAt(2)).toMatchObject({ level: 2, position: 1, neighbours: 2, isOpen: true });
    tree.setOpen([['0']]);
    expect(drawn(tree)).toEqual(['0', '  0', '  1', '1', '2']);
  });

  test('agrees with itself at every line, whatever is open', async () => {
    const answers = new Answers((path) => (path.length < 4 ? 5 - path.length : 0));
    const tree = treeOf(answers);
    const open = [['1'], ['1', '0'], ['1', '0', '2'], ['1', '3'], ['4'], ['4', '3'], ['4', '3', '0']];
    tree.setOpen(open);
    for (let nth = 0; nth < 5; nth++) {
      tree.want(0, 100);
      await answers.answerAll();
    }
    const paths = Array.from({ length: tree.count }, (_, at) => tree.lineAt(at)).map((line) =>
      line?.state === 'row' ? line.path : [],
    );
    expect(paths.map((path) => tree.indexOf(path))).toEqual(paths.map((_, at) => at));
    expect(paths.length).toBe(5 + 4 + 3 + 2 + 3 + 4 + 3 + 2);
  });

  test('looks for a row that is far down, one page after another, below what is open', async () => {
    const answers = new Answers((path) => (path.length === 0 ? 450 : 250));
    const tree = treeOf(answers);
    tree.setOpen([['310']]);
    tree.seek(['310', '205']);
    for (let nth = 0; tree.indexOf(['310', '205']) < 0 && nth < 20; nth++) {
      tree.want(0, 30);
      await answers.answerAll();
    }
    expect(tree.indexOf(['310', '205'])).toBe(310 + 1 + 205);
    tree.want(0, 30);
    expect(answers.asked).toEqual([]);
  });

  test('gives up looking for a row that is not there', async () => {
    const answers = new Answers(() => 250);
    const tree = treeOf(answers);
    tree.seek(['nowhere']);
    for (let nth = 0; nth < 5; nth++) {
      tree.want(0, 30);
      await answers.answerAll();
    }
    tree.want(0, 30);
    expect(answers.asked).toEqual([]);
  });

  test('says where something did not come, and asks again when it is told to', async () => {
    const answers = new Answers(() => 2);
    const tree = treeOf(answers);
    tree.want(0, 30);
    answers.asked.splice(0)[0]?.fail();
    await answers.answerAll();
    expect(drawn(tree)).toEqual(['!']);
    expect(tree.failure).toEqual(new Error('no answer'));
    tree.want(0, 30);
    expect(answers.asked).toEqual([]);
    tree.retry();
    tree.want(0, 30);
    await answers.answerAll();
    expect(drawn(tree)).toEqual(['0', '1']);
  });

  test('gives up all it asked for when it is stopped', () => {
    const answers = new Answers(() => PAGE_ROWS);
    const tree = treeOf(answers);
    tree.want(0, 1);
    tree.stop();
    expect(answers.asked.map(({ signal }) => signal.aborted)).toEqual([true]);
  });
});
