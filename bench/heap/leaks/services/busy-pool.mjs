import { EventEmitter } from 'node:events';

/** Nothing leaks: players who are all there, each with a socket, listeners and a timer. */
class ConnectedPlayer extends EventEmitter {
  constructor(hub, number) {
    super();
    this.number = number;
    this.outbox = [];
    this.received = Buffer.alloc(2048);
    this.onRound = (round) => this.outbox.push(round);
    hub.on('round', this.onRound);
    this.idle = setTimeout(() => this.emit('idle'), 600_000).unref();
  }
}

const hub = new EventEmitter().setMaxListeners(0);
const players = new Map();

export function serve() {
  for (let number = 0; number < 517; number++) players.set(number, new ConnectedPlayer(hub, number));
  return players;
}
