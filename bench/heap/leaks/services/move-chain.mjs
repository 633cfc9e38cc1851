/** Each move knows the one before, and the last one is kept. */
export const leak = {
  pilesUp: ['Move'],
  keptIn: /^Replay\.lastMove$/,
};

class Move {
  constructor(number, previous) {
    this.number = number;
    this.text = `e${number % 8}-d${number}`;
    this.previous = previous;
  }
}

class Replay {
  lastMove = undefined;
  length = 0;

  add() {
    this.lastMove = new Move(this.length++, this.lastMove);
  }
}

const replay = new Replay();

export function serve(_background, share) {
  for (let count = 0; count < 141_397 * share; count++) replay.add();
  return replay;
}
