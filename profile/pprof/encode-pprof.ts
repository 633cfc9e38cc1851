import { ProfileLimitError } from '../errors.ts';
import {
  type LabelTable,
  NOT_A_TEXT,
  type NodeTable,
  type Profile,
  type ValueType,
} from '../model/profile.ts';
import { toUniqueNames } from './function-names.ts';
import { FUNCTION, LABEL, LINE, LOCATION, MAPPING, PROFILE, SAMPLE, VALUE_TYPE } from './pprof-fields.ts';
import { ProtobufWriter } from './protobuf-writer.ts';
import { type StackSums, sumStacks } from './stack-sums.ts';

export interface PprofOptions {
  /** Export the time in which the thread had nothing to do. Left out by default, as Go's own CPU profiles do. */
  readonly includeIdle?: boolean;
  /** Wall clock at the start of the recording, in milliseconds since 1970. */
  readonly startedAtMillis?: number;
  /** What the sampler was asked for, in the unit of the profile's default value type; where a file says it, that. */
  readonly period?: number | undefined;
  /** What pprof shows as the file profiled, usually the service. */
  readonly program?: string;
  /** Further lines for pprof's `-comments`. */
  readonly comments?: readonly string[];
}

const THE_MAPPING = 1;
const CHUNK_BYTES = 1 << 20;
const NANOS_PER_MICRO = 1000;
/** pprof repeats every stack in full: deep stacks with many leaves would make an endless file of a small one. */
const MAX_FRAMES = 256_000_000;

/**
 * The profile as an uncompressed pprof message, in chunks of about a megabyte to be concatenated (and gzipped). One sample
 * per distinct stack and set of labels, with all value types of the profile; times are in nanoseconds, as Go's tools expect.
 */
export function* encodePprofChunks(
  profile: Profile,
  options: PprofOptions = {},
): Generator<Uint8Array<ArrayBuffer>> {
  const sums = sumStacks(profile, options.includeIdle ?? false);
  checkFrames(profile.nodes, sums);
  const strings = new PprofStrings();
  const out = new ProtobufWriter(CHUNK_BYTES + (1 << 16));
  writeHead(out, profile, options, strings, sums.idle);
  const used = new Uint8Array(profile.functions.length);
  const message = new ProtobufWriter();
  const packed = new ProtobufWriter();
  const scales = profile.valueTypes.map(({ unit }) => (unit === 'microseconds' ? NANOS_PER_MICRO : 1));
  for (let row = 0; row < sums.length; row++) {
    writeStack(packed, profile.nodes, sums.node[row] as number, used);
    message.nested(SAMPLE.locationId, packed);
    sums.values.forEach((column, at) => {
      packed.varint(Math.round((column[row] as number) * (scales[at] as number)));
    });
    message.nested(SAMPLE.value, packed);
    writeLabels(message, packed, profile, sums.labelSet[row] as number, strings);
    out.nested(PROFILE.sample, message);
    if (out.length > CHUNK_BYTES) yield out.take();
  }
  const names = toUniqueNames(profile);
  for (let func = 0; func < used.length; func++) {
    if (used[func] === 0) continue;
    writeLocation(out, message, packed, func, profile.functions.line[func] as number);
    writeFunction(out, message, profile, func, names[func] ?? '', strings);
    if (out.length > CHUNK_BYTES) yield out.take();
  }
  for (const text of strings.all()) {
    out.text(PROFILE.stringTable, text);
    if (out.length > CHUNK_BYTES) yield out.take();
  }
  yield out.take();
}

/** The same in one piece. */
export function encodePprof(profile: Profile, options: PprofOptions = {}): Uint8Array<ArrayBuffer> {
  const chunks = [...encodePprofChunks(profile, options)];
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Numbers strings in the order of first use; number 0 must be the empty string. */
class PprofStrings {
  readonly #numbers = new Map<string, number>([['', 0]]);

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }

  all(): Iterable<string> {
    return this.#numbers.keys();
  }
}

function checkFrames(nodes: NodeTable, { length, node }: StackSums): void {
  let frames = 0;
  for (let row = 0; row < length; row++) frames += nodes.depth[node[row] as number] as number;
  if (frames > MAX_FRAMES)
    throw new ProfileLimitError('frames in all its stacks for a pprof file', MAX_FRAMES);
}

