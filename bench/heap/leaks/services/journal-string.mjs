/** What was played is written down as one text, which is handed over at the end of the season. */
export const leak = {
  pilesUp: ['(string)', '(concatenated string)', 'string'],
  keptIn: /^Table\.journal$/,
};

class Table {
  journal = '';

  play(round) {
    this.journal += `round ${round}: dealt ${round * 7} to seat ${round % 9}\n`;
  }
}

const table = new Table();

export function serve(_background, share) {
  for (let round = 0; round < 88_919 * share; round++) table.play(round);
  return table;
}
