import { createHook } from 'node:async_hooks';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { takeCallSites } from './call-sites.ts';
import { StackMirror } from './stack-mirror.ts';
import { emptyStack, type StackId, StackTable } from './stack-table.ts';

/** "leaf < its caller": the names of the service's own functions. */
function draw(table: StackTable, stack: StackId): string {
  const mirror = copy(table);
  return mirror
    .framesOf(stack)
    .map((frame) => mirror.frames[frame]?.name)
    .join(' < ');
}

function copy(table: StackTable, most = 1000): StackMirror {
  const mirror = new StackMirror();
  for (let size = -1; size !== mirror.frames.length + mirror.stacks; ) {
    size = mirror.frames.length + mirror.stacks;
    mirror.add(table.partFrom(mirror.frames.length, mirror.stacks, most));
  }
  return mirror;
}

/** What an agent's function does that the service calls. */
function ours(table: StackTable): StackId {
  return table.capture(ours);
}

function inner(table: StackTable): StackId {
  return ours(table);
}

function deep(table: StackTable, levels: number): StackId {
  return levels === 0 ? ours(table) : deep(table, levels - 1);
}

const settings = ['prepareStackTrace', 'stackTraceLimit'] as const;
const before = settings.map((name) => [name, Object.getOwnPropertyDescriptor(Error, name)] as const);

afterEach(() => {
  for (const [name, descriptor] of before) {
    if (descriptor) Object.defineProperty(Error, name, descriptor);
    else Reflect.deleteProperty(Error, name);
  }
});

describe('a stack', () => {
  it('begins at whoever called the agent, with where that is', () => {
    const table = new StackTable();
    const stack = inner(table);
    expect(draw(table, stack)).toMatch(/^inner < /);
    const frame = copy(table).frames.find(({ name }) => name === 'inner');
    expect(frame?.url).toBe(import.meta.url);
    expect(frame?.line).toBe((frame?.functionLine ?? 0) + 1);
  });

  it('is the same number each time, and another from another line', () => {
    const table = new StackTable();
    const take = () => inner(table);
    const [one, two] = [1, 2].map(take);
    expect(one).toBe(two);
    expect(inner(table)).not.toBe(one);
  });

  it('is as deep as agreed, counted from its leaf', () => {
    const table = new StackTable({ depth: 5 });
    expect(draw(table, deep(table, 20))).toBe('deep < deep < deep < deep < deep');
  });

  it('leaves out what Node does inside', async () => {
    const table = new StackTable();
    const stacks: StackId[] = [];
    function init(_: number, type: string) {
      if (type === 'FSREQPROMISE') stacks.push(table.capture(init));
    }
    const hook = createHook({ init }).enable();
    async function loadLevel() {
      await readFile(new URL(import.meta.url));
    }
    await loadLevel();
    hook.disable();
    expect(draw(table, stacks[0] as StackId)).toMatch(/^loadLevel < /);
    expect(copy(table).frames.some(({ url }) => url.startsWith('node:internal/'))).toBe(false);
  });

  it('is that of whatever began it when there is nothing but Node', () => {
    const table = new StackTable();
    const began = inner(table);
    expect(table.capture(function notOnTheStack() {}, began)).toBe(began);
    expect(table.capture(function notOnTheStack() {})).toBe(emptyStack);
  });
});

describe('a table that is full', () => {
  it('makes one of all further stacks, and counts them', () => {
    const table = new StackTable({ stacks: 40, depth: 10 });
    const stacks = Array.from({ length: 30 }, (_, levels) => deep(table, levels));
    const other = new Function('take', 'return take()')(() => ours(table)) as StackId;
    expect(table.untold).toBeGreaterThan(0);
    expect(draw(table, other)).toBe('(stacks beyond the table)');
    expect(draw(table, stacks[0] as StackId)).toMatch(/^deep < /);
    expect(copy(table).stacks).toBeLessThanOrEqual(41);
  });

  it('is handed over whole in parts of any size', () => {
    const table = new StackTable();
    const stack = deep(table, 9);
    const [small, large] = [copy(table, 3), copy(table)];
    expect(small.frames).toEqual(large.frames);
    expect(small.framesOf(stack)).toEqual(large.framesOf(stack));
  });
});

describe('the service’s own way with stacks', () => {
  const function_ = function called() {
    return takeCallSites(called, 10);
  };

  it('is untouched when it has none', () => {
    for (const name of settings) Reflect.deleteProperty(Error, name);
    expect(function_().length).toBeGreaterThan(1);
    for (const name of settings) expect(Object.hasOwn(Error, name)).toBe(false);
  });

  it('is untouched when it has one', () => {
    const prepare = () => 'as the service likes it';
    Error.prepareStackTrace = prepare;
    Error.stackTraceLimit = 1;
    expect(function_().length).toBeGreaterThan(1);
    expect(Error.prepareStackTrace).toBe(prepare);
    expect(Error.stackTraceLimit).toBe(1);
    expect(new Error('its own').stack).toBe('as the service likes it');
  });

  it('is respected when it lets nobody else in', () => {
    const prepare = () => 'only so';
    Object.defineProperty(Error, 'prepareStackTrace', {
      value: prepare,
      writable: false,
      configurable: true,
    });
    expect(function_()).toEqual([]);
    expect(Error.prepareStackTrace).toBe(prepare);
  });
});
