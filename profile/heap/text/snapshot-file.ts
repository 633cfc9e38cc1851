import { HEAP_EDGE_TYPES, HEAP_NODE_TYPES } from '../model/heap-graph.ts';
import type { DrawnNode } from './heap-drawing.ts';

const NODE_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'];
const EDGE_FIELDS = ['type', 'name_or_index', 'to_node'];

/** How another version of V8 might have written the same heap. */
export interface SnapshotWriting {
  /** In which order the numbers of a row stand; what is missing is not written. */
  readonly nodeFields?: readonly string[];
  readonly edgeFields?: readonly string[];
  /** What else is to stand in the file, as in `JSON.stringify`. */
  readonly sections?: readonly ['before' | 'after', string, unknown][];
  /** Edges before nodes, strings before both. */
  readonly isReversed?: boolean;
}

/** What a `.heapsnapshot` holds. */
export interface SnapshotFile {
  readonly snapshot: object;
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
}

/** A heap as the object that its file holds. */
export function snapshotOf(nodes: readonly DrawnNode[], writing: SnapshotWriting = {}): SnapshotFile {
  const nodeFields = writing.nodeFields ?? NODE_FIELDS;
  const edgeFields = writing.edgeFields ?? EDGE_FIELDS;
  const strings = ['<dummy>'];
  const places = new Map<string, number>();
  const place = (text: string): number => {
    const known = places.get(text) ?? strings.push(text) - 1;
    places.set(text, known);
    return known;
  };
  const nodeRows = nodes.flatMap((node) => {
    const row: Record<string, number> = {
      type: HEAP_NODE_TYPES.indexOf(node.type),
      name: place(node.name),
      id: node.id,
      self_size: node.selfSize,
      edge_count: node.edges.length,
      detachedness: node.detachedness,
    };
    return nodeFields.map((field) => row[field] ?? 0);
  });
  const edgeRows = nodes.flatMap(({ edges }) =>
    edges.flatMap((edge) => {
      const row: Record<string, number> = {
        type: HEAP_EDGE_TYPES.indexOf(edge.type),
        name_or_index:
          edge.type === 'element' || edge.type === 'hidden' ? Number(edge.name) : place(edge.name),
        to_node: edge.to * nodeFields.length,
      };
      return edgeFields.map((field) => row[field] ?? 0);
    }),
  );
  const types = (fields: readonly string[], names: readonly string[]) =>
    fields.map((field) => (field === 'type' ? names : 'number'));
  const meta = {
    node_fields: nodeFields,
    node_types: types(nodeFields, HEAP_NODE_TYPES),
    edge_fields: edgeFields,
    edge_types: types(edgeFields, HEAP_EDGE_TYPES),
  };
  const edgeCount = edgeRows.length / edgeFields.length;
  const head = { meta, node_count: nodes.length, edge_count: edgeCount, trace_function_count: 0 };
  const extra = (side: string) =>
    (writing.sections ?? []).flatMap(([at, ...rest]) => (at === side ? [rest] : []));
  const rows = [
    ['nodes', nodeRows],
    ['edges', edgeRows],
    ['strings', strings],
  ] as [string, unknown][];
  const ordered = writing.isReversed ? rows.reverse() : rows;
  return Object.fromEntries([
    ...extra('before'),
    ['snapshot', head],
    ...ordered,
    ...extra('after'),
  ]) as unknown as SnapshotFile;
}
