import { createReadStream } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { ArtifactStore } from '../../agent/dist/agent/src/worker/artifacts/artifact-store.js';
import type { Recording } from '../../agent/dist/agent/src/worker/captures/capture-method.js';
import { SnapshotText } from '../../agent/dist/agent/src/worker/captures/heapsnapshot/snapshot-text.js';

/** The way of a snapshot through the built agent, from the recorder's pipe to the artifact, in a thread with the agent's limits. */
export interface Redacted {
  nodeCount: number;
  path: string;
  seconds: number;
  /** Of the redaction alone: without reading, hashing and writing. */
  redactionSeconds: number;
}

/** As much as comes out of a pipe at once. */
const readBytes = 64 * 1024;
const store = new ArtifactStore(() => undefined);

async function redact(path: string): Promise<Redacted> {
  const text = new SnapshotText(false, 0, { wrote: () => undefined } as unknown as Recording);
  let redactionMs = 0;
  async function* pieces() {
    for await (const chunk of createReadStream(path, { highWaterMark: readBytes })) {
      const before = performance.now();
      const passed = [...text.push(chunk)];
      redactionMs += performance.now() - before;
      yield* passed;
    }
    yield* text.end();
  }
  const before = performance.now();
  const artifact = await store.write(pieces(), new AbortController().signal);
  const seconds = (performance.now() - before) / 1000;
  return { nodeCount: text.nodeCount, path: artifact.path, seconds, redactionSeconds: redactionMs / 1000 };
}

parentPort?.on('message', async (path: string) => parentPort?.postMessage(await redact(path)));
