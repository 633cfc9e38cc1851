import { Worker } from 'node:worker_threads';

/** Scores are handed to a worker one at a time, and come in faster than it takes them. */
export const leak = {
  pilesUp: ['ScoreJob'],
  keptIn: /^ScoreWorker\.#?backlog$/,
};

class ScoreJob {
  constructor(round) {
    this.round = round;
    this.points = [round + 0.5, round * 1.5, round * 2.5];
    this.label = `score of round ${round}`;
    this.done = Promise.withResolvers();
  }
}

class ScoreWorker {
  #backlog = [];
  #worker = new Worker(`require('node:worker_threads').parentPort.on('message', () => {})`, { eval: true });

  constructor() {
    this.#worker.unref();
    this.#worker.on('message', () => this.#next());
  }

  add(job) {
    this.#backlog.push(job);
    if (this.#backlog.length === 1) this.#next();
  }

  #next() {
    this.#worker.postMessage(this.#backlog[0]?.points);
  }
}

/** Not before it is needed: whoever only reads what leaks here wants no worker. */
let scores;

export function serve(_background, share) {
  scores = new ScoreWorker();
  for (let round = 0; round < 18_251 * share; round++) scores.add(new ScoreJob(round));
  return scores;
}
