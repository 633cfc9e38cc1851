/** Results are remembered by their arguments, of which there are as many as there are bets. */
export const leak = {
  pilesUp: [/^Object/, /^\{/],
  keptIn: /(^|\.)oddsMemo$/,
};

const oddsMemo = {};

function oddsOf(bet) {
  const key = JSON.stringify(bet);
  oddsMemo[key] ??= { win: bet.stake / 7, lose: bet.stake / 3, legs: [bet.game, bet.market] };
  return oddsMemo[key];
}

export function serve(_background, share) {
  for (let game = 0; game < 44_623 * share; game++)
    oddsOf({ game, market: `market ${game % 12}`, stake: game % 500 });
}
