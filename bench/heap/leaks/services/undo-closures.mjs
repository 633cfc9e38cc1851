/** Each move leaves a way to undo it, which remembers the whole board as it was. */
export const leak = {
  pilesUp: ['(closure)', 'Function', /Context/],
  keptIn: /(^|\.)undoSteps$/,
};

const undoSteps = [];
let board = Array.from({ length: 900 }, (_, field) => field * 1.5);

function play(move) {
  const before = board;
  board = before.map((value, field) => (field === move % 900 ? value + 1.25 : value));
  undoSteps.push(() => {
    board = before;
  });
}

export function serve(_background, share) {
  for (let move = 0; move < 2287 * share; move++) play(move);
}
