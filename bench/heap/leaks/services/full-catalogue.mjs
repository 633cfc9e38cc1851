/** Nothing leaks: a catalogue of all games is read once at the start and makes up a good part of the heap. */
const catalogue = new Map();

class Game {
  constructor(number) {
    this.number = number;
    this.title = `The game with number ${number}`;
    this.paytable = [1, 2, 5, 10, 20, 50];
    this.limits = { least: 1, most: number };
  }
}

export function serve() {
  for (let number = 0; number < 31_337; number++) catalogue.set(`game-${number}`, new Game(number));
}
