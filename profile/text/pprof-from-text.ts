import type { Profile } from '../model/profile.ts';
import { chooseProfile } from '../model/profile-set.ts';
import { FUNCTION, LABEL, LINE, LOCATION, PROFILE, SAMPLE, VALUE_TYPE } from '../pprof/pprof-fields.ts';
import { PprofReader } from '../pprof/pprof-reader.ts';
import { ProtobufWriter } from '../pprof/protobuf-writer.ts';
import { callFrameFromText } from './frame-from-text.ts';

/**
 * A pprof file drawn as text: first the sample types, then a line per sample: its stack from the root, its values, its labels.
 *
 * ```
 * contentions/count delay/nanoseconds
 * main;query@db.js:4 3 1200 type=network tries=2
 * main;sleep         1 9000 type=timer
 * ```
 *
 * `query@db.js:4^9` is the function that begins in line 4, sampled in line 9.
 */
export function pprofFromText(text: string): Uint8Array<ArrayBuffer> {
  const [types = '', ...lines] = text
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const builder = new PprofBuilder();
  for (const type of types.split(/\s+/)) builder.addType(type);
  for (const line of lines) builder.addSample(line.split(/\s+/));
  return builder.finish();
}

export function readPprof(bytes: Uint8Array): Profile {
  const reader = new PprofReader();
  reader.push(bytes);
  return chooseProfile(reader.end()).profile;
}

class PprofBuilder {
  readonly #out = new ProtobufWriter();
  readonly #message = new ProtobufWriter();
  readonly #inner = new ProtobufWriter();
  readonly #strings = new Map([['', 0]]);
  readonly #frames = new Map<string, number>();
  readonly #functions = new Map<string, number>();

  addType(text: string): void {
    const [type = '', unit = ''] = text.split('/');
    this.#message.number(VALUE_TYPE.type, this.#string(type));
    this.#message.number(VALUE_TYPE.unit, this.#string(unit));
    this.#out.nested(PROFILE.sampleType, this.#message);
  }

  addSample([stack = '', ...words]: readonly string[]): void {
    for (const frame of stack.split(';').reverse()) this.#inner.varint(this.#frame(frame));
    this.#message.nested(SAMPLE.locationId, this.#inner);
    for (const word of words) if (!word.includes('=')) this.#inner.varint(Number(word));
    this.#message.nested(SAMPLE.value, this.#inner);
    for (const word of words) if (word.includes('=')) this.#addLabel(word);
    this.#out.nested(PROFILE.sample, this.#message);
  }

  finish(): Uint8Array<ArrayBuffer> {
    for (const [frame, id] of this.#frames) this.#addFrame(frame, id);
    for (const text of this.#strings.keys()) this.#out.text(PROFILE.stringTable, text);
    return this.#out.take();
  }

  #addLabel(word: string): void {
    const [key = '', value = ''] = word.split('=');
    this.#inner.number(LABEL.key, this.#string(key));
    if (/^-?\d+$/.test(value)) this.#inner.signed(LABEL.number, Number(value));
    else this.#inner.number(LABEL.text, this.#string(value));
    this.#message.nested(SAMPLE.label, this.#inner);
  }

  #addFrame(frame: string, id: number): void {
    const [text = '', sampledLine] = frame.split('^');
    const { functionName, url, lineNumber } = callFrameFromText(text);
    const known = this.#functions.get(text);
    const functionId = known ?? this.#functions.size + 1;
    this.#functions.set(text, functionId);
    this.#inner.number(LINE.functionId, functionId);
    this.#inner.number(LINE.line, Number(sampledLine ?? lineNumber + 1));
    this.#message.number(LOCATION.id, id);
    this.#message.nested(LOCATION.line, this.#inner);
    this.#out.nested(PROFILE.location, this.#message);
    if (known !== undefined) return;
    this.#message.number(FUNCTION.id, functionId);
    this.#message.number(FUNCTION.name, this.#string(functionName));
    this.#message.number(FUNCTION.systemName, this.#string(functionName));
    this.#message.number(FUNCTION.fileName, this.#string(url));
    this.#message.number(FUNCTION.startLine, lineNumber + 1);
    this.#out.nested(PROFILE.function, this.#message);
  }

  #frame(frame: string): number {
    const id = this.#frames.get(frame) ?? this.#frames.size + 1;
    this.#frames.set(frame, id);
    return id;
  }

  #string(text: string): number {
    const number = this.#strings.get(text) ?? this.#strings.size;
    this.#strings.set(text, number);
    return number;
  }
}
