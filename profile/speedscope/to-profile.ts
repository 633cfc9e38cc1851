import { ProfileShapeError } from '../errors.ts';
import { NONE } from '../model/linked-tree.ts';
import { NO_LABELS } from '../model/no-labels.ts';
import { NO_RECORDING } from '../model/no-recording.ts';
import type { NumberColumn } from '../model/number-column.ts';
import type {
  IndexIntoFunctionTable,
  Micros,
  Profile,
  Timeline,
  ValueColumn,
  ValueType,
} from '../model/profile.ts';
import type { RawSpeedscopeProfile } from './raw-speedscope.ts';

export interface SharedFrames {
  readonly root: IndexIntoFunctionTable;
  readonly idle: IndexIntoFunctionTable;
  readonly functionOfFrame: NumberColumn;
}

type ToMicros = (amount: number) => Micros;
/** By the names of speedscope's units. */
const TO_MICROS = new Map<string, ToMicros>([
  ['nanoseconds', (amount) => amount / 1000],
  ['microseconds', (amount) => amount],
  ['milliseconds', (amount) => amount * 1000],
  ['seconds', (amount) => amount * 1e6],
]);
/** A frame that no file can name. */
const IDLE_FRAME = 0x7fffffff;

/** Time is told in microseconds and stands in its order; while no frame was open the thread was idle. */
export function toProfile(
  raw: RawSpeedscopeProfile,
  frames: SharedFrames,
  path: string,
): Omit<Profile, 'strings' | 'functions'> {
  const toMicros = TO_MICROS.get(raw.unit);
  const idleRow = findIdleRow(raw, toMicros !== undefined);
  const { nodes, nodeOf } = raw.rows.toNodes((frame) => toFunction(frame, frames, path), frames.root);
  const node = Uint32Array.from(raw.sampleRow.finish(), (row) => nodeOf(row === NONE ? idleRow : row));
  const values = toValues(raw, toMicros);
  const measured = toValueType(raw.unit, toMicros !== undefined);
  const isCounted = raw.hasSamples && measured.unit !== 'count';
  const timeline = toMicros && toTimeline(raw, values, toMicros);
  return {
    nodes,
    valueTypes: isCounted ? [{ type: 'samples', unit: 'count' }, measured] : [measured],
    defaultValueType: isCounted ? 1 : 0,
    samples: {
      length: node.length,
      node,
      values: isCounted ? [undefined, values] : [values],
      labelSet: undefined,
    },
    labels: NO_LABELS,
    timeline,
    recording: { ...NO_RECORDING, durationMicros: timeline && timeline.endMicros - timeline.startMicros },
  };
}

/** Only of time can one say that nothing happened in it. */
function findIdleRow({ rows, sampleRow }: RawSpeedscopeProfile, isTime: boolean): number {
  const hasIdle = isTime && sampleRow.finish().includes(NONE);
  return hasIdle ? rows.intern(NONE, IDLE_FRAME) : NONE;
}

function toFunction(frame: number, frames: SharedFrames, path: string): IndexIntoFunctionTable {
  if (frame === IDLE_FRAME) return frames.idle;
  if (frame >= frames.functionOfFrame.length)
    throw new ProfileShapeError(path, `names frame ${frame}, which is not among shared.frames`);
  return frames.functionOfFrame.at(frame);
}

function toValues({ weight, unit }: RawSpeedscopeProfile, toMicros: ToMicros | undefined): ValueColumn {
  const amounts = weight.finish();
  return toMicros === undefined || unit === 'microseconds' ? amounts : Float64Array.from(amounts, toMicros);
}

function toTimeline(raw: RawSpeedscopeProfile, values: ValueColumn, toMicros: ToMicros): Timeline {
  const firstSampleMicros = toMicros(raw.firstAt ?? raw.startValue ?? 0);
  let lastMicros = firstSampleMicros;
  for (const value of values) lastMicros += value;
  return {
    startMicros: Math.min(toMicros(raw.startValue ?? raw.firstAt ?? 0), firstSampleMicros),
    firstSampleMicros,
    endMicros: Math.max(lastMicros, toMicros(raw.endValue ?? 0)),
  };
}

function toValueType(unit: string, isTime: boolean): ValueType {
  if (isTime) return { type: 'time', unit: 'microseconds' };
  return unit === 'bytes' ? { type: 'space', unit: 'bytes' } : { type: 'samples', unit: 'count' };
}
