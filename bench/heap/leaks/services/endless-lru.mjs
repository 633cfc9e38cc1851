/** A cache that drops what was not used longest, whose limit was never set. */
export const leak = {
  pilesUp: ['RecentNode', 'Avatar'],
  keptIn: /^(RecentlyUsed\.(index|newest|oldest)|.*avatars)$/,
};

class RecentNode {
  newer = undefined;
  older = undefined;

  constructor(key, value) {
    this.key = key;
    this.value = value;
  }
}

class RecentlyUsed {
  index = new Map();
  newest = undefined;
  oldest = undefined;

  constructor({ limit }) {
    this.limit = limit;
  }

  set(key, value) {
    const node = new RecentNode(key, value);
    node.older = this.newest;
    if (this.newest) this.newest.newer = node;
    this.newest = node;
    this.oldest ??= node;
    this.index.set(key, node);
    if (this.index.size > this.limit) this.index.delete(this.oldest.key);
  }
}

class Avatar {
  constructor(id) {
    this.id = id;
    this.outfit = {
      hat: `hat ${id}`,
      coat: `coat ${id}`,
      colours: [id % 255, (id + 1) % 255, (id + 2) % 255],
    };
  }
}

const options = {};
const avatars = new RecentlyUsed(options);

export function serve(_background, share) {
  for (let id = 0; id < 29_633 * share; id++) avatars.set(`avatar-${id}`, new Avatar(id));
}
