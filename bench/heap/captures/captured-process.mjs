// Usage: node captured-process.mjs SNAPSHOT
// A service with all that services have in their heaps, asked a while and then written down. Plain JavaScript: it runs on each
// Node version of the agent.
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import http from 'node:http';
import { writeHeapSnapshot } from 'node:v8';
import vm from 'node:vm';
import { Worker } from 'node:worker_threads';

const [path] = process.argv.slice(2);

class Seat {
  constructor(number, player) {
    this.number = number;
    this.player = player;
    this.chips = 1000n + BigInt(number);
  }
}

class Player extends EventEmitter {
  #secret;
  constructor(id, room) {
    super();
    this.id = id;
    this.name = `player ${id}`;
    this.room = room;
    this.#secret = createHash('sha256').update(this.name).digest('hex');
    this.seen = new Date(1_700_000_000_000 + id * 1000);
    this.on('turn', (turn) => this.#take(turn));
  }
  #take(turn) {
    this.last = { turn, proof: this.#secret.slice(3, 40) };
  }
}

class Room {
  players = new Map();
  log = [];
  constructor(id) {
    this.id = id;
    this.seats = Array.from({ length: 9 }, (_, number) => new Seat(number, undefined));
    this.state = new Uint8Array(256);
    this[Symbol('round')] = { of: this };
  }
}

const rooms = new Map();
const sessions = new WeakMap();
const recent = new Set();
const references = [];
const finished = new FinalizationRegistry(() => undefined);
const storage = new AsyncLocalStorage();
const pending = [];
const timers = [];

for (let id = 0; id < 120; id++) rooms.set(`room-${id}`, new Room(id));
for (let id = 0; id < 3000; id++) {
  const room = rooms.get(`room-${id % 120}`);
  const player = new Player(id, room);
  room.players.set(player.id, player);
  const seat = room.seats[id % 9];
  seat.player = player;
  sessions.set(player, { token: `${id}-${Math.random()}`, ip: `10.0.${id % 250}.1`, room, seat });
  references.push(new WeakRef(player));
  finished.register(player, id);
  room.log.push(`${player.name} has come `.repeat(3) + id);
  room.log.push({ at: id / 7, text: `seat ${id % 9} of ${room.id}` });
}
// Keys that only the map knows, and a chain of pairs: the value of one is the key of the next.
let key = rooms.get('room-1');
for (let link = 0; link < 300; link++) {
  const next = { link };
  sessions.set(key, next);
  key = next;
}
let list;
for (let link = 0; link < 20_000; link++) list = { link, next: list };
globalThis.list = list;
globalThis.rooms = rooms;
globalThis.sparse = Object.assign([], { 5: 'five', 100000: { far: true } });
globalThis.dictionary = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`k${n}`, { n }]));
globalThis.numbers = Float64Array.from({ length: 10_000 }, (_, n) => n / 3);
globalThis.view = new DataView(new ArrayBuffer(1 << 16), 64);
globalThis.patterns = [/a+b/giu, /room-(?<number>\d+)/y];
globalThis.other = vm.createContext({ shared: rooms });
vm.runInContext(
  'var kept = [...Array(500)].map((_, n) => ({ n, shared })); function own() { return kept; }',
  globalThis.other,
);
globalThis.proxy = new Proxy(rooms, { get: (target, name) => target[name] });
globalThis.generator = (function* numbers() {
  for (let n = 0; ; n++) yield [n, rooms];
})();
globalThis.generator.next();
for (let n = 0; n < 200; n++) {
  pending.push(new Promise(() => undefined).then(() => n));
  storage.run({ request: n }, () => timers.push(setTimeout(() => rooms.get(`room-${n}`), 1e6)));
}

const server = http.createServer((request, response) => {
  const room = rooms.get(request.url.slice(1));
  recent.add({ url: request.url, headers: request.headers, at: Date.now() });
  for (const player of room.players.values()) player.emit('turn', recent.size);
  response.end(JSON.stringify(room.log));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
const worker = new Worker('setInterval(() => undefined, 1000)', { eval: true });
await once(worker, 'online');
const asked = Array.from({ length: 60 }, async (_, n) => {
  const request = http.get({ port: server.address().port, path: `/room-${n}`, agent });
  const [response] = await once(request, 'response');
  let body = '';
  for await (const piece of response) body += piece;
  return body.slice(100, 900);
});
globalThis.bodies = await Promise.all(asked);
writeHeapSnapshot(path);
process.exit(0);
