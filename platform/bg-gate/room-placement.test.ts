import { describe, expect, test } from 'vitest';
import { RoomPlacement } from './room-placement.ts';

describe('RoomPlacement', () => {
  test('gives new rooms to the pod with the fewest and keeps a room where it is', () => {
    const placement = new RoomPlacement();
    const pods = ['a', 'b'];
    expect([1, 2, 3, 4].map((room) => placement.place(`r${room}`, 's', pods))).toEqual(['a', 'b', 'a', 'b']);
    expect(placement.place('r2', 't', ['a'])).toBe('b');
  });

  test('leaves a room where it is between two games, unless another pod has fewer rooms', () => {
    let now = 0;
    const placement = new RoomPlacement(() => now);
    for (const room of ['r1', 'r2', 'r3'])
      placement.noteGame(room, placement.place(room, 's', ['a']) ?? '', 50);
    now = 49;
    expect(placement.place('r1', 't', ['a', 'b'])).toBe('a');
    now = 50;
    expect(['r1', 'r2', 'r3'].map((room) => placement.place(room, 't', ['a', 'b']))).toEqual(['b', 'a', 'a']);
    expect([placement.count('a'), placement.count('b')]).toEqual([2, 1]);
  });

  test('leads all sessions of a room that was turned away to the same other pod', () => {
    const placement = new RoomPlacement();
    expect(['s', 't'].map((session) => placement.place('r', session, ['a', 'b']))).toEqual(['a', 'a']);
    placement.turnAway('r', 'a');
    expect(placement.place('r', 's', ['b'])).toBe('b');
    // The second one's refusal comes late.
    placement.turnAway('r', 'a');
    expect(placement.place('r', 't', ['b'])).toBe('b');
    expect(placement.findPod('r')).toBe('b');
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
