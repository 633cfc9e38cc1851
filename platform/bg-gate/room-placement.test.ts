import { describe, expect, test } from 'vitest';
import { RoomPlacement } from './room-placement.ts';

describe('RoomPlacement', () => {
  test('gives new rooms to the pod with the fewest and keeps a room where it is', () => {
    const placement = new RoomPlacement();
    const pods = ['a', 'b'];
    expect([1, 2, 3, 4].map((room) => placement.place(`r${room}`, 's', pods))).toEqual(['a', 'b', 'a', 'b']);
    expect(placement.place('r2', 't', ['a'])).toBe('b');
  });

  test('forgets a room when the last session has left', () => {
    const placement = new RoomPlacement();
    placement.place('r', 's', ['a']);
    placement.place('r', 't', ['a']);
    placement.release('r', 's');
    expect(placement.count('a')).toBe(1);
    placement.release('r', 't');
    expect(placement.count('a')).toBe(0);
  });

  test('has no pod for a new room when none can be reached', () => {
    expect(new RoomPlacement().place('r', 's', [])).toBeUndefined();
  });
});
