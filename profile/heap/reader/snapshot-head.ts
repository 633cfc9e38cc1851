import { ProfileShapeError } from '../../errors.ts';
import { HEAP_EDGE_TYPES, HEAP_NODE_TYPES } from '../model/heap-graph.ts';

/** A type that the file names and we do not know. */
const NEWER_NODE_TYPE = HEAP_NODE_TYPES.indexOf('object shape');
const NEWER_EDGE_TYPE = HEAP_EDGE_TYPES.indexOf('internal');
/** V8 writes six or seven fields; a row must fit in memory several times over. */
const MAX_FIELDS = 64;

/** How the rows of a file are written, as its head says. */
export interface NodeLayout {
  /** How many numbers make a row. */
  readonly fields: number;
  readonly type: number;
  readonly name: number;
  readonly id: number;
  readonly selfSize: number;
  readonly edgeCount: number;
  /** -1: the file does not have it. */
  readonly detachedness: number;
  /** From the file's numbers to places in `HEAP_NODE_TYPES`. */
  readonly types: Uint8Array;
}

export interface EdgeLayout {
  readonly fields: number;
  readonly type: number;
  readonly nameOrIndex: number;
  readonly to: number;
  /** From the file's numbers to places in `HEAP_EDGE_TYPES`. */
  readonly types: Uint8Array;
}

export interface SnapshotHead {
  readonly nodes: NodeLayout;
  readonly edges: EdgeLayout;
  /** What the head promises; it may be wrong. */
  readonly nodeCount: number | undefined;
  readonly edgeCount: number | undefined;
}

/**
 * Understands the `snapshot` of a file, which names all fields that follow
 * (https://github.com/v8/v8/blob/main/src/profiler/heap-snapshot-generator.cc).
 *
 * @throws ProfileShapeError naming what is missing or wrong
 */
export function toSnapshotHead(value: unknown): SnapshotHead {
  const head = asMap(value, 'snapshot');
  const meta = asMap(head.get('meta'), 'snapshot.meta');
  if ((head.get('root_index') ?? 0) !== 0)
    throw new ProfileShapeError('snapshot.root_index', 'is not the first node');
  return {
    nodes: toNodeLayout(meta),
    edges: toEdgeLayout(meta),
    nodeCount: findCount(head, 'node_count'),
    edgeCount: findCount(head, 'edge_count'),
  };
}

function toNodeLayout(meta: Map<unknown, unknown>): NodeLayout {
  const path = 'snapshot.meta.node_fields';
  const fields = asTexts(meta.get('node_fields'), path);
  const type = placeOf(fields, 'type', path);
  return {
    fields: fields.length,
    type,
    name: placeOf(fields, 'name', path),
    id: placeOf(fields, 'id', path),
    selfSize: placeOf(fields, 'self_size', path),
    edgeCount: placeOf(fields, 'edge_count', path),
    detachedness: fields.indexOf('detachedness'),
    types: toTypes(meta, 'node_types', type, HEAP_NODE_TYPES, NEWER_NODE_TYPE),
  };
}

function toEdgeLayout(meta: Map<unknown, unknown>): EdgeLayout {
  const path = 'snapshot.meta.edge_fields';
  const fields = asTexts(meta.get('edge_fields'), path);
  const type = placeOf(fields, 'type', path);
  return {
    fields: fields.length,
    type,
    nameOrIndex: placeOf(fields, 'name_or_index', path),
    to: placeOf(fields, 'to_node', path),
    types: toTypes(meta, 'edge_types', type, HEAP_EDGE_TYPES, NEWER_EDGE_TYPE),
  };
}

function toTypes(
  meta: Map<unknown, unknown>,
  key: string,
  typeField: number,
  known: readonly string[],
  newer: number,
): Uint8Array {
  const path = `snapshot.meta.${key}`;
  const lists = meta.get(key);
  if (!Array.isArray(lists)) throw new ProfileShapeError(path, 'is no list');
  const names = asTexts(lists[typeField], `${path}[${typeField}]`);
  return Uint8Array.from(names, (name) => {
    const type = known.indexOf(name);
    return type < 0 ? newer : type;
  });
}

function placeOf(fields: readonly string[], field: string, path: string): number {
  const place = fields.indexOf(field);
  if (place < 0) throw new ProfileShapeError(path, `lacks "${field}"`);
  return place;
}

function findCount(head: Map<unknown, unknown>, key: string): number | undefined {
  const count = head.get(key);
  if (count === undefined) return undefined;
  if (!Number.isSafeInteger(count) || (count as number) < 0)
    throw new ProfileShapeError(`snapshot.${key}`, 'is no count');
  return count as number;
}

function asMap(value: unknown, path: string): Map<unknown, unknown> {
  if (value instanceof Map) return value;
  throw new ProfileShapeError(path, value === undefined ? 'is missing' : 'is no object');
}

function asTexts(value: unknown, path: string): string[] {
  if (!Array.isArray(value))
    throw new ProfileShapeError(path, value === undefined ? 'is missing' : 'is no list');
  if (value.length > MAX_FIELDS) throw new ProfileShapeError(path, `has more than ${MAX_FIELDS} entries`);
  if (!value.every((each) => typeof each === 'string'))
    throw new ProfileShapeError(path, 'is no list of texts');
  return value;
}
