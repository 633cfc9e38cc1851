import { describe, expect, test } from 'vitest';
import { pprofFromText, readPprof } from '#profile/text/pprof-from-text.ts';
import { toSubject } from '../state/subject-from-text.ts';
import { GroupedProfiles } from './grouped-profile.ts';

const profile = readPprof(
  pprofFromText(`
    contentions/count delay/nanoseconds
    main;query 3 2000 lock=wallet
    main;query 1 5000 lock=pool
    main;pay   1 1000
  `),
);

describe('a profile grouped by a label', () => {
  const grouped = new GroupedProfiles();

  test('has the values of the label below its root, and all that it had', () => {
    const { view, label } = toSubject(grouped.find(profile, 'lock'), { valueType: 'delay' });
    const { tree } = view;
    const below = Array.from(tree.func.keys()).filter((row) => tree.depth[row] === 1);
    expect(below.map((row) => `${label(tree.func[row] as number)} ${tree.total[row]}`)).toEqual([
      'pool 5000',
      'wallet 2000',
      '(anonymous) 1000',
    ]);
    expect(tree.total[0]).toBe(8000);
  });

  test('is made once as long as it is asked for', () => {
    expect(grouped.find(profile, 'lock')).toBe(grouped.find(profile, 'lock'));
  });

  test('is the profile itself without a label, or with one that no sample bears', () => {
    expect(grouped.find(profile, undefined)).toBe(profile);
    expect(grouped.find(profile, 'nothing')).toBe(profile);
  });
});
