import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Action,
  type ActionPreview,
  ActionRefused,
  type ActionResult,
  type ActionRun,
  type ActionTarget,
} from '@opscenter/agent';
import { DrainRecord } from './drain-record.ts';
import type { GameFloor } from './game-floor.ts';
import { type GameRoom, toEnd } from './game-room.ts';
import { toRoomName } from './room-name.ts';

/** How often it looks whether the pod is empty; twice in a row must it be. */
const SAMPLE_MS = 1_000;
const SAMPLES_TO_BE_EMPTY = 2;

const IRREVERSIBLE =
  'Nothing is cut short: running games end by themselves and players sit down on another pod. Until the end it can be cancelled; after it the pod takes no rooms until it is restarted.';

/** Takes a pod out of service without ending a game: no new rooms, then wait for the games that run. */
export function drainAction(pod: string, floor: GameFloor, sampleMs = SAMPLE_MS): Action {
  return {
    type: 'drain',
    title: 'Drain',
    description:
      'Takes no new rooms from now on, waits until the running games have ended by themselves, and leaves the pod empty and cordoned until it is restarted. Can be cancelled until then.',
    parametersSchema: { type: 'object', properties: {}, additionalProperties: false },
    preview: (parameters) => previewDrain(pod, floor, parameters, sampleMs),
    run: (run) => new Drain(pod, floor, run, sampleMs).run(),
  };
}

function previewDrain(
  pod: string,
  floor: GameFloor,
  parameters: Readonly<Record<string, unknown>>,
  sampleMs: number,
): ActionPreview {
  if (Object.keys(parameters).length > 0) throw new ActionRefused('A drain takes no parameters.');
  requireServing(pod, floor);
  const targets = toTargets(floor);
  return {
    targets,
    playersAffected: targets.reduce((sum, { players = 0 }) => sum + players, 0),
    playersDisconnected: 0,
    irreversible: IRREVERSIBLE,
    estimatedMs: remainingMs(floor) + SAMPLES_TO_BE_EMPTY * sampleMs,
  };
}

/** @throws {ActionRefused} */
function requireServing(pod: string, floor: GameFloor): void {
  switch (floor.state.state) {
    case 'serving':
      return;
    case 'cordoned':
    case 'draining':
      throw new ActionRefused(`${pod} is being drained already: follow that, or cancel it.`);
    case 'drained':
      throw new ActionRefused(`${pod} is drained: it is empty and takes no rooms until it is restarted.`);
  }
}

function toTargets(floor: GameFloor): ActionTarget[] {
  const between = floor.roomsBetweenGames().map((room) => ({
    id: room,
    name: toRoomName(room),
    reason: 'Its game has just ended; the next one begins on another pod.',
    players: floor.visitsIn(room).size,
    effect: 'awaited' as const,
  }));
  return [...floor.rooms().map((room) => toTarget(floor, room)), ...between];
}

function toTarget(floor: GameFloor, room: GameRoom): ActionTarget {
  const seconds = Math.ceil((toEnd(room) - floor.now()) / 1000);
  return {
    id: room.id,
    name: toRoomName(room.id),
    reason:
      room.sessions.size > 0
        ? `A game runs in it for ${seconds} s more; it ends by itself.`
        : `All its players have left; it is kept ${seconds} s more for those who come back.`,
    players: floor.visitsIn(room.id).size,
    effect: 'awaited',
  };
}

function remainingMs(floor: GameFloor): number {
  const now = floor.now();
  return Math.max(0, ...floor.rooms().map((room) => toEnd(room) - now));
}

/** One drain of one pod. */
class Drain {
  readonly #pod: string;
  readonly #floor: GameFloor;
  readonly #run: ActionRun;
  readonly #sampleMs: number;
  readonly #startedAt: number;

  constructor(pod: string, floor: GameFloor, run: ActionRun, sampleMs: number) {
    this.#pod = pod;
    this.#floor = floor;
    this.#startedAt = floor.now();
    this.#run = run;
    this.#sampleMs = sampleMs;
  }

  async run(): Promise<ActionResult> {
    requireServing(this.#pod, this.#floor);
    const found = toTargets(this.#floor);
    this.#floor.change('cordon');
    using record = new DrainRecord(this.#floor, this.#run);
    this.#run.step('cordoned', `${this.#pod} takes no new rooms from now on.`);
    record.begin(found);
    this.#floor.change('await-games');
    const { length } = this.#floor.rooms();
    this.#run.step('draining', `Waiting for ${games(length)} to end.`);
    if (!(await this.#untilEmpty(record))) return this.#takeBack(record);
    this.#floor.change('found-empty');
    this.#run.step('empty', `No game runs on ${this.#pod}, seen twice in a row.`);
    return this.#finish(record);
  }

  /** False when it is cancelled before. */
  async #untilEmpty(record: DrainRecord): Promise<boolean> {
    const { signal } = this.#run;
    let samples = 0;
    while (!signal.aborted) {
      const rooms = this.#floor.rooms();
      record.see();
      this.#run.waitingFor(
        rooms.map((room) => toTarget(this.#floor, room)),
        remainingMs(this.#floor),
      );
      samples = rooms.length === 0 ? samples + 1 : 0;
      if (samples >= SAMPLES_TO_BE_EMPTY) return true;
      await sleep(this.#sampleMs, undefined, { signal }).catch(() => undefined);
    }
    return false;
  }

  #takeBack(record: DrainRecord): ActionResult {
    this.#floor.change('take-back');
    this.#run.step('serving', `${this.#pod} takes new rooms again.`);
    for (const room of this.#floor.rooms())
      this.#run.outcome(room.id, 'kept', 'Its game goes on, and so does the room on this pod.');
    this.#run.waitingFor([], 0);
    return {
      state: 'cancelled',
      message: `${this.#pod} takes new rooms again after ${this.#seconds()} s; ${games(record.ended)} had ended by then.`,
      playersAffected: record.playersMoved,
      playersDisconnected: record.playersCut,
      checks: [
        record.checkNoneCut(),
        {
          name: 'Serving again',
          passed: this.#floor.state.state === 'serving',
          detail: `The pod is ${this.#floor.state.state}.`,
        },
      ],
    };
  }

  #finish(record: DrainRecord): ActionResult {
    const checks = [
      record.checkNoneCut(),
      record.checkNoneBegun(),
      {
        name: 'Empty',
        passed: this.#floor.rooms().length === 0,
        detail: `${games(this.#floor.rooms().length)} on the pod, ${SAMPLES_TO_BE_EMPTY} samples in a row.`,
      },
    ];
    return {
      state: checks.every(({ passed }) => passed) ? 'succeeded' : 'partial',
      message: `${this.#pod} was empty after ${this.#seconds()} s. It stays cordoned until it is restarted.`,
      playersAffected: record.playersAffected,
      playersDisconnected: record.playersCut,
      checks,
    };
  }

  #seconds(): number {
    return Math.round((this.#floor.now() - this.#startedAt) / 1000);
  }
}

function games(count: number): string {
  return count === 1 ? '1 game' : `${count} games`;
}
