import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import {
  DEFAULT_LIMITS,
  type Profile,
  type ProfileLimits,
  type Recording,
  type SampleTable,
  type ValueType,
} from '../model/profile.ts';
import { onlyProfile, type ProfileSet } from '../model/profile-set.ts';
import type { ProfileReader } from '../profile-reader.ts';
import { FieldScanner } from './field-scanner.ts';
import { PprofSink } from './pprof-sink.ts';
import { RawPprof } from './raw-pprof.ts';
import { toLabelTable } from './to-label-table.ts';
import { toStackTree } from './to-stack-tree.ts';

const NANOS_PER_MILLI = 1e6;
const NANOS_PER_MICRO = 1000;

/**
 * Reads pprof's profile.proto, unpacked, as it arrives: `push` every chunk of it, then `end`. Both throw a `ProfileError` with a
 * sentence; the reader is of no use after that. Values are exact up to 2^53; a difference of two profiles is refused.
 */
export class PprofReader implements ProfileReader {
  readonly #limits: ProfileLimits;
  readonly #raw: RawPprof;
  readonly #scanner: FieldScanner;

  constructor(limits: Partial<ProfileLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#raw = new RawPprof(this.#limits.maxStringTableBytes);
    const sink = new PprofSink(this.#raw, this.#limits);
    this.#scanner = new FieldScanner((cursor) => sink.field(cursor));
  }

  push(chunk: Uint8Array): void {
    this.#scanner.push(chunk);
    if (this.#scanner.consumedBytes > this.#limits.maxFileBytes)
      throw new ProfileLimitError('bytes', this.#limits.maxFileBytes);
  }

  end(): ProfileSet {
    return onlyProfile(this.#finish());
  }

  #finish(): Profile {
    this.#scanner.end();
    const raw = this.#raw;
    if (raw.strings.length === 0) throw new ProfileShapeError('string_table', 'is missing');
    if (raw.valueTypes.length === 0) throw new ProfileShapeError('sample_type', 'is missing');
    const columns = raw.sampleValues ?? raw.valueTypes.map(() => undefined);
    if (columns.length !== raw.valueTypes.length) {
      const what = `has ${columns.length} entries for ${raw.valueTypes.length} sample types`;
      throw new ProfileShapeError('sample[0].value', what);
    }
    const { functions, nodes, nodeOfStack, lineOfStack, hasLines } = toStackTree(raw, this.#limits);
    const labels = toLabelTable(raw);
    const samples: SampleTable = {
      length: raw.sampleStack.length,
      node: mapped(raw.sampleStack.finish(), nodeOfStack),
      values: columns.map((column) => column?.finish() ?? new Int32Array(0)),
      line: hasLines ? mapped(raw.sampleStack.finish(), lineOfStack) : undefined,
      labelSet: raw.labelSets.length === 0 ? undefined : toLabelSets(raw),
    };
    // What was said last may have added texts of its own.
    const strings = raw.strings.toStrings();
    const valueTypes = raw.valueTypes.map((type, at) =>
      toValueType(raw, strings, type, `sample_type[${at}]`),
    );
    return {
      strings,
      functions: functions(strings),
      nodes,
      valueTypes,
      defaultValueType: findDefault(raw, strings, valueTypes),
      samples,
      labels,
      timeline: undefined,
      recording: toRecording(raw, strings),
    };
  }
}

/** A sample's set is the row of its last label, or none: one further on in the table of sets. */
function toLabelSets(raw: RawPprof): Uint32Array {
  return mapped(raw.sampleLabelSet.finish(), (row) => row + 1);
}

/** `Uint32Array.from` goes through an iterator, which takes a multiple of the time. */
function mapped(values: Int32Array | Float64Array, to: (value: number) => number): Uint32Array {
  const column = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row++) column[row] = to(values[row] as number);
  return column;
}

function toValueType(
  raw: RawPprof,
  strings: readonly string[],
  { type, unit }: { type: number; unit: number },
  field: string,
): ValueType {
  const text = (number: number, of: string) =>
    strings[raw.strings.indexOf(number, () => `${field}.${of}`)] ?? '';
  return { type: text(type, 'type'), unit: text(unit, 'unit') };
}

/** Like pprof itself: the one named, else the last. */
function findDefault(raw: RawPprof, strings: readonly string[], types: readonly ValueType[]): number {
  const name = strings[raw.strings.indexOf(raw.defaultSampleType, () => 'default_sample_type')];
  const named = types.findIndex(({ type }) => type === name);
  return named < 0 ? types.length - 1 : named;
}

function toRecording(raw: RawPprof, strings: readonly string[]): Recording {
  const text = (number: number, field: () => string) => strings[raw.strings.indexOf(number, field)] ?? '';
  const period = raw.periodType && toValueType(raw, strings, raw.periodType, 'period_type');
  const program = raw.mappingFile.length > 0 ? text(raw.mappingFile.at(0), () => 'mapping[0].filename') : '';
  return {
    startedAtMillis: raw.timeNanos > 0 ? raw.timeNanos / NANOS_PER_MILLI : undefined,
    durationMicros: raw.durationNanos > 0 ? raw.durationNanos / NANOS_PER_MICRO : undefined,
    period: period && raw.period > 0 ? { ...period, every: raw.period } : undefined,
    program: program === '' ? undefined : program,
    comments: raw.comments.map((comment, at) => text(comment, () => `comment[${at}]`)),
  };
}
