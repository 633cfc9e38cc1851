import { describe, expect, test } from 'vitest';
import { profileFromText } from '#profile/text/profile-from-text.ts';
import { findMatches } from '../search/function-search.ts';
import { toSubject } from '../state/subject-from-text.ts';
import { middleChoices } from './middle-choices.ts';

const subject = toSubject(
  profileFromText(`
    main   main   main   main  main
    parse  parse  parse  draw  draw
    read   read   scan   pen   (garbage collector)
  `),
  { picture: 'sandwich' },
);
const { profile, view, label } = subject;
const matching = (pattern: RegExp) =>
  findMatches(view.tree, profile.functions.length, (func) => pattern.test(label(func)));

describe('what else can stand between callers and callees', () => {
  test('is what took most itself, but what stands there already', () => {
    expect(label(view.middle ?? 0)).toBe('read');
    expect(middleChoices(subject, undefined).map(label)).toEqual(['scan', 'pen', '(garbage collector)']);
  });

  test('is what a search found, the heaviest first', () => {
    expect(middleChoices(subject, matching(/n$/)).map(label)).toEqual(['main', 'scan', 'pen']);
    expect(middleChoices(subject, matching(/nothing/))).toEqual([]);
  });
});
