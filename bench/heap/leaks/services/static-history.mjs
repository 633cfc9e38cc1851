/** The results of all rounds, kept by the class itself. */
export const leak = {
  pilesUp: ['RoundResult'],
  keptIn: /(^|\.)allRounds$/,
};

class RoundResult {
  static allRounds = [];

  constructor(number) {
    this.number = number;
    this.winners = new Set([`player ${number}`, `player ${number + 1}`]);
    RoundResult.allRounds.push(this);
  }
}

export function serve(_background, share) {
  for (let number = 0; number < 30_941 * share; number++) new RoundResult(number);
  return RoundResult;
}
