import { type CallFrame, toFrame } from './call-frame.ts';
import { type AnyFunction, type CallSite, takeCallSites } from './call-sites.ts';

/** A stack in its table. 0 is the empty one. */
export type StackId = number;
export const emptyStack: StackId = 0;

/** A part of a table: what follows what the reader has already. Plain data, so that it can leave the thread. */
export interface StackPart {
  frames: CallFrame[];
  /** Stack number `firstStack + n` is frame `frameOf[n]` called by stack `callerOf[n]`. */
  firstStack: number;
  callerOf: StackId[];
  frameOf: number[];
}

export interface StackTableLimits {
  /** Of one stack, counted from its leaf. */
  depth: number;
  frames: number;
  stacks: number;
}

const usualLimits: StackTableLimits = { depth: 30, frames: 20_000, stacks: 60_000 };
/** Looked at beyond the depth that is kept, since Node's own frames among them are left out. */
const spareFrames = 18;
const stackFactor = 2 ** 20;

/**
 * Stacks as a tree, root first: one number per stack, and stacks that begin alike share what is alike. A place that was
 * met before costs two look-ups; its name and line are asked for once. When it is full, every further stack becomes one.
 */
export class StackTable {
  readonly #limits: StackTableLimits;
  readonly #frames: CallFrame[] = [];
  readonly #numbers = new Map<string, Map<number | string, number>>();
  readonly #callers: number[] = [emptyStack];
  readonly #frameOf: number[] = [-1];
  /** Whether a frame of it is not Node's. */
  readonly #isServices: boolean[] = [false];
  readonly #stacks = new Map<number, StackId>();
  #beyond: StackId | undefined;
  #untold = 0;

  constructor(limits: Partial<StackTableLimits> = {}) {
    this.#limits = { ...usualLimits, ...limits };
  }

  /** How many stacks were not told apart since the table was full. */
  get untold(): number {
    return this.#untold;
  }

  /**
   * The stack below the given function, which must be on it. Frames of Node's inside and of the agent are left
   * out, unless there is nothing else. Where no code but Node's is on it, `orElse` is given if there is one: the stack of whatever began this.
   */
  capture(below: AnyFunction, orElse: StackId = emptyStack): StackId {
    const sites = takeCallSites(below, this.#limits.depth + spareFrames);
    const told = sites.filter(isTelling);
    const kept = told.length === 0 ? sites : told;
    let stack = emptyStack;
    for (let at = Math.min(kept.length, this.#limits.depth) - 1; at >= 0; at -= 1) {
      const next = this.#push(stack, kept[at] as CallSite);
      if (next === undefined) return this.#beyondTable();
      stack = next;
    }
    return orElse !== emptyStack && !this.isOfService(stack) ? orElse : stack;
  }

  /** Whether code of the service, or of a library of it, is on the stack. */
  isOfService(stack: StackId): boolean {
    return this.#isServices[stack] ?? false;
  }

  /** What follows the given numbers of frames and stacks, at most so many of each. Stacks never precede their frames. */
  partFrom(frames: number, stacks: number, most: number): StackPart {
    const untilFrame = Math.min(this.#frames.length, frames + most);
    const isWhole = untilFrame === this.#frames.length;
    const untilStack = isWhole ? Math.min(this.#callers.length, stacks + most) : stacks;
    return {
      frames: this.#frames.slice(frames, untilFrame),
      firstStack: stacks,
      callerOf: this.#callers.slice(stacks, untilStack),
      frameOf: this.#frameOf.slice(stacks, untilStack),
    };
  }

  #push(caller: StackId, site: CallSite): StackId | undefined {
    const frame = this.#frameNumber(site);
    if (frame === undefined) return undefined;
    const key = caller * stackFactor + frame;
    const known = this.#stacks.get(key);
    if (known !== undefined) return known;
    if (this.#callers.length >= this.#limits.stacks) return undefined;
    return this.#add(key, caller, frame);
  }

  #add(key: number, caller: StackId, frame: number): StackId {
    const stack = this.#callers.push(caller) - 1;
    this.#frameOf.push(frame);
    const { file } = this.#frames[frame] as CallFrame;
    this.#isServices.push(this.isOfService(caller) || (file !== '' && !file.startsWith('node:')));
    this.#stacks.set(key, stack);
    return stack;
  }

  #frameNumber(site: CallSite): number | undefined {
    const file = site.getFileName() ?? '';
    let places = this.#numbers.get(file);
    if (!places) {
      places = new Map();
      this.#numbers.set(file, places);
    }
    const place = file === '' ? (site.getFunctionName() ?? '') : site.getPosition();
    const known = places.get(place);
    if (known !== undefined) return known;
    if (this.#frames.length >= this.#limits.frames) return undefined;
    const number = this.#frames.push(toFrame(site)) - 1;
    places.set(place, number);
    return number;
  }

  #beyondTable(): StackId {
    this.#untold += 1;
    if (this.#beyond === undefined) {
      const name = '(stacks beyond the table)';
      const frame = this.#frames.push({ name, file: '', line: 0, column: 0, functionLine: 0 }) - 1;
      this.#beyond = this.#add(-1, emptyStack, frame);
    }
    return this.#beyond;
  }
}

/** The agent's own code; its tests stand for the service. */
const ourFolder = new URL('../../', import.meta.url).href;
const ourTests = '.test.ts';

/** Those of the agent, and through which it is called, are not of interest. */
function isTelling(site: CallSite): boolean {
  const file = site.getFileName() ?? '';
  if (file.startsWith(ourFolder)) return file.endsWith(ourTests);
  return !(
    file.startsWith('node:internal/') ||
    file === 'node:diagnostics_channel' ||
    file === 'node:async_hooks'
  );
}
