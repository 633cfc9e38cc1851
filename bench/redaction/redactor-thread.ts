import { createReadStream } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { ArtifactStore } from '../../agent/dist/agent/src/worker/artifacts/artifact-store.js';
import type { RedactionFacts } from '../../agent/dist/agent/src/worker/redaction/snapshot-redactor.js';
import { SnapshotRedactor } from '../../agent/dist/agent/src/worker/redaction/snapshot-redactor.js';

/** The built agent's redaction and store, in a thread with the limits that the agent sets. */
export interface Redacted {
  facts: RedactionFacts;
  path: string;
  seconds: number;
  /** Of the redaction alone: without reading, hashing and writing. */
  redactionSeconds: number;
}

/** As much as comes out of a pipe at once. */
const readBytes = 64 * 1024;
const store = new ArtifactStore(() => undefined);

async function redact(path: string): Promise<Redacted> {
  const redactor = new SnapshotRedactor();
  let redactionMs = 0;
  async function* pieces() {
    for await (const chunk of createReadStream(path, { highWaterMark: readBytes })) {
      const before = performance.now();
      const passed = redactor.push(chunk);
      redactionMs += performance.now() - before;
      yield* passed;
    }
    yield* redactor.end();
  }
  const before = performance.now();
  const artifact = await store.write(pieces(), new AbortController().signal);
  const seconds = (performance.now() - before) / 1000;
  return { facts: redactor.facts, path: artifact.path, seconds, redactionSeconds: redactionMs / 1000 };
}

parentPort?.on('message', async (path: string) => parentPort?.postMessage(await redact(path)));
