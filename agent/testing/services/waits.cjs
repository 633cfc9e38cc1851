// Work whose waits are known: what for, where they begin, and about how long they take.
const { lookup } = require('node:dns/promises');
const { readFile } = require('node:fs/promises');
const http = require('node:http');
const net = require('node:net');
const { setTimeout: sleep } = require('node:timers/promises');

const napMs = 25;
const answerMs = 15;

async function nap() {
  await sleep(napMs);
}

async function readLevel() {
  await readFile(__filename);
}

async function lookUpPeer() {
  await lookup('localhost');
}

/** As a client of a database does, over a connection that has been there all along. */
async function query(connection) {
  const answer = new Promise((resolve) => connection.once('data', resolve));
  connection.write('which players?');
  await answer;
}

async function callUserService(port, agent) {
  await new Promise((resolve) => {
    http.get({ host: '127.0.0.1', port, agent }, (response) => response.resume().on('end', resolve));
  });
}

async function fetchRecord(port) {
  const response = await fetch(`http://127.0.0.1:${port}/`);
  await response.text();
}

/** Nobody comes back to it in the time that a test takes. */
function retryLater() {
  setTimeout(() => {}, 60_000);
}

function giveUpAfterAWhile() {
  clearTimeout(setTimeout(() => {}, 60_000));
}

const listen = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

exports.waitForEver = async function waitForEver() {
  const later = (answer) => void setTimeout(answer, answerMs);
  const database = net.createServer((socket) => socket.on('data', () => later(() => socket.write('none'))));
  const web = http.createServer((_, response) => later(() => response.end('hello')));
  // On a machine that is too busy a connection would be closed as idle just when it is used again.
  web.keepAliveTimeout = 0;
  const [databasePort, webPort] = await Promise.all([listen(database), listen(web)]);
  const connection = net.connect(databasePort, '127.0.0.1');
  const agent = new http.Agent({ keepAlive: true });
  for (;;) {
    await Promise.all([
      nap(),
      readLevel(),
      lookUpPeer(),
      query(connection),
      callUserService(webPort, agent),
      fetchRecord(webPort),
    ]);
    giveUpAfterAWhile();
    retryLater();
  }
};

if (process.argv[2] === 'wait' && !require('node:worker_threads').isMainThread) void exports.waitForEver();
