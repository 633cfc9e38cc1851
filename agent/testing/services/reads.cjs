// Work inside of what Node reads through buffers that all of a thread share, checked each time.
const { realpathSync, statSync } = require('node:fs');

const place = 'http://players.example:8443/rooms?of=7#next';

function readAddress() {
  const { href, origin, port, pathname, search, hash } = new URL(place);
  const read = `${origin} ${port} ${pathname} ${search} ${hash}`;
  const isRight = href === place && read === 'http://players.example:8443 8443 /rooms ?of=7 #next';
  if (!isRight) throw new Error(`${place} was read as ${href}: ${read}`);
}

function readSize(size) {
  const found = statSync(__filename);
  if (found.size !== size || !found.isFile() || realpathSync(__filename) !== __filename)
    throw new Error(`${__filename} was read as another file, of ${found.size} bytes`);
}

exports.readForEver = function readForEver() {
  const { size } = statSync(__filename);
  setInterval(() => {
    const end = Date.now() + 18;
    while (Date.now() < end) {
      for (let turn = 0; turn < 40; turn++) readAddress();
      readSize(size);
    }
  }, 20);
};

if (process.argv[2] === 'read' && !require('node:worker_threads').isMainThread) exports.readForEver();
