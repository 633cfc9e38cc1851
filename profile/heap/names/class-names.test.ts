import { describe, expect, it } from 'vitest';
import type { HeapNodeType } from '../model/heap-graph.ts';
import { explorerFromNodes, explorerFromText } from '../text/explorer-from-text.ts';
import type { DrawnNode } from '../text/heap-drawing.ts';

/** Class and label of what was drawn. */
function names(text: string, label: string) {
  const { explorer, id } = explorerFromText(text);
  const { row } = explorer.answer({ ask: 'object', object: id(label) });
  return { className: row.className, label: row.label };
}

function classOf(text: string, label: string): string {
  return names(text, label).className;
}

describe('the class of an object', () => {
  it.each([
    ['Player 16', 'Player'],
    ['"hello" as string 16', '(string)'],
    ['elements as array 16', '(array)'],
    ['login as closure 16', 'Function'],
    ['bytes as code 16', '(compiled code)'],
    ['map as hidden 16', '(system)'],
    ['shape as object shape 16', '(object shape)'],
    ['whole as concatenated string 16', '(concatenated string)'],
    ['/a/ as regexp 16', 'RegExp'],
    ['9n as bigint 16', '(bigint)'],
    ['Window as native 16', 'Window'],
  ])('of %s is %s', (drawn, className) => {
    const label = drawn.split(/ as | \d/)[0] as string;
    expect(classOf(`root\n  shortcut x: ${drawn}`, label)).toBe(className);
  });

  it('of an element of a page leaves its attributes out', () => {
    const text = `
root
  shortcut a: <div id="a" class="b"> as native 16
  shortcut b: Detached <p title="c"> as native 16
  shortcut c: <a> as native 16`;
    expect(classOf(text, '<div id="a" class="b">')).toBe('<div>');
    expect(classOf(text, 'Detached <p title="c">')).toBe('Detached <p>');
    expect(classOf(text, '<a>')).toBe('<a>');
  });
});

describe('the class of what is no longer part of a page', () => {
  it('says so', () => {
    const text = `
root
  shortcut global: Window 16
    a: <div id="x"> as native 16 detached
      b: <p> as native 16
    c: <b> as native 16 attached
    d: Session 16 detached`;
    expect(classOf(text, '<div id="x">')).toBe('Detached <div>');
    expect(classOf(text, '<p>')).toBe('Detached <p>');
    expect(classOf(text, '<b>')).toBe('<b>');
    expect(classOf(text, 'Session')).toBe('Session');
  });
});

describe('plain objects', () => {
  const room = `
root
  shortcut global: Window 16
    element 0: Object#1 24
      id: a as number 8
      name: b as number 8
    element 1: Object#2 24
      id: a
      name: b
    element 2: Object#3 24
      id: a
      name: b
      seat: c as number 8
    element 3: Object#4 24
      name: b
      id: a
    element 4: Object#5 24
      seat: c
    element 5: Object#6 24
      id: a
      name: b
      __proto__: d as number 8`;

  it('of one shape are a class, however many it is that of', () => {
    expect(classOf(room, 'Object#1')).toBe('{id, name}');
    expect(classOf(room, 'Object#2')).toBe('{id, name}');
  });

  it('of a rare shape belong to the common one that says most of them', () => {
    expect(classOf(room, 'Object#3')).toBe('{id, name}');
  });

  it('with the same properties in another order are of the same class', () => {
    expect(classOf(room, 'Object#4')).toBe('{id, name}');
  });

  it('of a shape that nothing shares are just objects', () => {
    expect(classOf(room, 'Object#5')).toBe('Object');
  });

  it('are told apart without their prototype', () => {
    expect(classOf(room, 'Object#6')).toBe('{id, name}');
  });

  it('of the more frequent of two shapes that say as much are of that one', () => {
    const pairs = ['ab', 'ab', 'ac', 'ac', 'ac', 'abc'].map(
      (properties, index) =>
        `    element ${index}: Object#${index} 24\n${[...properties]
          .map((property) => `      ${property}: v as number 8`)
          .join('\n')}`,
    );
    expect(classOf(`root\n  shortcut global: Window 16\n${pairs.join('\n')}`, 'Object#5')).toBe('{a, c}');
  });

  it('whose name would be too long are told apart by the properties that fit', () => {
    const properties = Array.from({ length: 30 }, (_, index) => `property${index}`);
    const objects = [0, 1].map(
      (index) =>
        `    element ${index}: Object#${index} 24\n${properties
          .map((property) => `      ${property}: v as number 8`)
          .join('\n')}`,
    );
    const className = classOf(`root\n  shortcut global: Window 16\n${objects.join('\n')}`, 'Object#1');
    expect(className).toBe(`{${properties.slice(0, 11).join(', ')}}`);
  });

  it('with a comma in a property have it in quotes', () => {
    const text = `
root
  shortcut global: Window 16
    element 0: Object#1 24
      a,b: v as number 8
    element 1: Object#2 24
      a,b: v`;
    expect(classOf(text, 'Object#1')).toBe('{"a,b"}');
  });
});

describe('the label of an object', () => {
  const label = (drawn: string) => {
    const name = (drawn.split('\n')[0] ?? '').split(/ as | \d/)[0] as string;
    return names(`root\n  shortcut x: ${drawn}`, name).label;
  };

  it('is the content of a string in quotes', () => {
    expect(label('hello as string 16')).toBe('"hello"');
  });

  it('is cut when the content is long', () => {
    expect(label(`${'x'.repeat(300)} as string 16`)).toBe(`"${'x'.repeat(119)}…"`);
  });

  it('of a string that the agent took out says how long it was, without quotes', () => {
    expect(label('<12 characters> as string 16')).toBe('<12 characters>');
  });

  it('is the name of a function', () => {
    expect(label('login as closure 16')).toBe('login()');
  });

  it.each([
    ['closure', '(anonymous)()'],
    ['array', '(array)'],
    ['code', '(compiled code)'],
  ] as const)('of a nameless %s is %s', (type, label) => {
    const node = (type: HeapNodeType, id: number, edges: DrawnNode['edges']): DrawnNode => ({
      name: '',
      type,
      id,
      selfSize: 16,
      detachedness: 0,
      edges,
    });
    const { explorer } = explorerFromNodes([
      node('synthetic', 1, [{ type: 'shortcut', name: 'x', to: 1 }]),
      node(type, 3, []),
    ]);
    expect(explorer.answer({ ask: 'object', object: 3 }).row.label).toBe(label);
  });

  it('says what an object of a class holds', () => {
    expect(label('Player 16\n    id: v as number 8\n    name: v')).toBe('Player {id, name}');
    expect(label('Object 16\n    id: v as number 8\n    __proto__: w as number 8')).toBe('{id}');
    expect(label('Object 16')).toBe('{}');
  });

  it('says how long an array is', () => {
    expect(label('Array 16\n    element 0: v as number 8\n    element 4: v')).toBe('Array(5)');
  });

  it('puts a concatenated string together', () => {
    expect(
      label(
        '(concatenated string) as concatenated string 16\n    internal first: Hello  as string 8\n    internal second: World as string 8',
      ),
    ).toBe('"Hello World"');
  });
});
