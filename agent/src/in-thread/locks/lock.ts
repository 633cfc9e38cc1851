import type { AnyFunction } from '../stacks/call-sites.ts';
import { waitSink } from '../waits/wait-sink.ts';
import type { LockRecorder } from './lock-recorder.ts';
import { LockTurn } from './lock-turn.ts';
import { TurnList } from './turn-list.ts';

export interface LockFacts {
  /** What people call it. For locks of libraries: what kind of thing it is. */
  name: string;
  kind: 'lock' | 'pool';
  /** The library that it is of; empty for a registered one. */
  library: string;
  /** How many may have it at once; not known for locks of libraries. */
  capacity: number;
}

/** Where a lock looks whether somebody records. */
export interface RecorderPlace {
  readonly recorder: LockRecorder | undefined;
}

const mostFreed = 64;

/** A lock or pool, and all who wait for it and have it. */
export class Lock {
  readonly facts: LockFacts;
  readonly waiting = new TurnList<LockTurn>();
  readonly held = new TurnList<LockTurn>();
  readonly #place: RecorderPlace;
  #contended = 0;
  readonly #freed: (LockTurn | undefined)[] = [];

  constructor(facts: LockFacts, place: RecorderPlace) {
    this.facts = facts;
    this.#place = place;
  }

  /**
   * Somebody asks for it now.
   *
   * @param below the function that the service's code has called
   */
  ask(below: AnyFunction, isContended = this.#isTaken(), weight = 1): LockTurn {
    const turn = new LockTurn(this, isContended, weight);
    this.waiting.add(turn);
    this.#place.recorder?.asked(turn, below);
    if (isContended) {
      this.#contended += 1;
      turn.wait = waitSink.begin('lock', this.facts.name, below);
    }
    return turn;
  }

  grant(turn: LockTurn): void {
    if (turn.state !== 'waiting') return;
    const { recorder } = this.#place;
    turn.state = 'held';
    if (turn.isContended) {
      // Taken also when nobody records: what is left lying would be blamed later.
      const holder = this.#takeFreed(turn.weight);
      recorder?.waited(turn, 'acquired', holder);
    }
    this.#leaveLine(turn);
    turn.sinceMs = recorder ? recorder.nowMs() : 0;
    this.held.add(turn);
  }

  giveUp(turn: LockTurn): void {
    turn.state = 'over';
    if (turn.isContended) this.#place.recorder?.waited(turn, 'gave up', this.held.first);
    this.#leaveLine(turn);
  }

  takeBack(turn: LockTurn): void {
    this.held.remove(turn);
    turn.state = 'over';
    this.#place.recorder?.held(turn);
    this.#free(turn);
  }

  /** It is given back by somebody who had it before it was watched. */
  takeBackUnknown(): void {
    this.#place.recorder?.heldBefore(this);
    this.#free(undefined);
  }

  /** Gives a beginning to every state that has none. */
  stamp(nowMs: number): void {
    this.waiting.stamp(nowMs);
    this.held.stamp(nowMs);
  }

  #isTaken(): boolean {
    return this.held.size + this.waiting.size >= this.facts.capacity;
  }

  #leaveLine(turn: LockTurn): void {
    this.waiting.remove(turn);
    if (!turn.isContended) return;
    this.#contended -= 1;
    if (this.#contended === 0) this.#freed.length = 0;
    turn.wait?.end();
    turn.wait = undefined;
  }

  /** Remembered for whoever is next, who comes to know of it a moment later. */
  #free(turn: LockTurn | undefined): void {
    if (this.#contended === 0) return;
    this.#freed.push(turn);
    if (this.#freed.length > Math.min(this.#contended, mostFreed)) this.#freed.shift();
  }

  /** Whoever made the room for a turn of this weight last; undefined when that is not known. */
  #takeFreed(weight: number): LockTurn | undefined {
    let holder: LockTurn | undefined;
    for (let room = 0; room < weight && this.#freed.length > 0; room += holder?.weight ?? 1) {
      holder = this.#freed.shift();
    }
    return holder;
  }
}
