import { EventEmitter } from 'node:events';

/** Each view of a match listens for changes of the configuration and is never taken off. */
export const leak = {
  pilesUp: ['(closure)', 'Function', 'MatchView'],
  keptIn: /(^|\.)change$/,
};

class ConfigBus extends EventEmitter {}
const bus = new ConfigBus();
bus.setMaxListeners(0);

class MatchView {
  constructor(number) {
    this.rows = Array.from({ length: 40 }, (_, seat) => ({ seat, points: number + seat }));
    bus.on('change', (limits) => {
      this.rows.length = limits;
    });
  }
}

export function serve(_background, share) {
  for (let number = 0; number < 6137 * share; number++) new MatchView(number);
}
