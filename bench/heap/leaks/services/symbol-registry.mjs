/** Rooms register themselves under a symbol of their own in what all copies of a library share. */
export const leak = {
  pilesUp: ['RoomHandle'],
  keptIn: /platform\.rooms/,
};

const shared = Symbol.for('platform.rooms');
globalThis[shared] ??= {};

class RoomHandle {
  constructor(number) {
    this.number = number;
    this.seats = Array.from({ length: 16 }, (_, seat) => `seat ${seat} in ${number}`);
    globalThis[shared][Symbol(`room ${number}`)] = this;
  }
}

export function serve(_background, share) {
  for (let number = 0; number < 9161 * share; number++) new RoomHandle(number);
}
