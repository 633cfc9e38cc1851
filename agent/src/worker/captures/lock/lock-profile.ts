import {
  type HoldRow,
  type LockTable,
  type RecordedLock,
  untoldStack,
  type WaitRow,
} from '../../../in-thread/locks/lock-recorder.ts';
import type { LocatedFrame } from '../../../in-thread/stacks/frame-url.ts';
import { StackMirror } from '../../../in-thread/stacks/stack-mirror.ts';
import type { ContentionProfile, ContentionRecord } from '../../pprof/contention-profile.ts';

/** What a lock profile measures by who held: whom it made wait and for how long, how often and how long it was held. */
const moreTypes = [
  { type: 'blocked', unit: 'count' },
  { type: 'blocking', unit: 'nanoseconds' },
  { type: 'holds', unit: 'count' },
  { type: 'held', unit: 'nanoseconds' },
] as const;

const untoldNames: Readonly<Record<number, string>> = {
  [untoldStack.before]: '(asked for it before the capture)',
  [untoldStack.unknown]: '(holder not known)',
  [untoldStack.spared]: '(stack not taken)',
  [untoldStack.further]: '(further stacks)',
};

/**
 * The table as pprof. `contentions` and `delay` are by who waited: the stack where they asked, then the lock, and at the
 * leaf the function that had it, so that `-top` shows who made others wait, as Go's mutex profile does, and the callers who
 * had to. The other values are by who had it, each with its whole stack.
 */
export function toLockProfile(
  table: LockTable,
  program: string,
  comments: readonly string[],
): ContentionProfile {
  const places = new LockPlaces(table);
  const records = [
    ...table.waits.map((row) => toWaitRecord(row, places)),
    ...table.holds.map((row) => toHoldRecord(row, places)),
  ];
  const { startedAtMs, recordedMs } = table;
  return {
    frames: places.frames,
    records,
    startedAtMs,
    durationMs: recordedMs,
    sampleEvery: 1,
    program,
    comments,
    moreTypes,
  };
}

function toWaitRecord(row: WaitRow, places: LockPlaces): ContentionRecord {
  const { lock, stack, holder, outcome, contentions, delayNanos, longestNanos } = row;
  const [leaf, ...callers] = places.stackOf(stack, lock);
  const holderLeaf = places.stackOf(holder, lock)[0] as number;
  return {
    stack: [holderLeaf, places.frameOfLock(lock), leaf as number, ...callers],
    count: contentions,
    nanos: delayNanos,
    labels: {
      side: 'waiter',
      ...places.labelsOf(lock),
      holder: places.placeOf(holder, lock),
      outcome,
      longest_ms: toMs(longestNanos),
    },
  };
}

function toHoldRecord(row: HoldRow, places: LockPlaces): ContentionRecord {
  const { lock, stack, holds, stillHeld, heldNanos, longestNanos, blocked, blockingNanos } = row;
  return {
    stack: places.stackOf(stack, lock),
    count: 0,
    nanos: 0,
    labels: {
      side: 'holder',
      ...places.labelsOf(lock),
      longest_ms: toMs(longestNanos),
      ...(stillHeld > 0 ? { still_held: stillHeld } : {}),
    },
    more: [blocked, blockingNanos, holds, heldNanos],
  };
}

/** For people: the exact sums are in the values. */
const toMs = (nanos: number) => Math.round(nanos / 1e6);

/** What the numbers in a table stand for: frames, and what people call the locks. */
export class LockPlaces {
  readonly frames: LocatedFrame[];
  readonly #mirror = new StackMirror();
  readonly #locks: readonly RecordedLock[];
  readonly #made = new Map<string, number>();
  readonly #names = new Map<number, string>();

  constructor({ stacks, locks }: LockTable) {
    this.#mirror.add(stacks);
    this.frames = [...this.#mirror.frames];
    this.#locks = locks;
  }

  /** Leaf first, at least one frame. Those of the lock's library at the leaf, and ours, are left out: they say what its name says. */
  stackOf(stack: number, lock: number): number[] {
    const untold = untoldNames[stack];
    if (untold !== undefined) return [this.#frameNamed(untold)];
    const frames = this.#mirror.framesOf(stack);
    const { library = '' } = this.#locks[lock] ?? {};
    const first = frames.findIndex((frame) => !isOfLibrary(this.frames[frame]?.url ?? '', library));
    const kept = frames.slice(Math.max(0, first));
    return kept.length > 0 ? kept : [this.#frameNamed('(no JavaScript on the stack)')];
  }

  /** The leaf in words: "settle wallet.js:42". */
  placeOf(stack: number, lock: number): string {
    const frame = this.frames[this.stackOf(stack, lock)[0] as number];
    if (!frame) return '';
    const { name, url, line } = frame;
    const place = url === '' ? '' : `${url.slice(url.lastIndexOf('/') + 1)}:${line}`;
    return [name || '(anonymous)', place].filter((part) => part !== '').join(' ');
  }

  /** Between who waits and who holds. */
  frameOfLock(lock: number): number {
    return this.#frameNamed(`waits for ${this.#locks[lock]?.name ?? ''}, held by`);
  }

  labelsOf(lock: number): { lock: string; kind: string } {
    return { lock: this.nameOf(lock), kind: this.#locks[lock]?.kind ?? 'lock' };
  }

  /** Those of libraries have no name: they are told apart by a number, and by where they were first asked for. */
  nameOf(lock: number): string {
    const known = this.#names.get(lock);
    if (known !== undefined) return known;
    const { name = '', library = '', firstStack = 0 } = this.#locks[lock] ?? {};
    const made = library === '' ? name : `${name} ${lock + 1} (${this.placeOf(firstStack, lock)})`;
    this.#names.set(lock, made);
    return made;
  }

  #frameNamed(name: string): number {
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const number = this.frames.push({ name, url: '', line: 0, column: 0, functionLine: 0 }) - 1;
    this.#made.set(name, number);
    return number;
  }
}

/** Whether a frame is ours, or of the lock's library, of what that is compiled with, or native between them. */
function isOfLibrary(url: string, library: string): boolean {
  if (url.includes('/in-thread/locks/') || url.includes('/host/locks/')) return true;
  if (library === '') return false;
  return url === '' || url.includes(`/node_modules/${library}/`) || url.includes('/node_modules/tslib/');
}
