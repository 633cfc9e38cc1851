import { ProfileShapeError } from '../../errors.ts';
import type { JsonSink } from '../../json/json-sink.ts';
import { KeyMatcher, UNKNOWN_KEY } from '../../json/key-matcher.ts';
import type { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import { type EdgeColumns, EdgeRows } from './edge-rows.ts';
import { JsonValue } from './json-value.ts';
import { NodeRows } from './node-rows.ts';
import { type SnapshotHead, toSnapshotHead } from './snapshot-head.ts';
import type { SnapshotTail, TailRows } from './snapshot-tail.ts';
import { StringRows } from './string-rows.ts';

const OUTSIDE = 0;
const TOP = 1;
const HEAD = 2;
const NODES = 3;
const EDGES = 4;
const STRINGS = 5;

const SECTIONS = ['snapshot', 'nodes', 'edges', 'strings'] as const;
const [SNAPSHOT_KEY, NODES_KEY, EDGES_KEY, STRINGS_KEY] = [0, 1, 2, 3];
const KEYS = new KeyMatcher(SECTIONS);
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What the sink must know of its tokenizer. */
export interface FilePosition {
  /** Bytes before the chunk that is read now. */
  readonly consumedBytes: number;
}

/**
 * Sorts what the tokenizer finds in a `.heapsnapshot` into columns. Sections may come in any order, but for the head, which
 * says how rows are written and must stand before them; sections of other names are passed over.
 */
export class SnapshotSink implements JsonSink {
  position: FilePosition = { consumedBytes: 0 };
  readonly #memory: HeapMemory;
  readonly #fileBytes: number | undefined;
  readonly #headValue = new JsonValue();
  #place = OUTSIDE;
  #key = UNKNOWN_KEY;
  #head: SnapshotHead | undefined;
  #nodes: NodeRows | undefined;
  #edges: EdgeRows | undefined;
  #preparedEdges: EdgeRows | undefined;
  #strings: StringRows | undefined;
  #isTail = false;

  constructor(memory: HeapMemory, fileBytes: number | undefined) {
    this.#memory = memory;
    this.#fileBytes = fileBytes;
  }

  /** One that begins where a row of `edges` does. What stands before is read elsewhere, so it takes neither head nor nodes. */
  static inEdges(memory: HeapMemory, fileBytes: number, head: SnapshotHead, rows: TailRows): SnapshotSink {
    const sink = new SnapshotSink(memory, fileBytes);
    sink.#head = head;
    sink.#edges = EdgeRows.into(rows, memory, head);
    sink.#isTail = true;
    sink.#place = EDGES;
    sink.#key = EDGES_KEY;
    return sink;
  }

  /** What the file says of itself, once that was read. */
  get head(): SnapshotHead | undefined {
    return this.#head;
  }

  /** See `HeapSnapshotReader.prepareEdges`. */
  prepareEdges(): EdgeColumns | undefined {
    if (this.#head === undefined || this.#edges !== undefined) return undefined;
    this.#preparedEdges ??= new EdgeRows(this.#memory, this.#head, this.#fileBytes);
    const { columns } = this.#preparedEdges;
    return columns.type.length === this.#head.edgeCount ? columns : undefined;
  }

  /** Whether it stands where a row of `edges` begins, or these end. */
  get isAtEdge(): boolean {
    return this.#place === EDGES && this.#edges?.isBetweenRows === true;
  }

  /** Takes what another one has found from here to the end of the file; only where `isAtEdge` says so. */
  join({ edges, strings }: Pick<SnapshotTail, 'edges' | 'strings'>): void {
    this.#edges?.goTo(edges);
    if (strings) this.#strings = StringRows.from(this.#memory, strings);
    this.#place = TOP;
  }

  /** How many edges were found. */
  get edgeCount(): number {
    return this.#edges?.length ?? 0;
  }

  /** Whether texts were found that a tail may bring as well. */
  get hasStrings(): boolean {
    return this.#strings !== undefined;
  }

  /** What was found from `inEdges` to the end of the file. */
  finishTail(): Pick<SnapshotTail, 'edges' | 'strings'> {
    if (this.#edges === undefined) throw new ProfileShapeError('edges', 'is missing');
    return { edges: this.#edges.finishTail(), strings: this.#strings?.finishTail() };
  }

  /** Where in the file the reader is, for whoever explains why it stopped. */
  get section(): string {
    if (this.#place === OUTSIDE) return 'before the first section';
    if (this.#place === HEAD) return 'in snapshot';
    return this.#place === TOP ? 'between the sections' : `in ${SECTIONS[this.#key]}`;
  }

  key(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#place === HEAD) {
      this.#headValue.key(decoder.decode(bytes.subarray(start, end)));
      return true;
    }
    this.#key = KEYS.match(bytes, start, end);
    return this.#key !== UNKNOWN_KEY;
  }

  beginObject(): void {
    if (this.#place === HEAD) this.#headValue.begin(new Map());
    else if (this.#place === OUTSIDE) this.#place = TOP;
    else if (this.#place === TOP && this.#key === SNAPSHOT_KEY) this.#beginHead();
    else this.#wrongType('an object');
  }

  endObject(): void {
    if (this.#place !== HEAD) return;
    this.#headValue.end();
    if (this.#headValue.depth > 0) return;
    this.#head = toSnapshotHead(this.#headValue.value);
    this.#place = TOP;
  }

  beginArray(): void {
    if (this.#place === HEAD) this.#headValue.begin([]);
    else if (this.#place === TOP && this.#key !== SNAPSHOT_KEY) this.#beginSection();
    else this.#wrongType('a list');
  }

  endArray(): void {
    if (this.#place === HEAD) {
      this.#headValue.end();
      return;
    }
    if (this.#place === NODES) this.#nodes?.end(this.position.consumedBytes);
    if (this.#place === EDGES) this.#edges?.end(this.position.consumedBytes);
    this.#place = TOP;
  }

  string(bytes: Uint8Array, start: number, end: number): void {
    if (this.#place === STRINGS) this.#strings?.add(bytes, start, end);
    else if (this.#place === HEAD) this.#headValue.put(decoder.decode(bytes.subarray(start, end)));
    else this.#wrongType('a text');
  }

  takeAhead(chunk: Uint8Array, from: number, chunkByte: number): number {
    if (this.#place === EDGES) return this.#edges?.takeAhead(chunk, from, chunkByte) ?? from;
    if (this.#place === NODES) return this.#nodes?.takeAhead(chunk, from, chunkByte) ?? from;
    if (this.#place === STRINGS) return this.#strings?.takeAhead(chunk, from) ?? from;
    return from;
  }

  number(value: number, beginByte: number): void {
    if (this.#place === NODES) this.#nodes?.takeNumber(value, beginByte);
    else if (this.#place === EDGES) this.#edges?.takeNumber(value, beginByte);
    else if (this.#place === HEAD) this.#headValue.put(value);
    else this.#wrongType('a number');
  }

  literal(value: boolean | null): void {
    if (this.#place === HEAD) this.#headValue.put(value);
    else this.#wrongType(String(value));
  }

  /** @throws ProfileShapeError unless all sections are there and fit each other */
  finish(): HeapGraph {
    const [nodes, edges, strings] = [this.#nodes, this.#edges, this.#strings];
    if (this.#head === undefined) throw new ProfileShapeError('snapshot', 'is missing');
    if (nodes === undefined) throw new ProfileShapeError('nodes', 'is missing');
    if (edges === undefined) throw new ProfileShapeError('edges', 'is missing');
    if (strings === undefined) throw new ProfileShapeError('strings', 'is missing');
    checkCount('node_count', this.#head.nodeCount, nodes.length);
    checkCount('edge_count', this.#head.edgeCount, edges.length);
    if (nodes.edgeCount !== edges.length) {
      const what = `says ${nodes.edgeCount} edges in all, but ${edges.length} are there`;
      throw new ProfileShapeError('nodes[].edge_count', what);
    }
    nodes.names.check('nodes', 'name', strings.length, 'string');
    edges.names.check('edges', 'name_or_index', strings.length, 'string');
    edges.targets.check('edges', 'to_node', nodes.length, 'node');
    return { nodes: nodes.finish(), edges: edges.finish(), strings: strings.finish() };
  }

  #beginHead(): void {
    if (this.#head !== undefined) this.#twice();
    this.#place = HEAD;
    this.#headValue.begin(new Map());
  }

  #beginSection(): void {
    const isThere = [this.#head, this.#nodes, this.#edges, this.#strings][this.#key] !== undefined;
    if (isThere) this.#twice();
    if (this.#key === STRINGS_KEY) {
      const rest = this.#fileBytes === undefined ? undefined : this.#fileBytes - this.position.consumedBytes;
      this.#strings = new StringRows(this.#memory, rest);
      this.#place = STRINGS;
      return;
    }
    const head = this.#head;
    if (head === undefined) {
      const what = 'stands before the head that says how it is written';
      throw new ProfileShapeError(SECTIONS[this.#key] ?? '', what, this.position.consumedBytes);
    }
    if (this.#key === NODES_KEY && this.#isTail) this.#twice();
    if (this.#key === NODES_KEY) {
      this.#nodes = new NodeRows(this.#memory, head, this.#fileBytes);
      this.#place = NODES;
    } else if (this.#key === EDGES_KEY) {
      this.#edges = this.#preparedEdges ?? new EdgeRows(this.#memory, head, this.#fileBytes);
      this.#place = EDGES;
    }
  }

  #twice(): never {
    throw new ProfileShapeError(SECTIONS[this.#key] ?? '', 'is there twice');
  }

  #wrongType(found: string): never {
    const field = this.#place === OUTSIDE ? 'the file as a whole' : (SECTIONS[this.#key] ?? '');
    throw new ProfileShapeError(field, `must not be ${found}`);
  }
}

function checkCount(field: string, promised: number | undefined, found: number): void {
  if (promised === undefined || promised === found) return;
  throw new ProfileShapeError(`snapshot.${field}`, `is ${promised}, but there are ${found}`);
}
