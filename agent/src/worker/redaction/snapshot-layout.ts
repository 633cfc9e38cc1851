/** What a column of a section is to the redaction. */
export const columnRole = { other: 0, type: 1, name: 2, secondName: 3, id: 4 } as const;

/** What the values of a type's `name` column are. */
export const nameUse = {
  /** Index of a string that is a name: stays. */
  name: 0,
  /** Index of a string that is the content of a value: goes. */
  content: 1,
  /** No index of a string. */
  none: 2,
} as const;

/** A section of numbers in rows. */
export interface RowLayout {
  /** A `columnRole` for each column. */
  roles: readonly number[];
  /** A `nameUse` for each type. One entry when the section has no types. */
  uses: readonly number[];
}

export interface SnapshotLayout {
  nodes: RowLayout;
  edges: RowLayout;
  /** Sections of which only columns called `name` and `script_name` matter, by their names. */
  named: ReadonlyMap<string, RowLayout>;
  nodeCount: number;
  edgeCount: number;
}

/** Types whose nodes are named by what they are, not by what is in them. Any other may be one of tomorrow's strings. */
const namedNodeTypes = new Set([
  'hidden',
  'array',
  'object',
  'code',
  'closure',
  'native',
  'synthetic',
  'symbol',
  'object shape',
  'wasm object',
]);
/** Functions that allocated, in snapshots taken while allocations were tracked, and variables of scopes. */
const namedSections = [
  ['trace_function_infos', 'trace_function_info_fields'],
  ['scope_context_vars', 'scope_context_var_fields'],
] as const;
const namedEdgeTypes = new Set(['context', 'property', 'internal', 'shortcut', 'weak']);

/**
 * Reads the file's own description of its columns, which differ between versions of V8.
 *
 * @see https://github.com/v8/v8/blob/main/src/profiler/heap-snapshot-generator.cc (HeapSnapshotJSONSerializer)
 * @returns undefined when it is none
 */
export function parseLayout(json: string): SnapshotLayout | undefined {
  const snapshot = parseJson(json);
  const meta = isObject(snapshot) ? snapshot.meta : undefined;
  if (!isObject(snapshot) || !isObject(meta)) return undefined;
  const nodes = rowsOf(meta.node_fields, meta.node_types, 'name', (type) =>
    namedNodeTypes.has(type) ? nameUse.name : nameUse.content,
  );
  const edges = rowsOf(meta.edge_fields, meta.edge_types, 'name_or_index', (type) =>
    namedEdgeTypes.has(type) ? nameUse.name : nameUse.none,
  );
  const { node_count: nodeCount, edge_count: edgeCount } = snapshot;
  if (!nodes?.roles.includes(columnRole.id) || !edges || !isCount(nodeCount) || !isCount(edgeCount))
    return undefined;
  const named = new Map<string, RowLayout>();
  for (const [section, fields] of namedSections) {
    if (isTexts(meta[fields])) named.set(section, namesOf(meta[fields]));
  }
  return { nodes, edges, named, nodeCount, edgeCount };
}

function rowsOf(
  fields: unknown,
  types: unknown,
  nameField: string,
  useOf: (type: string) => number,
): RowLayout | undefined {
  if (!isTexts(fields) || !Array.isArray(types)) return undefined;
  const typeColumn = fields.indexOf('type');
  const names: unknown = types[typeColumn];
  if (typeColumn < 0 || !fields.includes(nameField) || !isTexts(names)) return undefined;
  const roles = fields.map((field) => {
    if (field === 'type') return columnRole.type;
    if (field === nameField) return columnRole.name;
    return field === 'id' ? columnRole.id : columnRole.other;
  });
  return { roles, uses: names.map(useOf) };
}

function namesOf(fields: readonly string[]): RowLayout {
  const roles = fields.map((field) => {
    if (field === 'name') return columnRole.name;
    return field === 'script_name' ? columnRole.secondName : columnRole.other;
  });
  return { roles, uses: [nameUse.name] };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'string');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
