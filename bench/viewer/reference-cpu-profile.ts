import { ByteFile } from '../harness/byte-file.ts';
import { seededRandom } from '../harness/random.ts';
import { FUNCTIONS, framesBegun, makeTree, type ReferenceTree } from './reference-tree.ts';

export interface ReferenceSize {
  readonly nodes: number;
  readonly samples: number;
  readonly seed: number;
  /** Of the samples alone, where other samples of the same stacks are wanted. */
  readonly sampleSeed?: number;
}

/** 94 MB, 11.4 million frames in the order of time. */
export const MIDDLE: ReferenceSize = { nodes: 264_000, samples: 3_100_000, seed: 94 };
/** 466 MB, 63 million. */
export const LARGE: ReferenceSize = { nodes: 1_200_000, samples: 17_200_000, seed: 466 };

export interface WrittenProfile {
  readonly sizeBytes: number;
  /** Boxes in a picture in the order of time: a call that goes on over several samples is one. */
  readonly frames: number;
}

/** Writes a `.cpuprofile` as V8 writes it, the same for the same size. */
export function writeCpuProfile(path: string, size: ReferenceSize): WrittenProfile {
  const random = seededRandom(size.seed);
  const tree = makeTree(size.nodes, random);
  using file = new ByteFile(path);
  file.text('{"nodes":[');
  writeNodes(file, tree);
  file.text('],"startTime":1000000,"endTime":');
  const ofSamples = size.sampleSeed === undefined ? random : seededRandom(size.sampleSeed);
  const { sampled, frames } = takeSamples(tree, size.samples, ofSamples);
  // Deltas are written last but known before: 100 µs each, give or take what V8's timer does.
  const deltas = Uint16Array.from({ length: size.samples }, () => 90 + random(40));
  file.digits(1_000_000 + deltas.reduce((sum, delta) => sum + delta, 0));
  file.text(',"samples":[');
  writeNumbers(file, sampled, 1);
  file.text('],"timeDeltas":[');
  writeNumbers(file, deltas, 0);
  file.text(']}');
  return { sizeBytes: file.sizeBytes, frames };
}

function writeNodes(file: ByteFile, tree: ReferenceTree): void {
  const { firstChild, nextSibling } = linkChildren(tree.parent);
  for (let row = 0; row < tree.parent.length; row++) {
    if (row > 0) file.text(',');
    file.text('{"id":');
    file.digits(row + 1);
    file.text(',"callFrame":');
    file.text(row === 0 ? ROOT : frameOf(tree.func[row] as number));
    file.text(',"hitCount":');
    file.digits(row % 7);
    for (let child = firstChild[row] as number; child > 0; child = nextSibling[child] as number) {
      file.text(child === firstChild[row] ? ',"children":[' : ',');
      file.digits(child + 1);
    }
    if ((firstChild[row] as number) > 0) file.byte(0x5d);
    if (row % 7 > 0) {
      file.text(',"positionTicks":[{"line":');
      file.digits(((tree.func[row] as number) * 7) % 1900);
      file.text(',"ticks":');
      file.digits(row % 7);
      file.text('}]');
    }
    file.byte(0x7d);
  }
}

const ROOT = '{"functionName":"(root)","scriptId":"0","url":"","lineNumber":-1,"columnNumber":-1}';
const PACKAGES = ['fastify', '@grpc/grpc-js', 'ws', 'pg', 'zod', 'pino', 'ioredis'];

function frameOf(func: number): string {
  const [name, url] = functionOf(func);
  return `{"functionName":"${name}","scriptId":"${func % 500}","url":"${url}","lineNumber":${(func * 7) % 1900},"columnNumber":${(func * 13) % 80}}`;
}

function functionOf(func: number): readonly [name: string, url: string] {
  const name = `handle${(func * 2654435761) % FUNCTIONS}Request`;
  const module = func % 300;
  if (func % 10 < 4) return [name, `file:///srv/game/services/lobby/src/rooms/room-${module}.ts`];
  if (func % 10 < 8)
    return [name, `file:///srv/game/node_modules/${PACKAGES[func % PACKAGES.length]}/lib/part-${module}.js`];
  return [name, `node:internal/part/${module % 60}`];
}

/** Mostly somewhere near the stack before, as code goes on; sometimes the same once more, sometimes somewhere else. */
function takeSamples(tree: ReferenceTree, count: number, random: (below: number) => number) {
  const sampled = new Uint32Array(count);
  let frames = 0;
  let node = 1;
  for (let sample = 0; sample < count; sample++) {
    const turn = random(1000);
    let next = node;
    if (turn === 0) next = 1 + random(tree.parent.length - 1);
    else if (turn > 100) next = Math.min(tree.parent.length - 1, Math.max(1, node + random(53) - 26));
    frames += framesBegun(tree, node, next);
    node = next;
    sampled[sample] = node;
  }
  return { sampled, frames };
}

function writeNumbers(file: ByteFile, values: Uint32Array | Uint16Array, add: number): void {
  for (let index = 0; index < values.length; index++) {
    if (index > 0) file.byte(0x2c);
    file.digits((values[index] as number) + add);
  }
}

/** Lists of children in the order of the rows. */
function linkChildren(parent: Int32Array): { firstChild: Int32Array; nextSibling: Int32Array } {
  const firstChild = new Int32Array(parent.length);
  const nextSibling = new Int32Array(parent.length);
  for (let row = parent.length - 1; row > 0; row--) {
    const above = parent[row] as number;
    nextSibling[row] = firstChild[above] as number;
    firstChild[above] = row;
  }
  return { firstChild, nextSibling };
}
