import { describe, expect, it } from 'vitest';
import { findEntries, type PaletteEntry, type PaletteGroup } from './palette-search.ts';

const entry = (
  group: PaletteGroup,
  name: string,
  part: Partial<PaletteEntry<never>> = {},
): PaletteEntry<never> => ({
  id: `${group} ${name}`,
  group,
  name,
  run: () => {},
  ...part,
});

const entries = [
  entry('services', 'user-service'),
  entry('services', 'lobby'),
  entry('instances', 'user-service-0', { words: 'host-7' }),
  entry('commands', 'Take CPU profile of user-service'),
  entry('commands', 'Take CPU profile of lobby'),
  entry('commands', 'Take CPU profile of user-service-0', { onlyWhenTyped: true }),
  entry('commands', 'Use dark theme', { isGeneral: true }),
  entry('captures', 'CPU profile of lobby', { words: 'leak' }),
];
const found = (typed: string) =>
  findEntries(entries, typed).flatMap((group) => group.entries.map(({ name }) => name));

describe('the palette', () => {
  it('finds by the beginning, by words in any order, by what is not shown, and by letters in order', () => {
    expect(found('lob')[0]).toBe('lobby');
    expect(found('lobby cpu take')[0]).toBe('Take CPU profile of lobby');
    expect(found('host-7')).toEqual(['user-service-0']);
    expect(found('leak')).toEqual(['CPU profile of lobby']);
    expect(found('usvc')).toContain('user-service');
  });

  it('prefers the exact name to longer ones that begin like it', () => {
    expect(found('user-service')[0]).toBe('user-service');
    expect(found('user-service-0')[0]).toBe('user-service-0');
  });

  it('finds nothing rather than anything', () => {
    expect(found('zzz')).toEqual([]);
    expect(found('lobby zzz')).toEqual([]);
  });

  it('lists what is general before what is about someone, and keeps back what there is too much of', () => {
    const commands = findEntries(entries, '')
      .find(({ name }) => name === 'commands')
      ?.entries.map(({ name }) => name);
    expect(commands?.[0]).toBe('Use dark theme');
    expect(commands).not.toContain('Take CPU profile of user-service-0');
  });

  it('says how many more there are', () => {
    const [group] = findEntries(
      Array.from({ length: 20 }, (_, i) => entry('instances', `pod-${i}`)),
      'pod',
    );
    expect(group?.entries).toHaveLength(8);
    expect(group?.more).toBe(12);
  });
});
