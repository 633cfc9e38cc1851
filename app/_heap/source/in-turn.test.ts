import { describe, expect, test } from 'vitest';
import { inTurn } from './in-turn.ts';

/** What was begun, each of which ends when it is told to. */
function begin(most: number) {
  const ask = inTurn(most);
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  const run = (name: string, signal = new AbortController().signal) =>
    ask(() => {
      begun.push(name);
      const end = Promise.withResolvers<string>();
      ends.set(name, end);
      return end.promise;
    }, signal);
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return {
    begun,
    run,
    settled,
    end: (name: string) => {
      ends.get(name)?.resolve(name);
      return settled();
    },
    fail: (name: string) => {
      ends.get(name)?.reject(new Error('no answer'));
      return settled();
    },
  };
}

describe('questions in turn', () => {
  test('are asked so many at once, and the others in the order in which they came', async () => {
    const { begun, run, end } = begin(2);
    const asked = ['a', 'b', 'c', 'd'].map((name) => run(name));
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    for (const name of ['a', 'c', 'd']) await end(name);
    expect(await Promise.all(asked)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('are not passed by one that comes in the moment in which one ends', async () => {
    const { begun, run, end } = begin(1);
    void run('a');
    void run('b');
    await Promise.all([end('a'), Promise.resolve().then(() => void run('c'))]);
    expect(begun).toEqual(['a', 'b']);
  });

  test('that fail make room as well', async () => {
    const { begun, run, fail } = begin(1);
    const failed = expect(run('a')).rejects.toThrow('no answer');
    void run('b');
    await fail('a');
    await failed;
    expect(begun).toEqual(['a', 'b']);
  });

  test('that nobody wants any more before their turn are not asked, and keep nobody waiting', async () => {
    const { begun, run, end } = begin(1);
    void run('a');
    const gone = new AbortController();
    const left = expect(run('b', gone.signal)).rejects.toThrow('gone');
    void run('c');
    gone.abort(new Error('gone'));
    await left;
    await end('a');
    expect(begun).toEqual(['a', 'c']);
  });
});
