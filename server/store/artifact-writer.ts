import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { BLOCK_BYTES, type WriterReply, type WriterRequest } from './artifact-writer-messages.ts';

const KEPT_BLOCKS = 8;

/** The near end of the writer thread, which is started when it is first needed and again should it die. */
export class ArtifactWriter implements AsyncDisposable {
  readonly #log: Logger;
  readonly #files = new Map<number, (reply: WriterReply) => void>();
  readonly #blocks: ArrayBuffer[] = [];
  #thread: Worker | undefined;
  #lastFile = 0;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Opens a file; every reply about it goes to `onReply`, until it is closed one way or the other. */
  open(path: string, continues: boolean, onReply: (reply: WriterReply) => void): number {
    const file = ++this.#lastFile;
    this.#files.set(file, onReply);
    this.post({ kind: 'open', file, path, continues });
    this.#thread?.ref();
    return file;
  }

  post(request: WriterRequest): void {
    this.#thread ??= this.#start();
    this.#thread.postMessage(request, request.kind === 'block' ? [request.buffer] : []);
  }

  takeBlock(): ArrayBuffer {
    return this.#blocks.pop() ?? new ArrayBuffer(BLOCK_BYTES);
  }

  giveBlock(block: ArrayBuffer): void {
    if (this.#blocks.length < KEPT_BLOCKS) this.#blocks.push(block);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#thread?.terminate();
  }

  #start(): Worker {
    const thread = new Worker(new URL('./artifact-writer-thread.ts', import.meta.url), {
      name: 'artifact-writer',
    });
    thread.on('message', (reply: WriterReply) => this.#deliver(reply));
    thread.on('error', (error) => this.#log.error({ err: error }, 'the artifact writer thread failed'));
    thread.on('exit', () => {
      if (this.#thread === thread) this.#thread = undefined;
      for (const file of [...this.#files.keys()]) {
        this.#deliver({ kind: 'failed', file, code: 'writer-ended', message: 'the writer thread ended' });
      }
    });
    return thread;
  }

  #deliver(reply: WriterReply): void {
    if (reply.kind === 'written') this.giveBlock(reply.buffer);
    const onReply = this.#files.get(reply.file);
    if (reply.kind !== 'opened' && reply.kind !== 'written' && reply.kind !== 'mismatch') {
      this.#files.delete(reply.file);
      // The process lives on for open files and for nothing else here.
      if (this.#files.size === 0) this.#thread?.unref();
    }
    onReply?.(reply);
  }
}
