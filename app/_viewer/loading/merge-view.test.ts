import { describe, expect, test } from 'vitest';
import { type CallTree, toFunctionName } from '#profile/index.ts';
import { profileFromText } from '#profile/text/profile-from-text.ts';
import { toSubject } from '../state/subject-from-text.ts';
import type { ViewChoice } from './protocol.ts';

const profile = profileFromText(`
  main   main   main   main   (idle)
  parse  parse  draw   draw
  read   read   read   paint
  read
`);
const named = (name: string) => {
  const func = Array.from(profile.functions.name).findIndex((at) => profile.strings[at] === name);
  return func < 0 ? { name, url: '', line: 0, column: 0 } : toFunctionName(profile, func);
};
const viewOf = (choice: Partial<ViewChoice>) => toSubject(profile, choice);

/** Indented by depth, with the total in milliseconds. */
function lines(choice: Partial<ViewChoice>, of: 'tree' | 'callers' = 'tree'): string[] {
  const { view, label } = viewOf(choice);
  const tree: CallTree | undefined = of === 'tree' ? view.tree : view.callers?.tree;
  if (tree === undefined) return [];
  return Array.from(
    tree.func,
    (func, row) =>
      `${'  '.repeat(tree.depth[row] as number)}${label(func)} ${(tree.total[row] as number) / 1000}`,
  );
}

describe('what is put together for a view', () => {
  test('has transforms done to its stacks, and tells what they left out', () => {
    const { view } = viewOf({
      transforms: [{ kind: 'focus', frames: { by: 'function', function: named('parse') } }],
    });
    expect(view.tree.total[0]).toBe(2000);
    expect(view.leftOut).toBe(2000);
    expect(view.whole).toBe(4000);
    expect(viewOf({}).view).toMatchObject({ leftOut: 0, whole: 4000 });
  });

  test('turns stacks around', () => {
    expect(lines({ picture: 'callers' }).filter((line) => /^ {0,2}\S/.test(line))).toEqual([
      '(root) 4',
      '  read 3',
      '  paint 1',
    ]);
  });

  test('puts a function between its callers and its callees, without a root above it', () => {
    const choice: Partial<ViewChoice> = { picture: 'sandwich', middle: named('draw') };
    expect(lines(choice)).toEqual(['draw 2', '  read 1', '  paint 1']);
    expect(lines(choice, 'callers')).toEqual(['draw 2', '  main 2']);
    expect(viewOf(choice).view.layout.rows.length).toBe(3);
  });

  test('counts a function that calls itself once between its callers and its callees', () => {
    expect(lines({ picture: 'sandwich', middle: named('read') })[0]).toBe('read 3');
  });

  test('takes the function that took most itself where none is named, or none of that name is there', () => {
    expect(lines({ picture: 'sandwich' })[0]).toBe('read 3');
    expect(lines({ picture: 'sandwich', middle: named('gone') })[0]).toBe('read 3');
  });

  test('sums up calls as they are whatever is drawn of them', () => {
    const self = (choice: Partial<ViewChoice>) => Array.from(viewOf(choice).view.totals.self);
    expect(self({ picture: 'callers' })).toEqual(self({}));
    expect(self({ picture: 'sandwich' })).toEqual(self({}));
  });
});
