import { describe, expect, it } from 'vitest';
import { finish, type Steps } from '../analysis/steps.ts';
import { HeapMemory } from '../memory/heap-memory.ts';
import { type Kept, KeptAnswers } from './kept-answers.ts';

function* weighing(weightBytes: number, onStep?: () => void): Steps<Kept> {
  onStep?.();
  yield 0.5;
  onStep?.();
  return { weightBytes };
}

function keeping(mostBytes = 10, memory = new HeapMemory(20)) {
  const kept = new KeptAnswers(memory, mostBytes);
  return {
    memory,
    get: (key: string, weightBytes = 4) => finish(kept.get(key, () => weighing(weightBytes))),
    kept,
  };
}

describe('what was asked last', () => {
  it('is made once as long as it is kept', () => {
    const { get } = keeping();
    expect(get('a')).toBe(get('a'));
  });

  it('stays when what was not asked for the longest has to go', () => {
    const { get, memory } = keeping();
    const [a, b] = [get('a'), get('b')];
    get('a');
    get('c');
    expect(memory.usedBytes).toBe(8);
    expect(get('a')).toBe(a);
    expect(get('b')).not.toBe(b);
  });

  it('is kept even when it alone is too heavy, unless there is no memory for it', () => {
    const { get, memory } = keeping();
    expect(get('a', 15)).toBe(get('a', 15));
    expect(memory.usedBytes).toBe(15);
    expect(get('b', 99)).not.toBe(get('b', 99));
    expect(memory.usedBytes).toBe(0);
  });

  it('is counted with what it has grown by', () => {
    const { kept, memory, get } = keeping();
    const value = { weightBytes: 2 };
    finish(
      kept.get('a', function* (): Steps<typeof value> {
        yield 0;
        return value;
      }),
    );
    value.weightBytes = 5;
    get('b');
    expect(memory.usedBytes).toBe(9);
  });

  it('is counted while it grows, and what was not asked for the longest goes for it', () => {
    const { kept, memory, get } = keeping();
    get('b');
    const value = { weightBytes: 2 };
    finish(
      kept.get('a', function* (): Steps<typeof value> {
        yield 0;
        return value;
      }),
    );
    value.weightBytes = 15;
    expect(kept.recount(value)).toBe(true);
    expect(memory.usedBytes).toBe(15);
    value.weightBytes = 25;
    expect(kept.recount(value)).toBe(false);
    expect(memory.usedBytes).toBe(0);
  });

  it('is made once for two who ask at the same time, and goes on when one of them leaves', () => {
    const { kept } = keeping();
    let steps = 0;
    const ask = () => kept.get('a', () => weighing(4, () => steps++));
    const [first, second] = [ask(), ask()];
    first.next();
    second.next();
    first.return(undefined as never);
    finish(second);
    expect(steps).toBe(2);
  });

  it('is given up when nobody wants it any more', () => {
    const { kept } = keeping();
    let isEnded = false;
    const asked = kept.get('a', function* (): Steps<Kept> {
      try {
        yield 0;
        return { weightBytes: 1 };
      } finally {
        isEnded = true;
      }
    });
    asked.next();
    asked.return(undefined as never);
    expect(isEnded).toBe(true);
  });
});
