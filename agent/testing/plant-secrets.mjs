// Usage: node plant-secrets.mjs SNAPSHOT COUNT
// A service that holds secrets wherever services do, writes its own heap snapshot and prints the secrets as JSON: of each
// what to look for, of which any is a find. Runs on every Node version of the agent.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { writeHeapSnapshot } from 'node:v8';

const [path, countText] = process.argv.slice(2);
const planted = [];
const held = [];
globalThis.held = held;

/** A secret, and what there is to find of it: the whole, or its parts where the heap holds parts. */
function plant(place, partsOf = (secret) => [secret]) {
  // Characters that JSON and V8 escape are in every third: what is escaped would not be found by the plain text.
  const odd = planted.length % 3 === 0 ? ['"ü', '\\€', '\t/'][(planted.length % 9) / 3] : '';
  const secret = `${place}${odd}${randomBytes(9).toString('hex')}`;
  planted.push({ place, parts: partsOf(secret) });
  return secret;
}

/** Flat, as what came from a socket or a file is: not in pieces of a concatenation. */
const flat = (text) => Buffer.from(text).toString();
const halves = (secret) => [secret.slice(0, -9), secret.slice(-9)];

class Session {
  #token;
  constructor(token, user) {
    this.#token = token;
    this.user = user;
  }
  check(token) {
    return token === this.#token;
  }
}

const ways = {
  field: () => held.push({ password: flat(plant('field')) }),
  private: () => held.push(new Session(flat(plant('private')), 'u')),
  array: () => held.push([flat(plant('array')), 1]),
  'map-key': () => held.push(new Map([[flat(plant('mapkey')), { n: 1 }]])),
  'map-value': () => held.push(new Map([['k', flat(plant('mapvalue'))]])),
  set: () => held.push(new Set([flat(plant('set'))])),
  weak: () => {
    const [key, table] = [{}, new WeakMap()];
    table.set(key, flat(plant('weak')));
    held.push(key, table);
  },
  closure: () => {
    const secret = flat(plant('closure'));
    held.push(() => secret);
  },
  slice: () => held.push(flat(`${'before '.repeat(6)}${plant('slice')}${' after'.repeat(6)}`).slice(21, -15)),
  concatenation: () => {
    const secret = plant('concatenation', halves);
    held.push(flat(secret.slice(0, -9)) + flat(secret.slice(-9)));
  },
  environment: () => {
    process.env[`PLANTED_${planted.length}`] = plant('environment');
  },
  url: () => held.push(new URL(`https://u:${encodeURIComponent(plantPlain('url'))}@example.test/p`)),
  query: () => held.push(new URL(`https://example.test/p?token=${plantPlain('query')}`)),
  header: () => headers.push(plantPlain('header')),
  error: () => held.push(new Error(flat(plant('error')))),
  regexp: () => held.push(new RegExp(plantPlain('regexp'))),
  symbol: () => held.push(Symbol(flat(plant('symbol')))),
  buffer: () => held.push(Buffer.from(plant('buffer')).toString('latin1')),
  json: () => held.push(JSON.parse(JSON.stringify({ secret: plant('json') }))),
  source: () => held.push(new Function(`return ${JSON.stringify(plantPlain('source'))}`)),
  key: () => held.push({ [`sha-${createHash('sha256').update(plantToken()).digest('hex')}`]: {} }),
};
const headers = [];

/** Where only plain characters are allowed. */
function plantPlain(place) {
  const secret = `${place}${randomBytes(9).toString('hex')}`;
  planted.push({ place, parts: [secret] });
  return secret;
}

/** As the key of an object: no name that anybody gave. */
function plantToken() {
  const token = randomBytes(9).toString('hex');
  planted.push({ place: 'key', parts: [createHash('sha256').update(token).digest('hex')] });
  return token;
}

const all = Object.values(ways);
for (let index = 0; index < Number(countText); index++) all[index % all.length]();
held.push({ ...process.env });

const server = http.createServer((request, response) => {
  held.push(request, request.headers);
  response.end();
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
for (const secret of headers) {
  const headersOfOne = { authorization: `Bearer ${secret}` };
  const request = http.get({ port: server.address().port, host: '127.0.0.1', headers: headersOfOne });
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'end');
}
// Said and forgotten before the snapshot: only what the service holds is to be found there.
await new Promise((resolve) => process.stdout.write(JSON.stringify(planted), resolve));
planted.length = 0;
writeHeapSnapshot(path);
process.exit(0);
