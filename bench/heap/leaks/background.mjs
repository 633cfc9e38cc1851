// What every service of the corpus has beside its leak, so that the leak has to be found among it: a web framework with its
// modules, routes and schemas, tables that were loaded once, caches that are full and stay so, and a pool of connections.
import { EventEmitter } from 'node:events';
import { get } from 'node:http';
import fastify from 'fastify';
import { z } from 'zod';

const PLAYERS_CACHED = 12_000;
const ARTICLES = 9_241;
const TEXTS = 14_873;
const READINGS = 20_000;
const CONNECTIONS = 64;

class PlayerProfile {
  constructor(id) {
    this.id = id;
    this.name = `player ${id}`;
    this.joinedAt = 1_700_000_000_000 + id;
    this.wallet = { coins: id % 997, gems: id % 13 };
    this.friends = [id + 1, id + 2, id + 5];
  }
}

/** Forgets what was not asked for longest when it is full. */
class ProfileCache {
  constructor(limit) {
    this.limit = limit;
    this.profiles = new Map();
  }

  profileOf(id) {
    const known = this.profiles.get(id);
    this.profiles.delete(id);
    const profile = known ?? new PlayerProfile(id);
    this.profiles.set(id, profile);
    if (this.profiles.size > this.limit) this.profiles.delete(this.profiles.keys().next().value);
    return profile;
  }
}

class Article {
  constructor(number) {
    this.sku = `sku-${number}`;
    this.title = `Article number ${number} of the shop`;
    this.priceCents = number * 7;
    this.tags = [`tag ${number % 20}`, `season ${number % 4}`];
  }
}

class PooledConnection extends EventEmitter {
  constructor(number) {
    super();
    this.number = number;
    this.receiveBuffer = Buffer.alloc(16_384);
    this.pending = new Map();
    this.on('message', () => this.pending.clear());
    this.keepAlive = setInterval(() => this.emit('message'), 30_000).unref();
  }
}

/** Keeps the last readings and overwrites the oldest. */
class Readings {
  constructor(length) {
    this.slots = Array.from({ length }, () => ({ at: 0, lagMs: 0, route: '' }));
    this.next = 0;
  }

  add(at, lagMs, route) {
    Object.assign(this.slots[this.next], { at, lagMs, route });
    this.next = (this.next + 1) % this.slots.length;
  }
}

function schemaOf(number) {
  return z.object({
    id: z.number().int().min(0),
    name: z.string().max(200),
    place: z.enum(['lobby', 'table', 'arena']),
    extra: z.record(z.string(), z.array(z.number())).optional(),
    revision: z.literal(number),
  });
}

async function startServer(background) {
  const server = fastify({ logger: false });
  for (let number = 0; number < 60; number++) {
    const schema = schemaOf(number);
    server.get(`/area-${number}/:id`, (request) => {
      const id = Number(request.params.id);
      background.readings.add(Date.now(), id % 50, request.url);
      const { name } = background.cache.profileOf(id);
      return schema.parse({ id, name, place: 'table', revision: number });
    });
  }
  return server;
}

/** @returns what a service has at hand: its server, caches and tables. The process keeps it. */
export async function startBackground() {
  const background = {
    cache: new ProfileCache(PLAYERS_CACHED),
    articles: new Map(
      Array.from({ length: ARTICLES }, (_, number) => [`sku-${number}`, new Article(number)]),
    ),
    texts: Object.fromEntries(
      Array.from({ length: TEXTS }, (_, number) => [
        `text.${number}`,
        `A sentence with number ${number}, once.`,
      ]),
    ),
    readings: new Readings(READINGS),
    pool: Array.from({ length: CONNECTIONS }, (_, number) => new PooledConnection(number)),
    ratings: new Float64Array(200_000),
  };
  for (let id = 0; id < PLAYERS_CACHED * 2; id++) background.cache.profileOf(id);
  background.server = await startServer(background);
  globalThis.game = background;
  return background;
}

/** Asks a server for a path on this machine, and has its answer read. */
export function ask(port, path) {
  return new Promise((resolve, reject) => {
    get({ port, path, host: '127.0.0.1' }, (response) => response.resume().once('end', resolve)).once(
      'error',
      reject,
    );
  });
}
