/** Heap snapshots drawn as text, and told as text again. */

export interface SnapshotOptions {
  /** In their order. Versions of V8 differ. */
  nodeFields?: readonly string[];
  /** Further sections, as they stand in the file. */
  samples?: string;
  traceTree?: string;
  /** `function_id name script_name …`, the two names as text. */
  traceFunctions?: readonly [name: string, scriptName: string][];
  /** What stands between two numbers or strings. */
  comma?: string;
}

interface Node {
  id: number;
  type: string;
  name: string;
  edges: { type: string; name: string; to: number }[];
}

const nodeTypes = [
  ...['hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number', 'native', 'synthetic'],
  ...['concatenated string', 'sliced string', 'symbol', 'bigint', 'object shape'],
];
const edgeTypes = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];
const newNodeFields = ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'];
const functionFields = ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'];

/**
 * Draws a snapshot. A line is a node (`@1 object Session`) or an edge of the node before it, indented
 * (`property token -> @3`). Names may hold escapes of JSON.
 */
export function snapshotFromText(text: string, options: SnapshotOptions = {}): string {
  const nodes = parseNodes(text);
  const fields = options.nodeFields ?? newNodeFields;
  const { comma = ',' } = options;
  const strings = new Map([['<dummy>', 0]]);
  const indexOf = (name: string): number => {
    const index = strings.get(name) ?? strings.size;
    strings.set(name, index);
    return index;
  };
  const rows = nodes.flatMap((node) => {
    const values: Record<string, number> = {
      type: nodeTypes.indexOf(node.type),
      name: indexOf(node.name),
      id: node.id,
      self_size: node.id * 8,
      edge_count: node.edges.length,
    };
    return fields.map((field) => values[field] ?? 0);
  });
  const place = new Map(nodes.map(({ id }, index) => [id, index * fields.length]));
  const edges = nodes.flatMap((node) =>
    node.edges.flatMap(({ type, name, to }) => [
      edgeTypes.indexOf(type),
      isIndexed(type) ? Number(name) : indexOf(name),
      place.get(to) ?? 0,
    ]),
  );
  const functions = (options.traceFunctions ?? []).flatMap(([name, script], index) => [
    ...[index, indexOf(name), indexOf(script), 7, 1, 1],
  ]);
  const snapshot = {
    meta: {
      node_fields: fields,
      node_types: fields.map((field) =>
        field === 'type' ? nodeTypes : field === 'name' ? 'string' : 'number',
      ),
      edge_fields: ['type', 'name_or_index', 'to_node'],
      edge_types: [edgeTypes, 'string_or_number', 'node'],
      trace_function_info_fields: functionFields,
    },
    node_count: nodes.length,
    edge_count: edges.length / 3,
    trace_function_count: functions.length / functionFields.length,
  };
  return [
    `{"snapshot":${JSON.stringify(snapshot)}`,
    `"nodes":[${rows.join(comma)}]`,
    `"edges":[${edges.join(comma)}]`,
    `"trace_function_infos":[${functions.join(comma)}]`,
    `"trace_tree":${options.traceTree ?? '[]'}`,
    `"samples":${options.samples ?? '[]'}`,
    '"locations":[]',
    `"strings":[${[...strings.keys()].map((string) => `"${string}"`).join(comma)}]}`,
  ].join(',\n');
}

/** Tells a snapshot as it would be drawn. */
export function formatSnapshot(json: string): string {
  const { snapshot, nodes, edges, strings } = JSON.parse(json) as {
    snapshot: { meta: { node_fields: string[] } };
    nodes: number[];
    edges: number[];
    strings: string[];
  };
  const fields = snapshot.meta.node_fields;
  const [type, name, id, count] = ['type', 'name', 'id', 'edge_count'].map((field) => fields.indexOf(field));
  const at = (row: number, column = 0) => nodes[row + column] ?? Number.NaN;
  const lines: string[] = [];
  let edge = 0;
  for (let row = 0; row < nodes.length; row += fields.length) {
    lines.push(`@${at(row, id)} ${nodeTypes[at(row, type)]} ${strings[at(row, name)]}`);
    for (const end = edge + 3 * at(row, count); edge < end; edge += 3) {
      const [edgeType = 0, nameOrIndex = 0, to = 0] = edges.slice(edge, edge + 3);
      const kind = edgeTypes[edgeType] ?? '';
      lines.push(`  ${kind} ${isIndexed(kind) ? nameOrIndex : strings[nameOrIndex]} -> @${at(to, id)}`);
    }
  }
  return lines.join('\n');
}

/** Text without the indentation that its place in a test gives it. */
export function drawn(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(margin)).join('\n');
}

function parseNodes(text: string): Node[] {
  const nodes: Node[] = [];
  for (const line of drawn(text).split('\n')) {
    const [, id, type, name] =
      /^@(\d+) (concatenated string|sliced string|object shape|\w+) (.*)$/s.exec(line) ?? [];
    const [, edgeType, edgeName, to] = /^ +(\w+) (.*) -> @(\d+)$/s.exec(line) ?? [];
    if (id && type && name !== undefined) nodes.push({ id: Number(id), type, name, edges: [] });
    else if (edgeType && edgeName !== undefined) {
      nodes.at(-1)?.edges.push({ type: edgeType, name: edgeName, to: Number(to) });
    } else throw new Error(`neither a node nor an edge: ${line}`);
  }
  return nodes;
}

function isIndexed(edgeType: string): boolean {
  return edgeType === 'element' || edgeType === 'hidden';
}
