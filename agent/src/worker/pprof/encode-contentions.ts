import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { ContentionProfile, ContentionRecord } from './contention-profile.ts';
import { type PprofFunction, toFunctions } from './function-table.ts';
import { WireWriter } from './wire-writer.ts';

/** Field numbers of https://github.com/google/pprof/blob/main/proto/profile.proto. */
const profileField = {
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
const valueTypeField = { type: 1, unit: 2 } as const;
const sampleField = { locationId: 1, value: 2, label: 3 } as const;
const labelField = { key: 1, text: 2, number: 3 } as const;
const mappingField = { id: 1, fileName: 5, hasFunctions: 7, hasFileNames: 8, hasLineNumbers: 9 } as const;
const locationField = { id: 1, mappingId: 2, line: 4 } as const;
const lineField = { functionId: 1, line: 2 } as const;
const functionField = { id: 1, name: 2, systemName: 3, fileName: 4, startLine: 5 } as const;

const theMapping = 1;
const chunkBytes = 1 << 16;

/** The profile as a gzip'd pprof message, in pieces. */
export function gzipContentions(profile: ContentionProfile): AsyncIterable<Uint8Array> {
  const gzip = createGzip();
  // A failure of either end is told by whoever reads.
  pipeline(Readable.from(encodeContentions(profile)), gzip, () => {});
  return gzip;
}

/** The same before it is packed, in pieces to be concatenated. */
export function* encodeContentions(profile: ContentionProfile): Generator<Uint8Array> {
  const strings = new StringTable();
  const out = new WireWriter();
  const message = new WireWriter();
  const inner = new WireWriter();
  writeHead(out, profile, strings);
  for (const record of profile.records) {
    writeSample(message, inner, record, strings, profile.moreTypes?.length ?? 0);
    out.nested(profileField.sample, message);
    if (out.length > chunkBytes) yield out.take();
  }
  const { functions, ofFrame } = toFunctions(profile.frames);
  for (const [frame, { line }] of profile.frames.entries()) {
    inner.number(lineField.functionId, (ofFrame[frame] as number) + 1);
    inner.number(lineField.line, line);
    message.number(locationField.id, frame + 1);
    message.number(locationField.mappingId, theMapping);
    message.nested(locationField.line, inner);
    out.nested(profileField.location, message);
    if (out.length > chunkBytes) yield out.take();
  }
  for (const [number, func] of functions.entries()) {
    writeFunction(message, number, func, strings);
    out.nested(profileField.function, message);
    if (out.length > chunkBytes) yield out.take();
  }
  for (const text of strings.all()) {
    out.text(profileField.stringTable, text);
    if (out.length > chunkBytes) yield out.take();
  }
  yield out.take();
}

/** Numbers strings in the order of first use; number 0 must be the empty string. */
class StringTable {
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

function writeHead(out: WireWriter, profile: ContentionProfile, strings: StringTable): void {
  const inner = new WireWriter();
  const valueType = (field: number, type: string, unit: string) => {
    inner.number(valueTypeField.type, strings.numberOf(type));
    inner.number(valueTypeField.unit, strings.numberOf(unit));
    out.nested(field, inner);
  };
  valueType(profileField.sampleType, 'contentions', 'count');
  valueType(profileField.sampleType, 'delay', 'nanoseconds');
  for (const { type, unit } of profile.moreTypes ?? []) valueType(profileField.sampleType, type, unit);
  valueType(profileField.periodType, 'contentions', 'count');
  out.number(profileField.period, profile.sampleEvery);
  out.number(profileField.timeNanos, Math.round(profile.startedAtMs * 1e6));
  out.number(profileField.durationNanos, Math.round(profile.durationMs * 1e6));
  out.number(profileField.defaultSampleType, strings.numberOf('delay'));
  for (const comment of profile.comments) out.number(profileField.comment, strings.numberOf(comment));
  // Says that names and lines are complete, so that pprof looks for no binary to ask.
  inner.number(mappingField.id, theMapping);
  inner.number(mappingField.fileName, strings.numberOf(profile.program));
  inner.number(mappingField.hasFunctions, 1);
  inner.number(mappingField.hasFileNames, 1);
  inner.number(mappingField.hasLineNumbers, 1);
  out.nested(profileField.mapping, inner);
}

function writeSample(
  message: WireWriter,
  inner: WireWriter,
  { stack, count, nanos, labels, more }: ContentionRecord,
  strings: StringTable,
  moreTypes: number,
): void {
  for (const frame of stack) inner.varint(frame + 1);
  message.nested(sampleField.locationId, inner);
  inner.varint(Math.round(count));
  inner.varint(Math.round(nanos));
  for (let type = 0; type < moreTypes; type += 1) inner.varint(Math.round(more?.[type] ?? 0));
  message.nested(sampleField.value, inner);
  for (const [key, value] of Object.entries(labels)) {
    inner.number(labelField.key, strings.numberOf(key));
    if (typeof value === 'string') inner.number(labelField.text, strings.numberOf(value));
    else inner.number(labelField.number, Math.round(value));
    message.nested(sampleField.label, inner);
  }
}

function writeFunction(message: WireWriter, number: number, func: PprofFunction, strings: StringTable): void {
  message.number(functionField.id, number + 1);
  message.number(functionField.name, strings.numberOf(func.name));
  message.number(functionField.systemName, strings.numberOf(func.plainName));
  message.number(functionField.fileName, strings.numberOf(func.url));
  message.number(functionField.startLine, func.line);
}
