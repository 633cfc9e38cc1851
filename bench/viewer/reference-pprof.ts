import { ByteFile } from '../harness/byte-file.ts';
import { seededRandom } from '../harness/random.ts';
import { FUNCTIONS, makeTree, type ReferenceTree } from './reference-tree.ts';

const NODES = 250_000;
const SAMPLES = 1_090_000;
const LINES_PER_FUNCTION = 12;
const FIELD = { sampleType: 1, sample: 2, location: 4, function: 5, stringTable: 6 } as const;
const LABELS = ['thread', 'main', 'worker'] as const;
/** Of the strings: the empty one, two value types with their units, the labels, and then the functions' names. */
const STRINGS = ['', 'samples', 'count', 'cpu', 'nanoseconds', ...LABELS] as const;

/** Writes a pprof, unpacked, of a million samples with thirty frames each or so, in the order in which Go writes it. */
export function writePprof(path: string): { readonly sizeBytes: number } {
  const random = seededRandom(30);
  const tree = makeTree(NODES, random);
  using file = new ByteFile(path);
  writeMessage(file, FIELD.sampleType, [0x08, 1, 0x10, 2]);
  writeMessage(file, FIELD.sampleType, [0x08, 3, 0x10, 4]);
  let node = 1;
  for (let sample = 0; sample < SAMPLES; sample++) {
    node =
      random(50) === 0 ? 1 + random(NODES - 1) : Math.min(NODES - 1, Math.max(1, node + random(61) - 30));
    writeSample(file, tree, node, sample);
  }
  for (let location = 1; location <= FUNCTIONS * LINES_PER_FUNCTION; location++) {
    const func = Math.ceil(location / LINES_PER_FUNCTION);
    const line = [0x08, ...varint(func), 0x10, ...varint(1 + ((location * 7) % 1900))];
    writeMessage(file, FIELD.location, [0x08, ...varint(location), 0x22, line.length, ...line]);
  }
  for (let func = 1; func <= FUNCTIONS; func++) {
    const name = STRINGS.length + (func - 1) * 2;
    writeMessage(file, FIELD.function, [
      ...[0x08, ...varint(func), 0x10, ...varint(name), 0x18, ...varint(name)],
      ...[0x20, ...varint(name + 1), 0x28, ...varint(1 + ((func * 7) % 1900))],
    ]);
  }
  for (const text of STRINGS) writeText(file, text);
  for (let func = 1; func <= FUNCTIONS; func++) {
    writeText(file, `game/services/lobby.(*Room).handle${func}Request`);
    writeText(file, `/srv/game/services/lobby/room-${func % 300}.go`);
  }
  return { sizeBytes: file.sizeBytes };
}

const scratch = new Uint8Array(1 << 12);

function writeSample(file: ByteFile, { parent, func }: ReferenceTree, leaf: number, sample: number): void {
  let used = 0;
  for (let node = leaf; node > 0; node = parent[node] as number) {
    // One of the lines of the function, the same wherever the stack goes on alike.
    const location = ((func[node] as number) - 1) * LINES_PER_FUNCTION + 1 + (node % LINES_PER_FUNCTION);
    used = putVarint(scratch, used, location);
  }
  const values = [...varint(1), ...varint(10_000_000)];
  const label = [0x08, 5, 0x10, sample % 5 === 0 ? 7 : 6];
  const stackHead = [0x0a, ...varint(used)];
  const rest = [0x12, values.length, ...values, 0x1a, label.length, ...label];
  file.byte((FIELD.sample << 3) | 2);
  file.varint(stackHead.length + used + rest.length);
  for (const byte of stackHead) file.byte(byte);
  file.bytes(scratch.subarray(0, used));
  for (const byte of rest) file.byte(byte);
}

function writeMessage(file: ByteFile, field: number, bytes: readonly number[]): void {
  file.byte((field << 3) | 2);
  file.varint(bytes.length);
  for (const byte of bytes) file.byte(byte);
}

function writeText(file: ByteFile, text: string): void {
  file.byte((FIELD.stringTable << 3) | 2);
  file.varint(text.length);
  file.text(text);
}

function varint(value: number): Uint8Array {
  const bytes = new Uint8Array(10);
  return bytes.subarray(0, putVarint(bytes, 0, value));
}

function putVarint(bytes: Uint8Array, from: number, value: number): number {
  let at = from;
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes[at++] = (rest % 0x80) | 0x80;
  bytes[at++] = rest;
  return at;
}
