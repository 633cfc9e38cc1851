import type { CallTree } from '../call-tree/call-tree.ts';
import { ProfileLimitError } from '../errors.ts';
import { FRAME_KIND, type IndexIntoFunctionTable, type Profile, type ValueType } from '../model/profile.ts';
import { type NamedFunctions, placeOf } from './named-functions.ts';
import { checkFrames, writeStack } from './stack-lengths.ts';

export interface SpeedscopeOptions {
  /** What speedscope calls the file and the profile in it. */
  readonly name: string;
}

const SCHEMA = 'https://www.speedscope.app/file-format-schema.json';
const CHUNK_CHARACTERS = 1 << 20;
const UNITS = ['bytes', 'nanoseconds', 'microseconds', 'milliseconds', 'seconds'];
const NOT_USED = -1;
/** Two for each frame that begins. */
const MAX_EVENTS = 256_000_000;

/** A call tree as a file of speedscope's, in pieces of about a megabyte: a sample for each call that took something itself. */
export function* encodeSpeedscope(
  tree: CallTree,
  names: NamedFunctions,
  valueType: ValueType,
  options: SpeedscopeOptions,
): Generator<string> {
  checkFrames(tree);
  const frames = new Frames(names.functions.length);
  for (let row = 0; row < tree.length; row++) frames.use(tree.func[row] as number);
  yield* frames.write(names, options.name);
  yield `{"type":"sampled",${headOf(options.name, valueType.unit)},"startValue":0,"endValue":${tree.total[0]},"samples":[`;
  const isTime = UNITS.indexOf(valueType.unit) > 0;
  const stack = new Uint32Array(tree.maxDepth);
  const pieces = new Pieces();
  for (let row = 0; row < tree.length; row++) {
    if (tree.self[row] === 0) continue;
    const length = writeStack(tree, row, stack);
    const numbers = Array.from(stack.subarray(0, length), (func) => frames.numberOf(func));
    // A stack without frames means that nothing happened, where time is told.
    if (length === 0 && isTime) numbers.push(frames.numberOf(tree.func[0] as number));
    pieces.add(`[${numbers.join()}]`);
    if (pieces.isFull) yield pieces.take();
  }
  yield pieces.end('],"weights":[');
  for (const value of tree.self) {
    if (value === 0) continue;
    pieces.add(String(value));
    if (pieces.isFull) yield pieces.take();
  }
  yield pieces.end(']}]}\n');
}

/**
 * A profile whose samples stand in the order of time as a file of speedscope's that keeps that order: what begins and what ends,
 * with idleness as stretches in which nothing is open. Undefined for a profile without such an order.
 */
export function encodeTimedSpeedscope(
  profile: Profile,
  options: SpeedscopeOptions,
): Generator<string> | undefined {
  return profile.timeline === undefined ? undefined : writeTimed(profile, options);
}

function* writeTimed(profile: Profile, options: SpeedscopeOptions): Generator<string> {
  const { nodes, samples, defaultValueType, valueTypes } = profile;
  const values = samples.values[defaultValueType];
  const frames = new Frames(profile.functions.length);
  for (let node = 0; node < nodes.length; node++) frames.use(nodes.func[node] as number);
  yield* frames.write(profile, options.name);
  const pieces = new Pieces();
  const open = new OpenStack(profile, frames, pieces);
  // Times count from the first sample: far from zero doubles would round each of them.
  let time = 0;
  const unit = valueTypes[defaultValueType]?.unit ?? '';
  yield `{"type":"evented",${headOf(options.name, unit)},"startValue":0,"events":[`;
  for (let index = 0; index < samples.length; index++) {
    const value = values === undefined ? 1 : (values[index] as number);
    if (value === 0) continue;
    open.changeTo(samples.node[index] as number, time);
    time += value;
    if (pieces.isFull) yield pieces.take();
  }
  open.changeTo(NOT_USED, time);
  yield pieces.end(`],"endValue":${time}}]}\n`);
}

