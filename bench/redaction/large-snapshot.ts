import { open } from 'node:fs/promises';

const BLOCK_BYTES = 1024 * 1024;
/** Bytes for each node with its edges and strings, as in a snapshot of a service with ten million of them. */
const BYTES_PER_NODE = 64;

const NODE_TYPES = ['hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number', 'native'];
const EDGE_TYPES = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];
const [HIDDEN, STRING, OBJECT, CLOSURE] = [0, 2, 3, 5];
const [ELEMENT, PROPERTY, INTERNAL] = [1, 2, 3];

/** What a large snapshot has, by construction. */
export interface LargeSnapshot {
  sizeBytes: number;
  nodeCount: number;
}

/**
 * Writes a heap snapshot of about so many bytes, made up, with a quarter of its nodes strings: contents of 5 to 400
 * characters, and names.
 */
export async function writeLargeSnapshot(path: string, sizeBytes: number): Promise<LargeSnapshot> {
  const nodeCount = Math.floor(sizeBytes / BYTES_PER_NODE);
  const edgesOf = (node: number) => (node % 3) + 1;
  let edgeCount = 0;
  for (let node = 0; node < nodeCount; node++) edgeCount += edgesOf(node);
  const contentCount = Math.ceil(nodeCount / 4);
  const nameCount = Math.floor(nodeCount / 40);
  const nameOf = (n: number) => 1 + (n % nameCount);
  const contentOf = (n: number) => 1 + nameCount + n / 4;

  await using file = await open(path, 'w');
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let length = 0;
  let written = 0;
  const flush = async () => {
    await file.write(block, 0, length);
    written += length;
    length = 0;
  };
  const put = (text: string): boolean => {
    length += block.write(text, length, 'latin1');
    return length > BLOCK_BYTES - 4096;
  };

  put(`{"snapshot":${JSON.stringify(head(nodeCount, edgeCount))},\n"nodes":[`);
  for (let node = 0; node < nodeCount; node++) {
    const isString = node % 4 === 0;
    const type = isString ? STRING : [HIDDEN, OBJECT, CLOSURE][node % 3];
    const name = isString ? contentOf(node) : nameOf(node);
    const row = `${type},${name},${2 * node + 1},${16 + (node % 97)},${edgesOf(node)},0`;
    if (put(node === 0 ? row : `,${row}`)) await flush();
  }
  put('],\n"edges":[');
  for (let node = 0, edge = 0; node < nodeCount; node++) {
    for (let of = edgesOf(node); of > 0; of--, edge++) {
      const type = [ELEMENT, PROPERTY, INTERNAL][edge % 3] ?? ELEMENT;
      const row = `${type},${type === ELEMENT ? edge % 50 : nameOf(edge)},${((node * 31 + of) % nodeCount) * 6}`;
      if (put(edge === 0 ? row : `,${row}`)) await flush();
    }
  }
  put(
    '],\n"trace_function_infos":[],\n"trace_tree":[],\n"samples":[],\n"locations":[],\n"strings":["<dummy>"',
  );
  for (let n = 0; n < nameCount; n++) if (put(`,"propertyNumber${n}"`)) await flush();
  const filling = 'the quick brown fox jumps over the lazy dog, and so on \\u00fc '.repeat(8);
  for (let n = 0; n < contentCount; n++) {
    const text = n % 50 === 0 ? filling.slice(0, 62 * (1 + (n % 7))) : '';
    if (put(`,"${text}content ${n}"`)) await flush();
  }
  put(']}');
  await flush();
  return { sizeBytes: written, nodeCount };
}

function head(nodeCount: number, edgeCount: number): object {
  return {
    meta: {
      node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'],
      node_types: [NODE_TYPES, 'string', 'number', 'number', 'number', 'number'],
      edge_fields: ['type', 'name_or_index', 'to_node'],
      edge_types: [EDGE_TYPES, 'string_or_number', 'node'],
    },
    node_count: nodeCount,
    edge_count: edgeCount,
    trace_function_count: 0,
  };
}
