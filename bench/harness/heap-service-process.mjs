// Usage: node heap-service-process.mjs OBJECTS [WORKERS]
// A service that holds so many small objects, and has worker threads that allocate. Plain JavaScript: it runs on each Node
// version of the agent. Prints the port on which it is asked.
import { createServer } from 'node:http';
import { writeHeapSnapshot } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { startAgent } from '@opscenter/agent';

const [objects, workers = 0] = process.argv.slice(2).map(Number);
const perBlock = 10_000;

/** Of 32 bytes, and 8 in the block. */
const held = Array.from({ length: objects / perBlock }, () =>
  Array.from({ length: perBlock }, (_, number) => ({ number })),
);

for (let started = 0; started < workers; started++) {
  new Worker(
    `let kept = [];
    setInterval(() => {
      for (let count = 0; count < 5000; count++) kept.push({ count, text: 'bet ' + count });
      if (kept.length > 60000) kept = [];
    }, 10);`,
    { eval: true },
  );
}

let lastTick = performance.now();
let longestMs = 0;
setInterval(() => {
  const now = performance.now();
  longestMs = Math.max(longestMs, now - lastTick);
  lastTick = now;
}, 1);

/** Objects that live for a while, as those of a service do. */
const recent = new Map();
let sequence = 0;

function serveRanking() {
  const ranking = Array.from({ length: 200 }, (_, place) => ({
    place,
    name: `player ${sequence++}`,
    points: [1, 2, 3],
  }));
  recent.set(sequence % 1000, ranking);
  return ranking;
}

const answers = {
  '/ranking': serveRanking,
  /** The longest time between two ticks of a millisecond since this was last asked. */
  '/pause': () => {
    const answer = { longestMs, objects: held.length * perBlock, heapBytes: process.memoryUsage().heapUsed };
    longestMs = 0;
    return answer;
  },
  /** The way that stops the process; to nowhere, so that no disk counts. */
  '/write-snapshot': () => {
    writeHeapSnapshot('/dev/null');
    return {};
  },
};

const server = createServer((request, response) =>
  response.end(JSON.stringify(answers[request.url]?.() ?? null)),
);
server.listen(0, '127.0.0.1', () => {
  startAgent();
  process.stdout.write(`${server.address().port}\n`);
});
