/** Each duel ticks by an interval that is not cleared when the duel is over. */
export const leak = {
  pilesUp: ['Timeout', '(closure)', 'Function', 'DuelClock'],
  way: 'timers',
};

class DuelClock {
  constructor(number) {
    this.title = `duel ${number} of the evening`;
    this.moves = Array.from({ length: 60 }, (_, turn) => `turn ${turn} of ${number}`);
  }

  start() {
    setInterval(() => this.tick(), 60_000).unref();
  }

  tick() {
    this.moves.shift();
  }
}

export function serve(_background, share) {
  for (let number = 0; number < 4219 * share; number++) new DuelClock(number).start();
}
