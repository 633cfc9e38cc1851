import { EventEmitter } from 'node:events';

/** Sessions are found by id and by player, and only the first index forgets: here neither does when the socket closes. */
export const leak = {
  pilesUp: ['Session'],
  keptIn: /^SessionStore\.(sessions|byPlayer)$/,
};

class PlayerSocket extends EventEmitter {
  isOpen = true;
  received = Buffer.alloc(512);

  close() {
    this.isOpen = false;
    this.emit('close');
  }
}

class Session {
  constructor(id, player, socket) {
    this.id = id;
    this.player = player;
    this.socket = socket;
    this.seenRooms = [`room ${id % 40}`, `hall ${id % 9}`];
    this.inbox = Array.from({ length: 12 }, (_, number) => ({ number, text: `hello ${player} ${number}` }));
    socket.once('close', () => {
      this.closedAt = Date.now();
    });
  }
}

class SessionStore {
  sessions = new Map();
  byPlayer = new Map();

  open(id, socket) {
    const session = new Session(id, `player ${id}`, socket);
    this.sessions.set(id, session);
    this.byPlayer.set(session.player, session);
    return session;
  }
}

const store = new SessionStore();
let lastId = 0;

export function serve(_background, share) {
  for (let count = 0; count < 7043 * share; count++) store.open(++lastId, new PlayerSocket()).socket.close();
  return store;
}
