import { describe, expect, test } from 'vitest';
import { profileFromText } from '../text/profile-from-text.ts';
import { chooseProfile, toProfileSet } from './profile-set.ts';

const quiet = { name: 'quiet', profile: profileFromText('main') };
const busy = { name: 'busy', profile: profileFromText('main  main  main') };
const idle = { name: 'idle', profile: profileFromText('(idle)  (idle)  (idle)  (idle)  (idle)') };

describe('a set of profiles', () => {
  test('shows the one first in which most happened, and idle time is nothing that happened', () => {
    expect(chooseProfile(toProfileSet([quiet, busy, idle])).name).toBe('busy');
    expect(chooseProfile(toProfileSet([idle])).name).toBe('idle');
  });

  test('finds the one of a name, and takes the first to show for a name that none has', () => {
    const set = toProfileSet([quiet, busy]);
    expect(chooseProfile(set, 'quiet').profile).toBe(quiet.profile);
    expect(chooseProfile(set, 'gone').name).toBe('busy');
  });

  test('gives each a name of its own', () => {
    const names = ['a', 'a', 'a (2)', 'a'].map((name) => ({ ...quiet, name }));
    expect(toProfileSet(names).profiles.map(({ name }) => name)).toEqual([
      'a',
      'a (2)',
      'a (2) (2)',
      'a (3)',
    ]);
  });
});
