import { LABEL, LINE, LOCATION, PROFILE, SAMPLE, VALUE_TYPE } from '../pprof/pprof-fields.ts';
import { ProtobufWriter } from '../pprof/protobuf-writer.ts';
import { HOSTILE_NAMES, type HostileFile, TOO_DEEP } from './hostile-file.ts';

interface Parts {
  readonly stack?: readonly number[];
  readonly values?: readonly number[];
  readonly texts?: readonly string[];
  readonly location?: (out: ProtobufWriter, inner: ProtobufWriter) => void;
  readonly labels?: number;
}

const SOUND_TEXTS = ['', 'cpu', 'nanoseconds', 'main', 'app.js'];

function oneLocation(out: ProtobufWriter, inner: ProtobufWriter): void {
  inner.number(LINE.functionId, 1);
  out.number(LOCATION.id, 1);
  out.nested(LOCATION.line, inner);
}

/** A file with one type, one function and one location, and one sample of whatever is wanted. */
function pprof({
  stack = [1],
  values = [5],
  texts = SOUND_TEXTS,
  location = oneLocation,
  labels = 0,
}: Parts) {
  const out = new ProtobufWriter();
  const message = new ProtobufWriter();
  const inner = new ProtobufWriter();
  message.number(VALUE_TYPE.type, 1);
  message.number(VALUE_TYPE.unit, 2);
  out.nested(PROFILE.sampleType, message);
  for (const id of stack) inner.varint(id);
  message.nested(SAMPLE.locationId, inner);
  for (const value of values) {
    if (value < 0) message.signed(SAMPLE.value, value);
    else inner.varint(value);
  }
  message.nested(SAMPLE.value, inner);
  for (let label = 0; label < labels; label++) {
    inner.number(LABEL.key, 3);
    inner.number(LABEL.number, label + 1);
    message.nested(SAMPLE.label, inner);
  }
  out.nested(PROFILE.sample, message);
  location(message, inner);
  out.nested(PROFILE.location, message);
  message.number(1, 1);
  message.number(2, 3);
  message.number(4, 4);
  out.nested(PROFILE.function, message);
  for (const text of texts) out.text(PROFILE.stringTable, text);
  return out.take();
}

const raw = (name: string, ...bytes: number[]): HostileFile => ({
  name,
  bytes: Uint8Array.of(0x0a, 4, 0x08, 1, 0x10, 2, ...bytes),
});

export function hostilePprofs(): readonly HostileFile[] {
  const named = Object.entries(HOSTILE_NAMES).map(([what, name]) => ({
    name: `name-of-${what}.pb`,
    bytes: pprof({ texts: ['', name, 'count', name, name] }),
  }));
  const said: Record<string, Parts> = {
    'value-that-is-negative': { values: [-5] },
    'values-too-many': { values: [1, 2, 3] },
    'values-too-few': { values: [] },
    'value-beyond-doubles': { values: [2 ** 63] },
    'location-that-is-not-there': { stack: [7] },
    'stack-of-nothing': { stack: [] },
    'stack-without-end': { stack: new Array<number>(TOO_DEEP).fill(1) },
    'texts-that-are-not-there': { texts: [''] },
    'no-texts': { texts: [] },
    'first-text-that-is-not-empty': { texts: ['x', 'cpu', 'count', 'main'] },
    'location-without-an-id': { location: (out) => out.number(LOCATION.address, 7) },
    'function-that-is-not-there': {
      location: (out, inner) => {
        inner.number(LINE.functionId, 99);
        out.number(LOCATION.id, 1);
        out.nested(LOCATION.line, inner);
      },
    },
    'inlined-without-end': {
      stack: new Array<number>(1000).fill(1),
      location: (out, inner) => {
        out.number(LOCATION.id, 1);
        for (let line = 0; line < 1000; line++) {
          inner.number(LINE.functionId, 1);
          out.nested(LOCATION.line, inner);
        }
      },
    },
    'labels-without-end': { labels: 100_000 },
  };
  return [
    ...named,
    ...Object.entries(said).map(([what, parts]) => ({ name: `${what}.pb`, bytes: pprof(parts) })),
    raw('length-beyond-the-file.pb', 0x12, 0xff, 0xff, 0xff, 0xff, 0x7f),
    raw('varint-without-end.pb', 0x48, ...new Array<number>(20).fill(0xff)),
    raw('field-of-number-zero.pb', 0x02, 0x00),
    raw('group-that-never-ends.pb', 0x0b, 0x0b, 0x0b),
    raw('kind-of-field-that-is-none.pb', 0x0f, 0x0e),
    raw('sample-of-wrong-kinds.pb', 0x12, 6, 0x0d, 1, 2, 3, 4, 0x11),
  ];
}
