import { ProfileLimitError } from '../errors.ts';
import { NONE } from '../model/linked-tree.ts';
import { NO_LABELS } from '../model/no-labels.ts';
import { NO_RECORDING } from '../model/no-recording.ts';
import { NumberColumn } from '../model/number-column.ts';
import type { IndexIntoFunctionTable, Micros, Profile, ProfileLimits } from '../model/profile.ts';
import { StackRows } from '../model/stack-rows.ts';
import type { Slices } from './timed-thread.ts';

/**
 * What took time in a thread as a profile in the order of time: each stretch between two changes belongs to what was open
 * meanwhile, and to idleness when nothing was. What outlasts that within which it began is cut off with it.
 */
export function toTimedProfile(
  slices: Slices,
  root: IndexIntoFunctionTable,
  idle: IndexIntoFunctionTable,
  limits: ProfileLimits,
): Omit<Profile, 'strings' | 'functions'> {
  const stretches = new Stretches(idle, limits);
  const { startMicros, endMicros, func } = slices;
  for (let slice = 0; slice < func.length; slice++)
    stretches.open(func[slice] as number, startMicros[slice] as number, endMicros[slice] as number);
  const timeline = stretches.finish();
  const { nodes, nodeOf } = stretches.rows.toNodes((row) => row, root);
  const node = Uint32Array.from(stretches.row.finish(), nodeOf);
  return {
    nodes,
    valueTypes: [{ type: 'time', unit: 'microseconds' }],
    defaultValueType: 0,
    samples: { length: node.length, node, values: [stretches.weight.finish()], labelSet: undefined },
    labels: NO_LABELS,
    timeline,
    recording: { ...NO_RECORDING, durationMicros: timeline.endMicros - timeline.startMicros },
  };
}

class Stretches {
  readonly rows: StackRows;
  readonly row = new NumberColumn(64);
  readonly weight = new NumberColumn(64);
  readonly #idle: IndexIntoFunctionTable;
  readonly #limits: ProfileLimits;
  readonly #openRows: number[] = [];
  readonly #openEnds: Micros[] = [];
  #startMicros: Micros | undefined;
  #time: Micros = 0;

  constructor(idle: IndexIntoFunctionTable, limits: ProfileLimits) {
    this.rows = new StackRows(limits);
    this.#idle = idle;
    this.#limits = limits;
  }

  open(func: IndexIntoFunctionTable, start: Micros, end: Micros): void {
    if (this.#startMicros === undefined) {
      this.#startMicros = start;
      this.#time = start;
    }
    this.#closeUntil(start);
    this.#pass(start);
    const { maxDepth } = this.#limits;
    if (this.#openRows.length >= maxDepth) throw new ProfileLimitError('frames in one stack', maxDepth);
    this.#openEnds.push(Math.min(end, this.#openEnds.at(-1) ?? end));
    this.#openRows.push(this.rows.intern(this.#openRows.at(-1) ?? NONE, func));
  }

  finish(): { startMicros: Micros; firstSampleMicros: Micros; endMicros: Micros } {
    this.#closeUntil(Number.POSITIVE_INFINITY);
    const startMicros = this.#startMicros ?? 0;
    return { startMicros, firstSampleMicros: startMicros, endMicros: this.#time };
  }

  #closeUntil(time: Micros): void {
    for (;;) {
      const end = this.#openEnds.at(-1);
      if (end === undefined || end > time) return;
      this.#pass(end);
      this.#openEnds.pop();
      this.#openRows.pop();
    }
  }

  #pass(time: Micros): void {
    if (time <= this.#time) return;
    this.row.push(this.#openRows.at(-1) ?? this.rows.intern(NONE, this.#idle));
    this.weight.push(time - this.#time);
    this.#time = time;
  }
}
