import { describe, expect, test } from 'vitest';
import { findCountOf } from './count-type.ts';

function countOf(types: string, of: string): string | undefined {
  const valueTypes = types.split(' ').map((text) => {
    const [type = '', unit = ''] = text.split('/');
    return { type, unit };
  });
  const index = findCountOf(
    valueTypes,
    valueTypes.findIndex(({ type }) => type === of),
  );
  return index === undefined ? undefined : valueTypes[index]?.type;
}

describe('what is counted beside a measure', () => {
  test('stands before it, as Go writes its heap and lock profiles', () => {
    const heap = 'alloc_objects/count alloc_space/bytes inuse_objects/count inuse_space/bytes';
    expect(countOf(heap, 'alloc_space')).toBe('alloc_objects');
    expect(countOf(heap, 'inuse_space')).toBe('inuse_objects');
    const locks =
      'contentions/count delay/nanoseconds blocked/count blocking/nanoseconds holds/count held/nanoseconds';
    expect(countOf(locks, 'delay')).toBe('contentions');
    expect(countOf(locks, 'blocking')).toBe('blocked');
    expect(countOf(locks, 'held')).toBe('holds');
  });

  test('is a count itself for a count', () => {
    expect(countOf('samples/count cpu/nanoseconds', 'samples')).toBe('samples');
  });

  test('is any count where none stands before, and nothing where nothing is counted', () => {
    expect(countOf('cpu/nanoseconds samples/count', 'cpu')).toBe('samples');
    expect(countOf('inuse_space/bytes', 'inuse_space')).toBeUndefined();
  });
});