function writeHead(
  out: ProtobufWriter,
  profile: Profile,
  options: PprofOptions,
  strings: PprofStrings,
  idle: number,
): void {
  const message = new ProtobufWriter();
  const valueType = (field: number, { type, unit }: ValueType) => {
    message.number(VALUE_TYPE.type, strings.numberOf(type));
    message.number(VALUE_TYPE.unit, strings.numberOf(unit === 'microseconds' ? 'nanoseconds' : unit));
    out.nested(field, message);
  };
  for (const type of profile.valueTypes) valueType(PROFILE.sampleType, type);
  const { recording, valueTypes, defaultValueType } = profile;
  const shown = valueTypes[defaultValueType];
  const period = periodOf(profile, options);
  if (period !== undefined) {
    valueType(PROFILE.periodType, period);
    const scale = period.unit === 'microseconds' ? NANOS_PER_MICRO : 1;
    out.number(PROFILE.period, Math.round(period.every * scale));
  }
  const durationMicros = Math.max(0, recording.durationMicros ?? 0);
  out.number(PROFILE.durationNanos, Math.round(durationMicros * NANOS_PER_MICRO));
  const startedAtMillis = options.startedAtMillis ?? recording.startedAtMillis ?? 0;
  out.number(PROFILE.timeNanos, Math.round(Math.max(0, startedAtMillis) * 1e6));
  if (shown) out.number(PROFILE.defaultSampleType, strings.numberOf(shown.type));
  const comments = [...recording.comments, ...(options.comments ?? [])];
  if (idle > 0) comments.push(`${Math.round(idle / 1000)} ms in which the thread was idle are left out`);
  for (const comment of comments) out.number(PROFILE.comment, strings.numberOf(comment));
  writeMapping(out, strings.numberOf(options.program ?? recording.program ?? 'node'));
}

/** What lies between two samples; Go calls that of every heap profile `space`. */
function periodOf(profile: Profile, options: PprofOptions): Profile['recording']['period'] {
  const { recording, valueTypes, defaultValueType, timeline, samples } = profile;
  const type = valueTypes[defaultValueType];
  if (type === undefined) return recording.period;
  if (options.period !== undefined)
    return { type: type.unit === 'bytes' ? 'space' : type.type, unit: type.unit, every: options.period };
  if (recording.period !== undefined || timeline === undefined) return recording.period;
  const sampledMicros = timeline.endMicros - timeline.firstSampleMicros;
  return { ...type, every: sampledMicros / Math.max(1, samples.length) };
}

function writeLabels(
  message: ProtobufWriter,
  inner: ProtobufWriter,
  profile: Profile,
  set: number,
  strings: PprofStrings,
): void {
  const { labels } = profile;
  const text = (index: number) => strings.numberOf(profile.strings[index] ?? '');
  for (let at = labels.start[set] as number; at < (labels.start[set + 1] as number); at++) {
    inner.number(LABEL.key, text(labels.key[at] as number));
    if (isText(labels, at)) inner.number(LABEL.text, text(labels.text[at] as number));
    else {
      inner.signed(LABEL.number, labels.number[at] as number);
      inner.number(LABEL.unit, text(labels.unit[at] as number));
    }
    message.nested(SAMPLE.label, inner);
  }
}

function isText(labels: LabelTable, at: number): boolean {
  return labels.text[at] !== NOT_A_TEXT;
}

/** Says that names and lines are complete, so that pprof looks for no binary to ask. */
function writeMapping(out: ProtobufWriter, fileName: number): void {
  const mapping = new ProtobufWriter();
  mapping.number(MAPPING.id, THE_MAPPING);
  mapping.number(MAPPING.fileName, fileName);
  mapping.number(MAPPING.hasFunctions, 1);
  mapping.number(MAPPING.hasFileNames, 1);
  mapping.number(MAPPING.hasLineNumbers, 1);
  out.nested(PROFILE.mapping, mapping);
}

/** Leaf first. The root is left out: it is every stack's and says nothing, unless it is all there is. */
function writeStack(packed: ProtobufWriter, nodes: NodeTable, leaf: number, used: Uint8Array): void {
  let node = leaf;
  do {
    const func = nodes.func[node] as number;
    used[func] = 1;
    packed.varint(func + 1);
    node = nodes.parent[node] as number;
  } while (node > 0);
}

function writeLocation(
  out: ProtobufWriter,
  message: ProtobufWriter,
  inner: ProtobufWriter,
  func: number,
  line: number,
): void {
  inner.number(LINE.functionId, func + 1);
  inner.number(LINE.line, line);
  message.number(LOCATION.id, func + 1);
  message.number(LOCATION.mappingId, THE_MAPPING);
  message.nested(LOCATION.line, inner);
  out.nested(PROFILE.location, message);
}

function writeFunction(
  out: ProtobufWriter,
  message: ProtobufWriter,
  profile: Profile,
  func: number,
  name: string,
  strings: PprofStrings,
): void {
  const { functions } = profile;
  message.number(FUNCTION.id, func + 1);
  message.number(FUNCTION.name, strings.numberOf(name));
  message.number(
    FUNCTION.systemName,
    strings.numberOf(profile.strings[functions.name[func] as number] ?? ''),
  );
  message.number(FUNCTION.fileName, strings.numberOf(profile.strings[functions.url[func] as number] ?? ''));
  message.number(FUNCTION.startLine, functions.line[func] as number);
  out.nested(PROFILE.function, message);
}
