// What the services of the tests do, in CommonJS so that both kinds of service can have it.
const { spawnSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const { createServer } = require('node:net');
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

const kept = [];

/** Keeps what one function makes, and drops what the other one does, for as long as there is memory for it. */
function allocate() {
  setInterval(function turn() {
    if (kept.length < 3_000) keepRecords();
    makeGarbage();
  }, 5);
}

function keepRecords() {
  for (let record = 0; record < 10; record += 1) kept.push(new Array(1_000).fill(record));
}

function makeGarbage() {
  for (let record = 0; record < 50; record += 1) counter += new Array(1_000).fill(record).length;
}

function allocateForever() {
  while (true) makeGarbage();
}

/** Serves itself over HTTP with a secret in the address, asks a database that publishes, and works a third of its time. */
function serveTraced() {
  const { tracingChannel } = require('node:diagnostics_channel');
  const { createServer, get } = require('node:http');
  const server = createServer((_, response) => response.end('served'));
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    setInterval(() => get({ port, path: '/rooms?token=planted-secret' }, (answer) => answer.resume()), 40);
  });
  const queries = tracingChannel('pg:query');
  const ask = () => new Promise((resolve) => setTimeout(resolve, 15));
  setInterval(() => void queries.tracePromise(ask, { text: 'planted-secret' }), 50);
  setInterval(function simulate() {
    const end = Date.now() + 20;
    while (Date.now() < end) counter += new Array(1_000).fill(0).length;
  }, 60);
  const matchmaker = new Worker(workerSource, { eval: true, name: 'matchmaker' });
  onGo(() => matchmaker.postMessage('go'));
}

/** A pool that can be flushed. When told to, the main thread is stuck for four seconds. */
function offerActions() {
  const { startAgent } = require('@opscenter/agent');
  const agent = startAgent();
  let runs = 0;
  const stale = [{ id: 'connection-1', name: 'Connection 1', reason: 'Its peer is gone.', players: 3 }];
  agent.registerResource({
    id: 'pool',
    kind: 'pool',
    name: 'Pool',
    read: () => ({ measures: { runs }, finding: { sentence: 'One is stale.' } }),
    items: () => [{ id: 'connection-1', name: 'Connection 1', condition: 'bad', state: 'stale' }],
  });
  agent.registerAction({
    type: 'pool.flush',
    title: 'Flush the pool',
    description: 'Closes stale connections.',
    parametersSchema: { type: 'object' },
    preview: () => ({ targets: stale, playersAffected: 3, playersDisconnected: 0, irreversible: 'Nothing.' }),
    run: async (run) => {
      runs += 1;
      run.step('closing', 'Closes stale connections.');
      run.outcome('connection-1', 'done', 'Closed.');
      const checks = [{ name: 'closed', passed: true, detail: 'No socket is left.' }];
      return { state: 'succeeded', message: 'Done.', playersAffected: 3, playersDisconnected: 0, checks };
    },
  });
  onGo(() => {
    const end = Date.now() + 4_000;
    while (Date.now() < end) counter += 1;
  });
}

/** Two at a time who want the same lock: a registered one, one of async-mutex, and in a worker thread one of generic-pool. */
function contend() {
  const { startAgent } = require('@opscenter/agent');
  const { Mutex, Semaphore } = require('async-mutex');
  const { acquire } = Semaphore.prototype;
  startAgent().registerResource({
    id: 'wrapped',
    kind: 'library',
    name: 'async-mutex',
    read: () => ({ wrapped: Semaphore.prototype.acquire === acquire ? 0 : 1 }),
  });
  const lock = startAgent().trackLock({ id: 'lock:wallet', name: 'Wallet' });
  const sendQueue = startAgent().trackQueue({ id: 'queue:send', name: 'Send queue' });
  sendQueue.enqueued();
  let lastBet = Promise.resolve();
  const room = new Mutex();
  const stay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  async function settleBet() {
    const turn = lock.waiting();
    const before = lastBet;
    let release;
    lastBet = new Promise((resolve) => (release = resolve));
    await before;
    turn.acquired();
    await stay(8);
    turn.released();
    release();
  }
  const joinRoom = () => room.runExclusive(() => stay(8));
  setInterval(() => {
    for (const work of [settleBet, settleBet, joinRoom, joinRoom]) void work();
  }, 40);
  new Worker(
    `const { createPool } = require('generic-pool');
    const pool = createPool({ create: async () => ({}), destroy: async () => {} }, { max: 1 });
    const writeRecord = () => pool.use(() => new Promise((resolve) => setTimeout(resolve, 8)));
    setInterval(() => { writeRecord(); writeRecord(); }, 40);`,
    { eval: true, name: 'records' },
  );
  onGo(() => {
    const end = Date.now() + 2_500;
    while (Date.now() < end) counter += 1;
  });
}

class PlacedBet {
  constructor(number) {
    this.number = number;
    this.payload = [number];
  }
}

/**
 * Holds bets on its heap, and as many in a worker thread; serves TCP connections on the port that it writes to a file, and
 * closes one when its peer says so. When told to, the main thread is stuck for ever.
 */
function holdBets() {
  const count = Number(process.argv[3]);
  exports.bets = Array.from({ length: count }, (_, number) => new PlacedBet(number));
  exports.secret = Buffer.from(`secret-${'of-the-heap'}`).toString();
  new Worker(
    `class WorkerBet { constructor(number) { this.number = number; } }
    globalThis.bets = Array.from({ length: 1234 }, (_, number) => new WorkerBet(number));
    setInterval(() => {}, 1000);`,
    { eval: true, name: 'settler' },
  );
  const server = createServer((socket) => socket.on('data', () => socket.end()));
  server.listen(0, '127.0.0.1', () => writeFileSync(process.env.PORT_FILE, String(server.address().port)));
  onGo(() => setTimeout(spinForever, 10));
}

/** As `bets`, beside a worker thread whose garbage is collected all the time. */
function collectForEver() {
  holdBets();
  new Worker(collectorSource, { eval: true, name: 'collector' });
}

const collectorSource = `
  require('node:v8').setFlagsFromString('--expose-gc');
  const collect = require('node:vm').runInNewContext('gc');
  globalThis.held = Array.from({ length: 50_000 }, (_, number) => ({ number }));
  setInterval(collect, 1);
`;

const workerSource = `
  const { parentPort } = require('node:worker_threads');
  let counter = 0;
  function matchForever() { while (true) counter += 1; }
  parentPort.on('message', () => setTimeout(matchForever, 10));
`;

/** The same waits over and over, in the main thread and in a worker thread; when told to, the main thread is stuck in a loop. */
function waitForEver() {
  require('./waits.cjs').waitForEver();
  new Worker(require.resolve('./waits.cjs'), { argv: ['wait'], name: 'waiter' });
  onGo(() => setTimeout(spinForever, 10));
}

/** Reads URLs and files all the time, in the main thread and in a worker thread, and ends when one is read wrong. */
function readForEver() {
  require('./reads.cjs').readForEver();
  new Worker(require.resolve('./reads.cjs'), { argv: ['read'], name: 'reader' });
}

const scenarios = {
  idle() {},
  work,
  allocate,
  traced: serveTraced,
  'allocate-stuck': () => onGo(() => setTimeout(allocateForever, 10)),
  actions: offerActions,
  contend,
  waits: waitForEver,
  reads: readForEver,
  bets: holdBets,
  collects: collectForEver,
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
  /** As `exit`, with something to record of every kind. */
  'contend-exit'() {
    contend();
    onGo(() => leave(() => process.exit(0)));
  },
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
