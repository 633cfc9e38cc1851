// What the services of the tests do, in CommonJS so that both kinds of service can have it.
const { spawnSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const { Worker } = require('node:worker_threads');

let counter = 0;

function spinForever() {
  while (true) counter += 1;
}

function backtrackForever() {
  return /^(a+)+$/.test(`${'a'.repeat(40)}!`);
}

/** Four seconds that nothing can interrupt, then work that shows in a profile. */
function callNative() {
  spawnSync('sleep', ['4']);
  setInterval(function afterwards() {
    const end = Date.now() + 20;
    while (Date.now() < end) counter += 1;
  }, 25);
}

function work() {
  setInterval(function serve() {
    const end = Date.now() + 5;
    while (Date.now() < end) counter += 1;
  }, 10);
}

const workerSource = `
  const { parentPort } = require('node:worker_threads');
  let counter = 0;
  function matchForever() { while (true) counter += 1; }
  parentPort.on('message', () => setTimeout(matchForever, 10));
`;

const scenarios = {
  idle() {},
  work,
  spin: () => onGo(() => setTimeout(spinForever, 10)),
  regex: () => onGo(() => setTimeout(backtrackForever, 10)),
  native: () => onGo(() => setTimeout(callNative, 10)),
  worker() {
    const matchmaker = new Worker(workerSource, { eval: true, name: 'matchmaker' });
    onGo(() => matchmaker.postMessage('go'));
  },
  /** Ends by having nothing left to do. Writes when, so that a delay can be told. */
  end: () => onGo(() => leave(() => {})),
  exit: () => onGo(() => leave(() => process.exit(0))),
  throw() {
    onGo(() => {
      throw new Error('the service itself failed');
    });
  },
};

let keepAlive;

function onGo(action) {
  process.on('SIGUSR2', action);
}

function leave(action) {
  clearInterval(keepAlive);
  process.removeAllListeners('SIGUSR2');
  writeFileSync(process.env.LEFT_AT_FILE, String(Date.now()));
  action();
}

/** What is counted is looked at, so that no loop can be optimised away. */
exports.count = () => counter;

exports.run = (name) => {
  if (name !== 'short') keepAlive = setInterval(() => {}, 60_000);
  scenarios[name]?.();
};