/** The stack that is open in the file. */
class OpenStack {
  readonly #profile: Profile;
  readonly #frames: Frames;
  readonly #events: Pieces;
  #nodes: number[] = [];
  #node = NOT_USED;
  #count = 0;

  constructor(profile: Profile, frames: Frames, events: Pieces) {
    this.#profile = profile;
    this.#frames = frames;
    this.#events = events;
  }

  /** Writes what ends and what begins at this time so that the node's stack is open; for `NOT_USED`, none is. */
  changeTo(node: number, time: number): void {
    if (node === this.#node) return;
    this.#node = node;
    const next = this.#stackOf(node);
    let common = 0;
    while (common < next.length && next[common] === this.#nodes[common]) common++;
    for (let depth = this.#nodes.length - 1; depth >= common; depth--)
      this.#write('C', this.#nodes[depth] as number, time);
    for (let depth = common; depth < next.length; depth++) this.#write('O', next[depth] as number, time);
    this.#nodes = next;
  }

  #write(type: 'O' | 'C', node: number, time: number): void {
    if (this.#count++ >= MAX_EVENTS)
      throw new ProfileLimitError('frames begun for a file of speedscope', MAX_EVENTS / 2);
    const frame = this.#frames.numberOf(this.#profile.nodes.func[node] as number);
    this.#events.add(`{"type":"${type}","frame":${frame},"at":${time}}`);
  }

  /** Without the root, unless it is all there is; nothing at all of what is idle. */
  #stackOf(leaf: number): number[] {
    const { nodes, functions } = this.#profile;
    const stack: number[] = [];
    if (leaf === NOT_USED || functions.kind[nodes.func[leaf] as number] === FRAME_KIND.idle) return stack;
    for (let node = leaf; node > 0; node = nodes.parent[node] as number) stack.push(node);
    return leaf === 0 ? [0] : stack.reverse();
  }
}

/** The functions that are used, by the numbers that the file gives them. */
class Frames {
  readonly #numbers: Int32Array;
  #count = 0;

  constructor(functions: number) {
    this.#numbers = new Int32Array(functions).fill(NOT_USED);
  }

  use(func: IndexIntoFunctionTable): void {
    if (this.#numbers[func] === NOT_USED) this.#numbers[func] = this.#count++;
  }

  numberOf(func: IndexIntoFunctionTable): number {
    return this.#numbers[func] as number;
  }

  /** The beginning of the file, up to where its profiles stand. */
  *write(names: NamedFunctions, name: string): Generator<string> {
    yield `{"$schema":"${SCHEMA}","name":${JSON.stringify(name)},"activeProfileIndex":0,"shared":{"frames":[`;
    const functions = new Uint32Array(this.#count);
    this.#numbers.forEach((number, func) => {
      if (number !== NOT_USED) functions[number] = func;
    });
    const pieces = new Pieces();
    for (const func of functions) {
      const { name: called, url, line, column } = placeOf(names, func);
      const frame = {
        name: called,
        ...(url === '' ? {} : { file: url }),
        ...(line === 0 ? {} : { line }),
        ...(column === 0 ? {} : { col: column }),
      };
      pieces.add(JSON.stringify(frame));
      if (pieces.isFull) yield pieces.take();
    }
    yield pieces.end(']},"profiles":[');
  }
}

/** The entries of a list, with commas between them, gathered into pieces worth handing on. */
class Pieces {
  #text = '';
  #isFirst = true;

  get isFull(): boolean {
    return this.#text.length >= CHUNK_CHARACTERS;
  }

  add(entry: string): void {
    this.#text += this.#isFirst ? entry : `,${entry}`;
    this.#isFirst = false;
  }

  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  /** What is left of the list, and what stands between it and the next one. */
  end(after: string): string {
    this.#isFirst = true;
    return this.take() + after;
  }
}

function headOf(name: string, unit: string): string {
  return `"name":${JSON.stringify(name)},"unit":"${UNITS.includes(unit) ? unit : 'none'}"`;
}
