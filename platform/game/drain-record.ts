import type { ActionResult, ActionRun, ActionTarget } from '@opscenter/agent';
import type { GameFloor } from './game-floor.ts';
import type { GameEnd } from './game-room.ts';

type Check = ActionResult['checks'][number];

/** What really happens on a pod while it is drained, to be held against what was promised. */
export class DrainRecord implements Disposable {
  readonly #floor: GameFloor;
  readonly #run: ActionRun;
  readonly #listening: Disposable;
  readonly #gamesBegunBefore: number;
  readonly #turnedAwayBefore: number;
  /** Visits by room, as they were seen from the cordon on. */
  readonly #visits = new Map<string, Set<string>>();
  /** Rooms whose game has ended. */
  readonly #over = new Set<string>();
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
    return new Set([...this.#visits.values()].flatMap((visits) => [...visits])).size;
  }

  /** Those of them whose room has had its last game here, for as long as the cordon lasts. */
  get playersMoved(): number {
    return new Set([...this.#over].flatMap((room) => [...(this.#visits.get(room) ?? [])])).size;
  }

  /** Players whose game ended before its time. */
  get playersCut(): number {
    return this.#playersCut;
  }

  /** Settles what needs no waiting for. @param found the pod's rooms at the cordon */
  begin(found: readonly ActionTarget[]): void {
    for (const { id } of found) this.#seeRoom(id);
    const here = new Set(found.map(({ id }) => id));
    for (const id of this.#run.confirmed)
      if (!here.has(id)) this.#run.outcome(id, 'kept', 'The room is no longer on this pod.');
    for (const room of this.#floor.roomsBetweenGames()) {
      this.#over.add(room);
      this.#tellDone(room, 'Its game had ended; the next one begins on another pod.');
    }
  }

  /** Looks who is in the rooms now. */
  see(): void {
    for (const { id } of this.#floor.rooms()) this.#seeRoom(id);
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

  #seeRoom(room: string): void {
    const seen = this.#visits.get(room) ?? new Set();
    for (const visit of this.#floor.visitsIn(room)) seen.add(visit);
    this.#visits.set(room, seen);
  }

  #note(end: GameEnd): void {
    this.#seeRoom(end.room);
    this.#over.add(end.room);
    const seconds = Math.round((end.endedAt - end.begunAt) / 1000);
    if (end.endedAt < end.endsAt && end.players > 0) {
      this.#cut++;
      this.#playersCut += end.players;
      this.#run.outcome(end.room, 'failed', `Its game was cut short after ${seconds} s.`);
      return;
    }
    this.#ended++;
    this.#tellDone(
      end.room,
      end.reason === 'left'
        ? 'All its players had left.'
        : `Its game ended by itself after ${seconds} s, with ${end.players} in it.`,
    );
  }
}
