import { describe, expect, it } from 'vitest';
import type { Steps } from '../analysis/steps.ts';
import { QuestionTurns } from './question-turns.ts';

/** Questions of so many steps of 20 ms each, by a clock that only they move. */
function clocked() {
  let nowMs = 0;
  const done: string[] = [];
  const ended: string[] = [];
  const turns = new QuestionTurns({ later: (run) => void setImmediate(run), now: () => nowMs });
  function* question(name: string, steps: number): Steps<string> {
    try {
      for (let step = 0; step < steps; step++) {
        nowMs += 20;
        yield step / steps;
      }
      return name;
    } finally {
      ended.push(`${name} after ${nowMs} ms`);
    }
  }
  const ask = async (name: string, steps: number, signal = new AbortController().signal) => {
    await turns.run(question(name, steps), signal);
    done.push(name);
  };
  return { ask, done, ended, turns };
}

describe('questions', () => {
  it('that are short are answered while a long one goes on', async () => {
    const { ask, done } = clocked();
    await Promise.all([ask('long', 50), ask('short', 2), ask('another', 4)]);
    expect(done).toEqual(['short', 'another', 'long']);
  });

  it('that are long come to their end, the first one first, though new ones come all the time', async () => {
    const { ask, done } = clocked();
    const longs = [ask('first', 20), ask('second', 20)];
    let isOver = false;
    const stream = (async () => {
      while (!isOver) await ask('short', 1);
    })();
    await Promise.all(longs);
    isOver = true;
    await stream;
    expect(done.filter((name) => name !== 'short')).toEqual(['first', 'second']);
  });

  it('that nobody waits for any more go no further', async () => {
    const { ask, ended } = clocked();
    const gone = new AbortController();
    const asked = ask('long', 1000, gone.signal);
    await ask('short', 1);
    gone.abort(new Error('gone'));
    await expect(asked).rejects.toThrow('gone');
    await ask('next', 1);
    const longMs = Number(/after (\d+)/.exec(ended.find((end) => end.startsWith('long')) ?? '')?.[1]);
    expect(longMs).toBeLessThan(200);
  });

  it('are not begun for somebody who has gone before', async () => {
    const { ask, ended } = clocked();
    await expect(ask('late', 1, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(ended).toEqual([]);
  });

  it('that fail keep the others from nothing', async () => {
    const { ask, turns } = clocked();
    const failing = turns.run(
      (function* (): Steps<void> {
        yield 0;
        throw new Error('not known');
      })(),
      new AbortController().signal,
    );
    await Promise.all([expect(failing).rejects.toThrow('not known'), ask('other', 3)]);
  });
});
