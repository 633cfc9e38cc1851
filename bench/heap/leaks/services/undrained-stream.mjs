import { Writable } from 'node:stream';

/** Frames of a replay are written to a viewer that has stopped reading, and nobody looks at what write answers. */
export const leak = {
  pilesUp: ['ReplayFrame', /^Object/, /^\{/],
  keptIn: /buffered/i,
};

class ReplayFrame {
  constructor(number) {
    this.number = number;
    this.positions = Array.from({ length: 30 }, (_, body) => number + body / 7);
  }
}

class ViewerStream extends Writable {
  constructor() {
    super({ objectMode: true });
  }

  _write(_frame, _encoding, _done) {
    // The viewer never says that it is ready for more.
  }
}

const viewer = new ViewerStream();

export function serve(_background, share) {
  for (let number = 0; number < 20_431 * share; number++) viewer.write(new ReplayFrame(number));
  return viewer;
}
