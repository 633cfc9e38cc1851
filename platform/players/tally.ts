import type { PlayerCounts, Tries } from '../service/player-counts.ts';
import type { PlayerWitness } from './player.ts';

/** Adds up what the players have noticed. */
export class Tally implements PlayerWitness {
  readonly counts: PlayerCounts = {
    since: new Date().toISOString(),
    disconnects: 0,
    seatsLost: 0,
    gamesCutShort: 0,
    gamesFinished: 0,
    logins: noTries(),
    sits: {},
    plays: {},
  };

  triedToLogin(failure?: Error): void {
    add(this.counts.logins, failure);
  }

  triedToSit(game: string, failure?: Error): void {
    note(this.counts.sits, game, failure);
  }

  triedToPlay(game: string, failure?: Error): void {
    note(this.counts.plays, game, failure);
  }

  lostConnection(): void {
    this.counts.disconnects++;
  }

  lostSeat(): void {
    this.counts.seatsLost++;
  }

  sawGameCutShort(): void {
    this.counts.gamesCutShort++;
  }

  sawGameEnd(): void {
    this.counts.gamesFinished++;
  }
}

const noTries = (): Tries => ({ ok: 0, failed: {} });

function note(byGame: Record<string, Tries>, game: string, failure: Error | undefined): void {
  const tries = byGame[game] ?? noTries();
  byGame[game] = tries;
  add(tries, failure);
}

function add(tries: Tries, failure: Error | undefined): void {
  if (!failure) {
    tries.ok++;
    return;
  }
  const code = 'code' in failure ? String(failure.code) : 'failed';
  tries.failed[code] = (tries.failed[code] ?? 0) + 1;
}
