import { ProfileLimitError, ProfileShapeError } from '../errors.ts';
import { JsonTokenizer } from '../json/json-tokenizer.ts';
import { internRoot, toFunctionTable } from '../model/function-rows.ts';
import { NO_LABELS } from '../model/no-labels.ts';
import { toNodeRows } from '../model/node-rows.ts';
import {
  DEFAULT_LIMITS,
  type NodeTable,
  type Profile,
  type ProfileLimits,
  type SampleTable,
  type ValueType,
} from '../model/profile.ts';
import { onlyProfile, type ProfileSet } from '../model/profile-set.ts';
import type { ProfileReader } from '../profile-reader.ts';
import { HeapProfileSink } from './heap-profile-sink.ts';
import { RawHeapProfile } from './raw-heap-profile.ts';

/** What the recording kept: what is still in use at its end, or all that was allocated. */
export type HeapProfileKind = 'heap' | 'allocation';

const SPACE: Record<HeapProfileKind, ValueType> = {
  heap: { type: 'inuse_space', unit: 'bytes' },
  allocation: { type: 'alloc_space', unit: 'bytes' },
};

/** An object and a list for each level, and what stands around them. */
const NESTING_PER_LEVEL = 2;
const NESTING_AROUND = 4;

/**
 * Reads V8's `.heapprofile` as it arrives: `push` every chunk of the file, then `end`. Both throw a `ProfileError` with a
 * sentence; the reader is of no use after that.
 *
 * Sizes are V8's estimates of all such allocations, not of the sampled ones alone. It estimates the number of objects as well but
 * does not write it, and it cannot be had from the sizes; what is counted is samples, as many as the file lists.
 */
export class HeapProfileReader implements ProfileReader {
  readonly #kind: HeapProfileKind;
  readonly #raw: RawHeapProfile;
  readonly #tokenizer: JsonTokenizer;
  readonly #limits: ProfileLimits;

  constructor(kind: HeapProfileKind, limits: Partial<ProfileLimits> = {}) {
    this.#kind = kind;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#raw = new RawHeapProfile(this.#limits);
    this.#tokenizer = new JsonTokenizer(
      new HeapProfileSink(this.#raw, this.#limits),
      this.#limits.maxStringBytes,
      this.#limits.maxDepth * NESTING_PER_LEVEL + NESTING_AROUND,
    );
  }

  push(chunk: Uint8Array): void {
    this.#tokenizer.push(chunk);
    if (this.#tokenizer.consumedBytes > this.#limits.maxFileBytes)
      throw new ProfileLimitError('bytes', this.#limits.maxFileBytes);
  }

  end(): ProfileSet {
    return onlyProfile(this.#finish());
  }

  #finish(): Profile {
    this.#tokenizer.end();
    const raw = this.#raw;
    if (!raw.hasHead) throw new ProfileShapeError('head', 'is missing');
    const { nodes, shift } = toNodes(raw);
    const strings = raw.strings.toStrings();
    const space = SPACE[this.#kind];
    return {
      strings,
      functions: toFunctionTable(raw.functions, strings),
      nodes,
      valueTypes: raw.hasSamples ? [{ type: 'samples', unit: 'count' }, space] : [space],
      defaultValueType: raw.hasSamples ? 1 : 0,
      samples: toSamples(raw, shift),
      labels: NO_LABELS,
      timeline: undefined,
      recording: {
        startedAtMillis: undefined,
        durationMicros: undefined,
        period: undefined,
        program: undefined,
        comments: [],
      },
    };
  }
}

/** V8's head is the root; should a file have another, a root is put above it, and rows are nodes one further down. */
function toNodes(raw: RawHeapProfile): { nodes: NodeTable; shift: 0 | 1 } {
  const root = internRoot(raw.strings, raw.functions);
  const shift = raw.nodeFunction.at(0) === root ? 0 : 1;
  const length = raw.nodeCount + shift;
  const parent = new Int32Array(length);
  const func = new Uint32Array(length);
  const depth = new Uint16Array(length);
  parent[0] = -1;
  func[0] = root;
  for (let row = 0; row < raw.nodeCount; row++) {
    parent[row + shift] = raw.nodeParent.at(row) + shift;
    func[row + shift] = raw.nodeFunction.at(row);
    depth[row + shift] = raw.nodeDepth.at(row) + shift;
  }
  return { nodes: { length, parent, func, depth }, shift };
}

/** A row for each node that allocated something itself. */
function toSamples(raw: RawHeapProfile, shift: 0 | 1): SampleTable {
  const counts = countSamples(raw);
  const bytes = raw.nodeSelf.finish();
  const hit: number[] = [];
  for (let row = 0; row < raw.nodeCount; row++) {
    if ((bytes[row] as number) > 0 || (counts[row] as number) > 0) hit.push(row);
  }
  const rows = Uint32Array.from(hit);
  const space = Float64Array.from(rows, (row) => bytes[row] as number);
  const count = Int32Array.from(rows, (row) => counts[row] as number);
  return {
    length: rows.length,
    node: rows.map((row) => row + shift),
    values: raw.hasSamples ? [count, space] : [space],
    labelSet: undefined,
  };
}

/**
 * Samples of nodes that are not there are left out: V8 lists the samples once it has written the tree, and what it allocated
 * meanwhile may have been sampled as well.
 */
function countSamples(raw: RawHeapProfile): Uint32Array {
  const counts = new Uint32Array(raw.nodeCount);
  const ids = raw.sampleNodeId.finish();
  if (ids.length === 0) return counts;
  const rows = toNodeRows(raw.nodeId.finish(), (row) => `id of node ${row}`);
  for (let index = 0; index < ids.length; index++) {
    const row = rows.rowOf(ids[index] as number);
    if (row >= 0) counts[row] = (counts[row] as number) + 1;
  }
  return counts;
}
