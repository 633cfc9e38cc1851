import { weighNodes } from '../call-tree/node-weights.ts';
import { ProfileLimitError } from '../errors.ts';
import type { Micros, NodeTable, Profile } from '../model/profile.ts';
import { toUniqueNames } from './function-names.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

export interface PprofOptions {
  /** Export the time in which the thread had nothing to do. Left out by default, as Go's own CPU profiles do. */
  readonly includeIdle?: boolean;
  /** Wall clock at the start of the recording, in milliseconds since 1970. */
  readonly startedAtMillis?: number;
  /** What the sampler was asked for; by default the mean distance of the samples. */
  readonly intervalMicros?: Micros;
  /** What pprof shows as the file profiled, usually the service. */
  readonly program?: string;
  /** Further lines for pprof's `-comments`. */
  readonly comments?: readonly string[];
}

/** Field numbers of https://github.com/google/pprof/blob/main/proto/profile.proto. */
const PROFILE = {
  sampleType: 1,
  sample: 2,
  mapping: 3,
  location: 4,
  function: 5,
  stringTable: 6,
  timeNanos: 9,
  durationNanos: 10,
  periodType: 11,
  period: 12,
  comment: 13,
  defaultSampleType: 14,
} as const;
const VALUE_TYPE = { type: 1, unit: 2 } as const;
const SAMPLE = { locationId: 1, value: 2 } as const;
const MAPPING = { id: 1, fileName: 5, hasFunctions: 7, hasFileNames: 8, hasLineNumbers: 9 } as const;
const LOCATION = { id: 1, mappingId: 2, line: 4 } as const;
const LINE = { functionId: 1, line: 2 } as const;
const FUNCTION = { id: 1, name: 2, systemName: 3, fileName: 4, startLine: 5 } as const;

const THE_MAPPING = 1;
const CHUNK_BYTES = 1 << 20;
/** pprof repeats every stack in full: deep stacks with many leaves would make an endless file of a small one. */
const MAX_FRAMES = 256_000_000;

/**
 * The profile as an uncompressed pprof message, in chunks of about a megabyte to be concatenated (and gzipped). One sample
 * per distinct stack with the values samples/count and cpu/nanoseconds.
 */
export function* encodePprofChunks(
  profile: Profile,
  options: PprofOptions = {},
): Generator<Uint8Array<ArrayBuffer>> {
  const weights = weighNodes(profile, options.includeIdle ?? false);
  checkFrames(profile.nodes, weights.samples);
  const strings = new PprofStrings();
  const out = new ProtobufWriter(CHUNK_BYTES + (1 << 16));
  writeHead(out, profile, options, strings, weights.idle.micros);
  const used = new Uint8Array(profile.functions.length);
  const message = new ProtobufWriter();
  const packed = new ProtobufWriter();
  for (let node = 0; node < profile.nodes.length; node++) {
    const count = weights.samples[node] as number;
    if (count === 0) continue;
    writeStack(packed, profile.nodes, node, used);
    message.nested(SAMPLE.locationId, packed);
    packed.varint(count);
    packed.varint(Math.round((weights.self[node] as number) * 1000));
    message.nested(SAMPLE.value, packed);
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

function checkFrames(nodes: NodeTable, samples: Uint32Array): void {
  let frames = 0;
  for (let node = 0; node < nodes.length; node++)
    if (samples[node] !== 0) frames += nodes.depth[node] as number;
  if (frames > MAX_FRAMES)
    throw new ProfileLimitError('frames in all its stacks for a pprof file', MAX_FRAMES);
}

function writeHead(
  out: ProtobufWriter,
  profile: Profile,
  options: PprofOptions,
  strings: PprofStrings,
  idleMicros: Micros,
): void {
  const type = new ProtobufWriter();
  const valueType = (field: number, name: string, unit: string) => {
    type.number(VALUE_TYPE.type, strings.numberOf(name));
    type.number(VALUE_TYPE.unit, strings.numberOf(unit));
    out.nested(field, type);
  };
  valueType(PROFILE.sampleType, 'samples', 'count');
  valueType(PROFILE.sampleType, 'cpu', 'nanoseconds');
  valueType(PROFILE.periodType, 'cpu', 'nanoseconds');
  const { samples, startMicros, firstSampleMicros, endMicros } = profile;
  const interval = options.intervalMicros ?? (endMicros - firstSampleMicros) / Math.max(1, samples.length);
  out.number(PROFILE.period, Math.round(interval * 1000));
  out.number(PROFILE.durationNanos, Math.round(Math.max(0, endMicros - startMicros) * 1000));
  out.number(PROFILE.timeNanos, Math.round(Math.max(0, options.startedAtMillis ?? 0) * 1e6));
  out.number(PROFILE.defaultSampleType, strings.numberOf('cpu'));
  const comments = [...(options.comments ?? [])];
  if (idleMicros > 0)
    comments.push(`${Math.round(idleMicros / 1000)} ms in which the thread was idle are left out`);
  for (const comment of comments) out.number(PROFILE.comment, strings.numberOf(comment));
  writeMapping(out, strings.numberOf(options.program ?? 'node'));
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
