/** Games are played by generators, and those that players left are never finished. */
export const leak = {
  pilesUp: [/Generator/, 'turnsOf', /^Object/, 'Game'],
  keptIn: /^Dealer\.games$/,
};

function* turnsOf(number) {
  const deck = Array.from({ length: 52 }, (_, card) => `card ${card} of ${number}`);
  while (deck.length > 0) yield deck.pop();
}

class Dealer {
  games = new Map();

  deal(number) {
    const turns = turnsOf(number);
    turns.next();
    this.games.set(`game ${number}`, turns);
  }
}

const dealer = new Dealer();

export function serve(_background, share) {
  for (let number = 0; number < 5179 * share; number++) dealer.deal(number);
  return dealer;
}
