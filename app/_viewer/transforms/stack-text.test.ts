import { describe, expect, test } from 'vitest';
import { profileFromText } from '#profile/text/profile-from-text.ts';
import type { ViewChoice } from '../loading/protocol.ts';
import { rowsNamed, toSubject } from '../state/subject-from-text.ts';
import { stackText } from './stack-text.ts';

const profile = profileFromText(`
  main@/srv/main.ts:1
  parse@/srv/parse.ts:3
  read@node:fs:9
`);
const subjectOf = (choice: Partial<ViewChoice>) => toSubject(profile, choice);
const STACK = 'read (node:fs:9)\nparse (srv/parse.ts:3)\nmain (srv/main.ts:1)';

describe('a stack as text', () => {
  test('begins with what was called last', () => {
    const subject = subjectOf({});
    const [row = 0] = rowsNamed(subject, 'read');
    expect(stackText(subject, subject.view.tree, row, false)).toBe(STACK);
  });

  test('reads the same where callers stand below what they called', () => {
    const subject = subjectOf({ picture: 'callers' });
    const [row = 0] = rowsNamed(subject, 'main');
    expect(stackText(subject, subject.view.tree, row, true)).toBe(STACK);
  });

  test('has the function whose callers or callees are shown', () => {
    const subject = subjectOf({ picture: 'sandwich' });
    const { callers } = subject.view;
    expect(callers && stackText(subject, callers.tree, callers.tree.length - 1, true)).toBe(STACK);
    expect(stackText(subject, subject.view.tree, 0, false)).toBe('read (node:fs:9)');
  });
});
