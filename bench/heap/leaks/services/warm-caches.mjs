/** Nothing leaks: several caches, each full and bounded. */
class BoundedCache {
  entries = new Map();

  constructor(limit) {
    this.limit = limit;
  }

  set(key, value) {
    if (this.entries.size >= this.limit) this.entries.delete(this.entries.keys().next().value);
    this.entries.set(key, value);
  }
}

const caches = {
  pages: new BoundedCache(2000),
  rights: new BoundedCache(8000),
  rankings: new BoundedCache(3000),
};

export function serve() {
  for (let number = 0; number < 40_000; number++) {
    caches.pages.set(number, { html: `<p>${'x'.repeat(400)}${number}</p>`, etag: `"${number}"` });
    caches.rights.set(`player ${number}`, new Set(['play', 'chat']));
    caches.rankings.set(
      number,
      Array.from({ length: 20 }, (_, place) => place * 3),
    );
  }
  return caches;
}
