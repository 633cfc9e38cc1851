import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';

/** What of Chrome DevTools' code is used here. */
interface DevTools {
  HeapSnapshotLoader: new (dispatcher: {
    sendEvent(): void;
  }) => {
    write(chunk: string): void;
    close(): void;
    buildSnapshot(secondWorker: MessagePort): Promise<DevToolsSnapshot>;
  };
  NodeFilter: new () => object;
}

/** A column of whole numbers too long for one typed array. */
interface NumberColumn {
  readonly length: number;
  getValue(index: number): number;
}

export interface DevToolsSnapshot {
  readonly nodeCount: number;
  readonly totalSize: number;
  readonly nodes: NumberColumn;
  readonly nodeFieldCount: number;
  readonly nodeSelfSizeOffset: number;
  readonly retainedSizes: Float64Array;
  readonly dominatorsTree: Uint32Array;
  /** `UNREACHED_BY_DEVTOOLS` where there is no way from the root. */
  readonly nodeDistances: Int32Array;
  readonly firstDominatedNodeIndex: Uint32Array;
  /** Nodes' places in `nodes`. */
  readonly dominatedNodes: Uint32Array;
  readonly profile: { snapshot: { edge_count: number } };
  getStatistics(): unknown;
  createNode(index: number): { nodeIndex: number; className(): string; selfSize(): number };
}

export const UNREACHED_BY_DEVTOOLS = -5;

/** A class as its summary shows it, in bytes. */
export interface DevToolsClass {
  readonly name: string;
  readonly count: number;
  readonly self: number;
  /** Retained by all its objects together. */
  readonly maxRet: number;
  readonly distance: number;
}

/** As Chromium hands a file to DevTools: a string for so many bytes. V8 holds no file of a gigabyte in one. */
const CHUNK_BYTES = 10_000_000;

/** Opens a snapshot as Chrome does: in two threads, the file in pieces, ready with the classes of its summary. */
export async function openInDevTools(
  bundlePath: string,
  path: string,
): Promise<{ snapshot: DevToolsSnapshot; classes: DevToolsClass[] }> {
  // It warns of nodes that are only held weakly, which every service has.
  console.warn = () => undefined;
  const devTools = (await import(bundlePath)) as DevTools;
  const second = new Worker(new URL('devtools-second-thread.mjs', import.meta.url), {
    workerData: bundlePath,
  });
  try {
    const { port1, port2 } = new MessageChannel();
    second.postMessage(port2, [port2]);
    const loader = new devTools.HeapSnapshotLoader({ sendEvent() {} });
    await writeFile(path, loader);
    const snapshot = await loader.buildSnapshot(port1);
    port1.close();
    const classes = snapshot as unknown as {
      aggregatesWithFilter(filter: object): Record<string, DevToolsClass>;
    };
    return { snapshot, classes: Object.values(classes.aggregatesWithFilter(new devTools.NodeFilter())) };
  } finally {
    await second.terminate();
  }
}

async function writeFile(path: string, loader: { write(chunk: string): void; close(): void }): Promise<void> {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(CHUNK_BYTES);
    const decoder = new StringDecoder('utf8');
    for (;;) {
      const length = readSync(file, bytes);
      if (length === 0) break;
      loader.write(decoder.write(bytes.subarray(0, length)));
      // It reads what it was given before it is given more, or the whole file would be in memory as strings.
      await new Promise((resolve) => setImmediate(resolve));
    }
    loader.close();
  } finally {
    closeSync(file);
  }
}
