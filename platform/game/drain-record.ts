import type { ActionResult, ActionRun, ActionTarget } from '@opscenter/agent';
import type { GameFloor } from './game-floor.ts';
import type { GameEnd, GameRoom } from './game-room.ts';

type Check = ActionResult['checks'][number];

/** What really happens on a pod while it is drained, to be held against what was promised. */
export class DrainRecord implements Disposable {
  readonly #floor: GameFloor;
  readonly #run: ActionRun;
  readonly #listening: Disposable;
  readonly #gamesBegunBefore: number;
  readonly #turnedAwayBefore: number;
  readonly #players = new Set<string>();
  #ended = 0;
  #cut = 0;
  #playersCut = 0;

  constructor(floor: GameFloor, run: ActionRun) {
    this.#floor = floor;
    this.#run = run;
    this.#gamesBegunBefore = floor.gamesBegun;
    this.#turnedAwayBefore = floor.turnedAway;
    this.#listening = floor.onGameEnd((end) => this.#note(end));
  }

  get ended(): number {
    return this.#ended;
  }

  get playersAffected(): number {
    return this.#players.size;
  }

  /** Players whose game ended before its time. */
  get playersCut(): number {
    return this.#playersCut;
  }

  /** Settles what needs no waiting for. @param found the pod's rooms at the cordon */
  begin(found: readonly ActionTarget[]): void {
    const here = new Set(found.map(({ id }) => id));
    for (const id of this.#run.confirmed)
      if (!here.has(id)) this.#run.outcome(id, 'kept', 'The room is no longer on this pod.');
    for (const [room, sessions] of this.#floor.betweenGames()) {
      for (const session of sessions) this.#players.add(session);
      this.#tellDone(room, 'Its game had ended; the next one begins on another pod.');
    }
  }

  see(rooms: readonly GameRoom[]): void {
    for (const room of rooms) for (const session of room.sessions) this.#players.add(session);
  }

  checkNoneCut(): Check {
    return {
      name: 'No game cut short',
      passed: this.#cut === 0,
      detail: `${this.#ended} ended by themselves, ${this.#cut} before their time with players in them.`,
    };
  }

  checkNoneBegun(): Check {
    const begun = this.#floor.gamesBegun - this.#gamesBegunBefore;
    const turnedAway = this.#floor.turnedAway - this.#turnedAwayBefore;
    return {
      name: 'No new game',
      passed: begun === 0,
      detail: `${begun} began here after the cordon; ${turnedAway} wishes for one were turned away.`,
    };
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }

  /** A room that came after the preview is waited for like the others; only what was confirmed has an outcome. */
  #tellDone(room: string, message: string): void {
    if (this.#run.confirmed.has(room)) this.#run.outcome(room, 'done', message);
  }

  #note(end: GameEnd): void {
    for (const session of end.sessions) this.#players.add(session);
    const seconds = Math.round((end.endedAt - end.begunAt) / 1000);
    if (end.endedAt < end.endsAt && end.sessions.length > 0) {
      this.#cut++;
      this.#playersCut += end.sessions.length;
      this.#run.outcome(end.room, 'failed', `Its game was cut short after ${seconds} s.`);
      return;
    }
    this.#ended++;
    this.#tellDone(
      end.room,
      end.reason === 'left'
        ? 'All its players had left.'
        : `Its game ended by itself after ${seconds} s, with ${end.sessions.length} in it.`,
    );
  }
}
