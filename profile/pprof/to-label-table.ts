import { ProfileLimitError } from '../errors.ts';
import { type LabelTable, NOT_A_TEXT } from '../model/profile.ts';
import type { RawPprof } from './raw-pprof.ts';

const MOST_LABELS = 16_000_000;

/** Writes every set out: in the file's columns a set is another one and a label more. Set 0 is the empty one. */
export function toLabelTable(raw: RawPprof): LabelTable {
  const before = new Int32Array(raw.labelSets.column(0).buffer);
  const last = raw.labelSets.column(1);
  const start = toStarts(before);
  const total = start[start.length - 1] as number;
  if (total > MOST_LABELS) throw new ProfileLimitError('labels', MOST_LABELS);
  const labelOf = new Uint32Array(total);
  for (let row = 0; row < before.length; row++) {
    const from = start[row + 1] as number;
    const end = start[row + 2] as number;
    const previous = (before[row] as number) + 1;
    labelOf.copyWithin(from, start[previous] as number, start[previous + 1] as number);
    labelOf[end - 1] = last[row] as number;
  }
  return { length: before.length + 1, start: Uint32Array.from(start), ...toColumns(raw, labelOf) };
}

/** A set stands before those that have a label more. */
function toStarts(before: Int32Array): Float64Array {
  // In hostile files the sum may exceed 32 bits before it is refused.
  const start = new Float64Array(before.length + 2);
  for (let row = 0; row < before.length; row++) {
    const previous = (before[row] as number) + 1;
    const size = (start[previous + 1] as number) - (start[previous] as number) + 1;
    start[row + 2] = (start[row + 1] as number) + size;
  }
  return start;
}

function toColumns(
  raw: RawPprof,
  labelOf: Uint32Array,
): Pick<LabelTable, 'key' | 'text' | 'number' | 'unit'> {
  const { labels, strings } = raw;
  const texts = new Int32Array(labels.column(1).buffer);
  const key = labels.column(0).map((text) => strings.indexOf(text, () => 'the key of a label'));
  const text = texts.map((at) => (at < 0 ? NOT_A_TEXT : strings.indexOf(at, () => 'the text of a label')));
  const numbers = Float64Array.from(raw.labelNumbers.keys());
  const number = labels.column(2);
  const unit = labels.column(3).map((at) => strings.indexOf(at, () => 'the unit of a label'));
  return {
    key: labelOf.map((label) => key[label] as number),
    text: Int32Array.from(labelOf, (label) => text[label] as number),
    number: Float64Array.from(labelOf, (label) =>
      texts[label] === NOT_A_TEXT ? (numbers[number[label] as number] as number) : 0,
    ),
    unit: labelOf.map((label) => unit[label] as number),
  };
}
