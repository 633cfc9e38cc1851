import { ByteFile } from '../../harness/byte-file.ts';
import { CountingSink } from './counting-sink.ts';
import { type HeapSink, idOf, type ToldHeap } from './heap-sink.ts';

const NODE_TYPES =
  'hidden,array,string,object,code,closure,regexp,number,native,synthetic,concatenated string,sliced string,symbol,bigint,object shape';
const EDGE_TYPES = 'context,element,property,internal,hidden,shortcut,weak';
const NODE_FIELDS = 6;
const COMMA = 0x2c;

export interface WrittenSnapshot {
  readonly sizeBytes: number;
  readonly nodeCount: number;
  readonly edgeCount: number;
}

/** One list of numbers of the file, with commas between them. */
class NumberList {
  readonly #file: ByteFile;
  #isFirst = true;

  constructor(file: ByteFile) {
    this.#file = file;
  }

  put(value: number): void {
    if (!this.#isFirst) this.#file.byte(COMMA);
    this.#isFirst = false;
    this.#file.digits(value);
  }
}

class NodeRows extends CountingSink {
  readonly #list: NumberList;
  #row: [number, number, number, number] | undefined;
  #edges = 0;

  constructor(file: ByteFile, firstText: number) {
    super(firstText);
    this.#list = new NumberList(file);
  }

  override node(type: number, name: number, selfSize: number, detachedness = 0): void {
    this.flush();
    if (this.#row === undefined) this.#row = [type, name, selfSize, detachedness];
    else {
      this.#row[0] = type;
      this.#row[1] = name;
      this.#row[2] = selfSize;
      this.#row[3] = detachedness;
    }
    super.node(type, name, selfSize);
  }

  override edge(): void {
    this.#edges++;
  }

  /** The last node's row, once its edges are known. */
  flush(): void {
    if (this.#row === undefined) return;
    const [type, name, selfSize, detachedness] = this.#row;
    const list = this.#list;
    list.put(type);
    list.put(name);
    list.put(idOf(this.nextNode - 1));
    list.put(selfSize);
    list.put(this.#edges);
    list.put(detachedness);
    this.#edges = 0;
  }
}

class EdgeRows extends CountingSink {
  readonly #list: NumberList;

  constructor(file: ByteFile, firstText: number) {
    super(firstText);
    this.#list = new NumberList(file);
  }

  override edge(type: number, name: number, to: number): void {
    this.#list.put(type);
    this.#list.put(name);
    this.#list.put(to * NODE_FIELDS);
  }
}

class LocationRows extends CountingSink {
  readonly #list: NumberList;

  constructor(file: ByteFile, firstText: number) {
    super(firstText);
    this.#list = new NumberList(file);
  }

  override location(scriptId: number, line: number, column: number): void {
    this.#list.put((this.nextNode - 1) * NODE_FIELDS);
    this.#list.put(scriptId);
    this.#list.put(line);
    this.#list.put(column);
  }
}

class Texts extends CountingSink {
  readonly #file: ByteFile;

  constructor(file: ByteFile, firstText: number) {
    super(firstText);
    this.#file = file;
  }

  override text(make: () => string): number {
    this.#file.text(`,\n${quote(make())}`);
    return super.text(make);
  }
}

/** As V8 writes it: nothing but ASCII. */
const quote = (text: string) =>
  JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`,
  );

/** Writes a heap as V8 of Node.js 24 writes its snapshots, piece by piece, however large it is. */
export function writeSnapshot(path: string, heap: ToldHeap): WrittenSnapshot {
  const firstText = heap.names.length;
  const told = <Sink extends HeapSink>(sink: Sink): Sink => {
    heap.tell(sink);
    return sink;
  };
  const { nextNode: nodeCount, edgeCount } = told(new CountingSink(firstText));
  using file = new ByteFile(path);
  file.text(`{"snapshot":${head(nodeCount, edgeCount)},\n"nodes":[`);
  told(new NodeRows(file, firstText)).flush();
  file.text('],\n"edges":[');
  told(new EdgeRows(file, firstText));
  file.text('],\n"trace_function_infos":[],\n"trace_tree":[],\n"samples":[],\n"locations":[');
  told(new LocationRows(file, firstText));
  file.text('],\n"strings":[');
  for (const [index, name] of heap.names.entries()) file.text(`${index === 0 ? '' : ',\n'}${quote(name)}`);
  told(new Texts(file, firstText));
  file.text(']}\n');
  return { sizeBytes: file.sizeBytes, nodeCount, edgeCount };
}

function head(nodeCount: number, edgeCount: number): string {
  const numbers = (count: number) => Array.from({ length: count }, () => 'number');
  return JSON.stringify({
    meta: {
      node_fields: ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'],
      node_types: [NODE_TYPES.split(','), 'string', ...numbers(5)],
      edge_fields: ['type', 'name_or_index', 'to_node'],
      edge_types: [EDGE_TYPES.split(','), 'string_or_number', 'node'],
      trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
      trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
      sample_fields: ['timestamp_us', 'last_assigned_id'],
      location_fields: ['object_index', 'script_id', 'line', 'column'],
    },
    node_count: nodeCount,
    edge_count: edgeCount,
    trace_function_count: 0,
    extra_native_bytes: 0,
  });
}
