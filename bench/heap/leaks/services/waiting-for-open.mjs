/** Whoever wants to join waits for the arena to open, which never happens. V8 calls a suspended async function a Generator. */
export const leak = {
  pilesUp: ['Promise', /PromiseReaction/, '(closure)', 'Function', 'JoinRequest', 'Generator'],
  keptIn: /^Arena\.opened$/,
};

class JoinRequest {
  constructor(player) {
    this.player = player;
    this.equipment = Array.from({ length: 25 }, (_, slot) => ({ slot, item: `item ${player}/${slot}` }));
  }
}

class Arena {
  opened = new Promise((resolve) => {
    this.open = resolve;
  });

  async join(request) {
    await this.opened;
    return request.equipment.length;
  }
}

const arena = new Arena();

export function serve(_background, share) {
  for (let player = 0; player < 5821 * share; player++) void arena.join(new JoinRequest(player));
  return arena;
}
