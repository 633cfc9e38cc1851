import { describe, expect, test } from 'vitest';
import { ROOM_CAPACITY, RoomBook } from './room-book.ts';

function bookAt(start = 0) {
  let now = start;
  return { book: new RoomBook(() => now), pass: (ms: number) => (now += ms) };
}

describe('RoomBook', () => {
  test('fills one room after the other and never above its capacity', () => {
    const { book } = bookAt();
    const rooms = Array.from({ length: 9 }, (_, index) => book.findSeat(`s${index}`, 'steampunk2'));
    expect(rooms).toEqual([
      ...Array(4).fill('steampunk2:1'),
      ...Array(4).fill('steampunk2:2'),
      'steampunk2:3',
    ]);
    expect(book.counts()).toEqual({ waiting: 1, playing: 2, empty: 0, players: 2 * ROOM_CAPACITY + 1 });
  });

  test('a session has one seat, however often it asks', () => {
    const { book } = bookAt();
    expect(book.findSeat('s', 'odinbingo')).toBe(book.findSeat('s', 'odinbingo'));
    book.findSeat('s', 'steampunk2');
    expect(book.counts('odinbingo').players).toBe(0);
    expect(book.counts('steampunk2').players).toBe(1);
  });

  test('an empty room is kept a minute for those who come back', () => {
    const { book, pass } = bookAt();
    const room = book.findSeat('s', 'odinbingo');
    book.leave('s');
    pass(59_000);
    book.sweep();
    expect(book.findSeat('t', 'odinbingo')).toBe(room);
    book.leave('t');
    pass(60_000);
    book.sweep();
    expect(book.counts()).toEqual({ waiting: 0, playing: 0, empty: 0, players: 0 });
  });

  test('a gateway can put its sessions back after a restart of the lobby, as far as there are seats', () => {
    const { book } = bookAt();
    const restored = ['a', 'b', 'c', 'd', 'e'].map((session) =>
      book.restoreSeat(session, 'odinbingo', 'odinbingo:7'),
    );
    expect(restored).toEqual([true, true, true, true, false]);
    expect(book.restoreSeat('f', 'steampunk2', 'odinbingo:7')).toBe(false);
  });

  test('a new room never takes the number of a restored one', () => {
    const { book } = bookAt();
    book.restoreSeat('a', 'odinbingo', 'odinbingo:1');
    for (const session of ['b', 'c', 'd']) book.findSeat(session, 'odinbingo');
    expect(book.findSeat('e', 'odinbingo')).toBe('odinbingo:2');
  });
});
